"""The text of PDF files, with words and paragraphs put together only where lines clearly run on.

PDFium reads the file, in a process of its own (`pdf_worker.py`). What a break at the end of a line means is told here:
- U+2010 is the hyphen that browsers draw where they break a word, so it becomes a soft hyphen, which matching ignores;
  unless the same file also has it inside a line, where only an author can have put it.
- A plain hyphen may be the author's or the typesetter's. It becomes a soft hyphen where the file has the word in one
  piece elsewhere ("harbourmaster") and never with its hyphen; else it stays, as a reader sees it.
"""

import itertools
import json
import logging
import re
import signal
import subprocess
import sys
from pathlib import Path

from .failures import Unreadable
from .media_types import PDF
from .text import TEXT_VERSION, Reading

_WORKER = Path(__file__).with_name("pdf_worker.py")
_LARGEST = 20_000_000  # bytes
_MOST_SECONDS = 20.0
_FULL = 0.75  # of the widest lines: what is shorter ends a paragraph where its words may end
_BULLET = re.compile(r"[•◦▪‣·*–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s")
_ENDS = re.compile(r"[.!?:;…۔؟।。][\"'”’»)\]]*$")
_SOFT, _DRAWN, _MARKED = "\u00ad", "\u2010", "\ufffe"  # PDFium puts the last in place of a hyphen and the line end
_WORD = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")
_LAST_WORD = re.compile(rf"{_WORD.pattern}$")
_BREAK = re.compile(rf"[{_DRAWN}{_MARKED}](?=\n({_WORD.pattern}))")
_LONGEST_WORD = 100  # code points; the search for one takes quadratic time

logger = logging.getLogger(__name__)


def read_pdf(content: bytes) -> Reading:
    """Read the text of a PDF: pages parted by a blank line, a line end between paragraphs.

    Raises Unreadable ("empty", "encrypted-pdf", "no-text" for scans, "damaged", "too-large").
    """
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > _LARGEST:
        raise Unreadable("too-large")
    pages, title = _asked(content)
    parts: list[str] = []
    starts: list[int] = []
    size = 0
    for page in _mended([_lines(page) for page in pages]):
        text = _paragraphs(page)
        starts.append(size)
        if text:
            parts.append(text)
            size += len(text) + 2
    if not parts:
        raise Unreadable("no-text")
    return Reading("\n\n".join(parts), TEXT_VERSION, " ".join(title.replace("\0", "").split()), PDF, tuple(starts))


def _asked(content: bytes) -> tuple[list[str], str]:
    """Return the pages and the title that the worker reads; its crash is the file's fault."""
    try:
        # -P: the modules of this package do not stand in for those of the standard library.
        done = subprocess.run(
            [sys.executable, "-P", _WORKER],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_MOST_SECONDS,
            check=True,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("too-large") from error
    except subprocess.CalledProcessError as error:
        logger.warning("A PDF could not be read: %s", error)
        is_limit = -error.returncode in {signal.SIGKILL, signal.SIGABRT}  # out of time, out of memory
        raise Unreadable("too-large" if is_limit else "damaged") from error
    if failure := answer.get("failure"):
        raise Unreadable(failure)
    return answer["pages"], answer["title"]


def _lines(page: str) -> str:
    """Return a page of PDFium's with a line end after every line, spaces only where a reader sees them."""
    text = page.replace("\0", "").replace("\r\n", "\n").replace(_MARKED, f"{_MARKED}\n")
    text = re.sub(r" ?\u00a0 ?", "\u00a0", re.sub(r" {2,}", " ", text))  # PDFium puts spaces beside no-break spaces
    return "\n".join(line.strip(" ") for line in text.splitlines())


def _mended(pages: list[str]) -> list[str]:
    """Turn the hyphens at line ends that only a break has brought into soft ones; `pages` show what words there are."""
    words = {word.casefold() for page in pages for word in _WORD.findall(page)}
    has_own = any(_DRAWN in word for word in words)

    def mend(found: re.Match[str]) -> str:
        hyphen, after, before = found[0], found[1], _word_before(found)
        if not before:
            return hyphen
        if hyphen == _DRAWN:
            is_soft = not has_own and (after[0].islower() or not before[-1].islower())
        else:
            is_soft = f"{before}{after}".casefold() in words and f"{before}-{after}".casefold() not in words
        return _SOFT if is_soft else hyphen

    return [_BREAK.sub(mend, page) for page in pages]


def _word_before(found: re.Match[str]) -> str:
    end = found.start()
    piece = found.string[max(0, end - _LONGEST_WORD) : end].rsplit(maxsplit=1)
    last = _LAST_WORD.search(piece[-1]) if piece else None
    return last[0] if last else ""


def _paragraphs(page: str) -> str:
    """Join the lines of a page that run on; a hyphen at the end of a line stays, without a space after it."""
    lines = page.split("\n")
    widths = sorted(len(line) for line in lines if line)
    if not widths:
        return ""
    width = widths[int(len(widths) * 0.9)]
    text = [lines[0]]
    for before, line in itertools.pairwise(lines):
        if not line or not before:
            text.append("\n")
        elif before[-1] in _SOFT + _MARKED:
            pass
        elif not _runs_on(before, line, width):
            text.append("\n")
        elif before[-1] not in "-" + _DRAWN:
            text.append(" ")
        text.append(line)
    return re.sub(r"\n{2,}", "\n\n", "".join(text)).replace(_MARKED, "-").strip()


def _runs_on(before: str, line: str, width: int) -> bool:
    if _BULLET.match(line):
        return False
    return line[0].islower() or (
        len(before) >= _FULL * width and not (_ENDS.search(before) and len(before) < 0.9 * width)
    )
