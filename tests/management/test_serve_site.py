"""`serve_site` as `make run` starts it: a process of its own on an empty folder, cut off, stopped and started again."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path, port):
    """Starts the site on a folder of this test's own; returns the process and what it says up to a given word."""
    started = []

    def start_until(word):
        process = subprocess.Popen(
            [sys.executable, "-m", "config.local", "serve_site", "--port", str(port)],
            env={"PATH": os.environ["PATH"], "PORT": str(port), "BRIEFINGS_VAR": str(tmp_path / "var")},
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        said = ""
        while word not in said:
            line = process.stdout.readline()
            assert line, f"The site stopped before it said {word!r}:\n{said}"
            said += line
        return process, said

    yield start_until
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def browse():
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def log_in(site, password):
    """The address of the page that logging in as the first administrator leads to."""
    browser = browse()
    address = f"{site}/admin/login/?next=/admin/"
    form = browser.open(address, timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form).group(1)
    fields = {"csrfmiddlewaretoken": token, "username": "admin", "password": password}
    request = urllib.request.Request(address, urllib.parse.urlencode(fields).encode(), {"Referer": address})
    answer = browser.open(request, timeout=20)
    return answer.geturl()


def test_a_first_start_that_was_cut_off_is_made_good_and_the_second_keeps_everything(start, port):
    cut_off, _ = start("Loading the first content")
    time.sleep(0.5)
    cut_off.kill()
    cut_off.wait()

    process, said = start("Stop with Ctrl-C")
    site = f"http://127.0.0.1:{port}"
    assert f"Site:   {site}/\n" in said
    assert f"Admin:  {site}/admin/\n" in said
    password = re.search(r"^Password: +(\S+)$", said, re.M).group(1)
    assert len(password) >= 16
    assert browse().open(f"{site}/healthz", timeout=20).status == 200
    assert "<h1" in browse().open(f"{site}/briefings/", timeout=20).read().decode()
    assert log_in(site, password) == f"{site}/admin/"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0
    assert "Traceback" not in process.stdout.read()

    began = time.monotonic()
    _, said = start("Stop with Ctrl-C")
    assert time.monotonic() - began < 10
    assert "Password" not in said
    assert "Loading" not in said
    assert log_in(site, password) == f"{site}/admin/"


@pytest.mark.parametrize("value", ["0", "65536", "-1", "http"])
def test_what_is_no_port_is_named(value):
    with pytest.raises(CommandError, match=f"“{value}” is not a port"):
        call_command("serve_site", f"--port={value}")


def test_a_port_in_use_is_named_with_another_to_try(port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(CommandError, match=rf"Port {port} is in use .* make run PORT=\d+"):
            call_command("serve_site", f"--port={port}")
