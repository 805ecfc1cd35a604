"""A program of its own that takes a PDF from standard input and writes the text of its pages as JSON.

PDFium is native code and the file may be hostile: here it can crash, hang or eat memory without harm to the site.
Out comes {"title": …, "pages": […]} or {"failure": …} with a code of READING; `pdf.py` makes sense of both. It imports
nothing of the site, so that it starts fast.
"""

import json
import resource
import sys

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

_MOST_SECONDS = 20  # of processor time: the site waits no longer, but the site itself may be gone
_MOST_MEMORY = 1 << 29  # bytes of address space
_MOST_PAGES = 1000
_MOST_TEXT = 5_000_000  # code points


class _TooLarge(Exception):
    """More pages or more text than anyone reads."""


def answer(content: bytes) -> dict[str, object]:
    """Return what the site is told about a PDF."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            return {"pages": _pages(document), "title": document.get_metadata_value("Title")}
    except (_TooLarge, MemoryError):
        return {"failure": "too-large"}
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code in {FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY}
        return {"failure": "encrypted-pdf" if is_locked else "damaged"}


def _pages(document: pypdfium2.PdfDocument) -> list[str]:
    if len(document) > _MOST_PAGES:
        raise _TooLarge
    pages: list[str] = []
    room = _MOST_TEXT
    for number in range(len(document)):
        page = document[number]
        try:
            text_page = page.get_textpage()
            room -= text_page.count_chars()
            if room < 0:
                raise _TooLarge
            pages.append(text_page.get_text_range())
        finally:
            page.close()
    return pages


def _limit(kind: int, most: int) -> None:
    _, ceiling = resource.getrlimit(kind)
    most = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
    resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, _MOST_SECONDS)
    _limit(resource.RLIMIT_AS, _MOST_MEMORY)
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)
