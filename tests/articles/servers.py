"""A server on loopback that answers byte by byte as a test says, and the way to it past the guard.

The guard is not weakened: tests resolve names to a public address and connect that address to this server.
"""

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
import time

PUBLIC = "93.184.216.34"
ALSO_PUBLIC = "2606:2800:220:1:248:1893:25c8:1946"


class Server:
    """Serves `answers`: for each request target the bytes to send, or a function that is given the connection."""

    def __init__(self, context=None):
        self.answers = {}
        self.requests = []
        self.connected = []
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def connect(self, address, port, timeout):
        """The connector to give to fetch()."""
        self.connected.append((address, port))
        return socket.create_connection(self._listener.getsockname(), timeout)

    def close(self):
        self._listener.close()

    def targets(self):
        """What was asked for, in order."""
        return [request.split(b" ")[1].decode() for request in self.requests]

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection:
                request = b""
                while b"\r\n\r\n" not in request:
                    part = connection.recv(65536)
                    if not part:
                        return
                    request += part
                self.requests.append(request)
                answer = self.answers.get(request.split(b" ")[1].decode(), answered(b"", status="404 Not Found"))
                answer(connection) if callable(answer) else connection.sendall(answer)


def answered(body=b"<p>Hello</p>", status="200 OK", length=True, **headers):
    """An answer in bytes; header names are written with underscores."""
    headers = {"Content_Type": "text/html; charset=utf-8"} | headers
    if length:
        headers.setdefault("Content_Length", len(body))
    lines = [f"HTTP/1.1 {status}"] + [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + body


def moved(location, status="302 Found"):
    return answered(b"", status, Location=location)


def chunked(*chunks, end=b"0\r\n\r\n", **headers):
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return answered(body + end, length=False, Transfer_Encoding="chunked", **headers)


def dripped(answer, pause=0.05, size=1, first=0):
    """Send `answer` in pieces with a pause after each; all of it arrives in the end."""

    def send(connection):
        connection.sendall(answer[:first])
        for at in range(first, len(answer), size):
            connection.sendall(answer[at : at + size])
            time.sleep(pause)

    return send


def reset(answer=b""):
    """Send `answer`, then break the connection off without a proper end."""

    def send(connection):
        connection.sendall(answer)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    return send


def late(answer, seconds=3):
    """Send `answer` after a long silence."""

    def send(connection):
        time.sleep(seconds)
        connection.sendall(answer)

    return send


def endless(start, piece):
    """Send `start`, then `piece` as long as someone reads."""

    def send(connection):
        connection.sendall(start)
        while True:
            connection.sendall(piece)

    return send


def certificate(folder, names):
    """Make a certificate for `names` that signs itself; return its file and that of its key, None without openssl."""
    if not shutil.which("openssl"):
        return None
    kept, key = folder / "certificate.pem", folder / "key.pem"
    alternatives = ",".join(f"DNS:{name}" for name in names)
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={names[0]}"]
    subprocess.run(
        [*command, "-addext", f"subjectAltName={alternatives}", "-keyout", key, "-out", kept],
        check=True,
        capture_output=True,
    )
    return kept, key


def serving(kept, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(kept, key)
    return context
