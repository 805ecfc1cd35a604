"""Small PDF files, written by hand."""

import hashlib
import zlib

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf(*pages, title="", forms=(), font=FONT):
    """A PDF with one page for each list of lines, or for each content stream in bytes; `forms` are streams F0, F1, …"""
    objects = [b"", b"", font]  # catalog and page tree follow when the pages are known
    form_numbers = [len(objects) + 1 + index for index in range(len(forms))]
    names = b" ".join(b"/F%d %d 0 R" % (index, number) for index, number in enumerate(form_numbers))
    resources = b"<< /Font << /T 3 0 R >> /XObject << %s >> >>" % names
    for form in forms:
        start = b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources %s" % resources
        objects.append(stream(form, start))
    kids = []
    for page in pages:
        objects.append(stream(page if isinstance(page, bytes) else shown(page)))
        contents = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources %s /Contents %d 0 R >>"
            % (resources, contents)
        )
        kids.append(len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    objects.append(b"<< /Title (%s) >>" % title.encode("latin-1"))
    return written(objects)


def shown(lines):
    """The content stream that shows `lines` one below the other."""
    parts = [b"BT /T 11 Tf 14 TL 50 750 Td"]
    for line in lines:
        escaped = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        parts.append(b"(%s) Tj T*" % escaped)
    return b"\n".join([*parts, b"ET"])


def stream(content, start=b"<<"):
    packed = zlib.compress(content)
    return b"%s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (start, len(packed), packed)


def encrypted(line, password):
    """A PDF with one line of text that asks for `password`: the standard handler, revision 2 (ISO 32000, 7.6.4)."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    owner, rights, identifier = bytes(range(32)), b"\xfc\xff\xff\xff", b"0123456789abcdef"
    key = hashlib.md5((password.encode() + padding)[:32] + owner + rights + identifier).digest()[:5]
    content = rc4(hashlib.md5(key + b"\x04\0\0\0\0").digest()[:10], shown([line]))  # the key of object 4
    values = (owner.hex().encode(), rc4(key, padding).hex().encode())
    resources = b"<< /Font << /T 3 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        FONT,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources %s /Contents 4 0 R >>" % resources,
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % values,
        b"<< >>",
    ]
    return written(objects, b"/Encrypt 6 0 R /ID [<%s> <%s>]" % ((identifier.hex().encode(),) * 2))


def rc4(key, content):
    state, other, out = list(range(256)), 0, bytearray()
    for at in range(256):
        other = (other + state[at] + key[at % len(key)]) % 256
        state[at], state[other] = state[other], state[at]
    at = other = 0
    for byte in content:
        at = (at + 1) % 256
        other = (other + state[at]) % 256
        state[at], state[other] = state[other], state[at]
        out.append(byte ^ state[(state[at] + state[other]) % 256])
    return bytes(out)


def written(objects, further=b""):
    file, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    xref = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R %s >>\nstartxref\n%d\n%%%%EOF"
    return file + trailer % (len(objects) + 1, len(objects), further, xref)
