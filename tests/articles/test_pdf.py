"""The text of PDF files."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import pytest

from briefings.articles import TEXT_VERSION, Unreadable, pdf_worker, read, read_pdf
from briefings.articles import pdf as module
from briefings.quotes import find_words

from .pdfs import encrypted, pdf, stream, written

# printed.html as Chromium prints it: kerned, justified, with hyphens where lines break
PRINTED = (Path(__file__).parent / "pages" / "printed.pdf").read_bytes()

PAGE = [
    "Harbour board",
    "The harbour board said on Monday that nine returns had been filed",
    "late, the clerk’s “first count” of the year; all were self-",
    "addressed and none was lost.",
    "Refunds follow.",
    "The Board",
    "of the harbour signs.",
    "• Five came by boat, which is more than in any of the years before",
    "• Four came by post",
]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not():
    reading = read_pdf(pdf(PAGE, title="The  count"))
    assert reading.text == (
        "Harbour board\n"
        "The harbour board said on Monday that nine returns had been filed late, the clerk’s “first count” of the "
        "year; all were self-addressed and none was lost.\n"
        "Refunds follow.\n"
        "The Board of the harbour signs.\n"
        "• Five came by boat, which is more than in any of the years before\n"
        "• Four came by post"
    )
    assert (reading.title, reading.version, reading.media_type) == ("The count", TEXT_VERSION, "application/pdf")


def test_pages_say_where_they_begin():
    reading = read_pdf(pdf(["One"], [], ["Two and more"]))
    assert reading.text == "One\n\nTwo and more"
    assert reading.pages == (0, 5, 5)
    assert reading.text[reading.pages[2] :] == "Two and more"


def test_a_pdf_is_known_by_what_it_is():
    assert read(pdf(PAGE), "application/octet-stream").media_type == "application/pdf"
    assert read(pdf(PAGE), "text/html").text.startswith("Harbour board")


@pytest.mark.parametrize(
    "sentence",
    [
        "AVATAR To Wave",
        "The harbour board said on Monday that “nine returns” had been filed late",
        "late, the clerk’s ‘first count’ of the year;",
        "“We waved. Yes, Tomorrow’s VAT,” he said, “is final.”",
        "The office affirmed a fifth, affluent return.",
        "An extraordinary, uninterrupted representation of superfluous harbourmasters and",
        "and softhyphens was self-addressed.",
        "It cost 5\u00a0km of rope.",
    ],
)
def test_what_a_browser_printed_is_found_word_for_word(sentence):
    reading = read_pdf(PRINTED)
    assert find_words(reading.text, sentence)
    assert reading.title == "Harbour count"


def test_a_hyphen_that_a_browser_drew_at_a_break_is_a_soft_one():
    assert "extra\u00adordinary, unin\u00adterrupted" in read_pdf(PRINTED).text
    assert "self-addressed" in read_pdf(PRINTED).text


LINE = "The harbour board of the town said on a Monday that"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([f"{LINE} fort-", "nightly returns are late."], "fort-nightly returns"),
        ([f"{LINE} fort-", "nightly returns are late.", "Fortnightly ones."], "fort\u00adnightly returns"),
        ([f"{LINE} re-", "signed.", "He resigned and re-signed."], "re-signed."),
        ([f"{LINE} mother-in-", "law came.", "Inlaw."], "mother-in-law came"),
        ([f"{LINE} Anglo-", "Saxon coins came."], "Anglo-Saxon coins"),
        ([f"{LINE} in 2017-", "18 returns fell."], "2017-18 returns"),
    ],
)
def test_a_hyphen_at_a_line_end_is_soft_only_where_the_file_shows_the_word_in_one_piece(lines, words):
    assert words in read_pdf(pdf(lines)).text


def test_an_author_who_writes_the_browsers_hyphen_keeps_it():
    drawn = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [45 /uni2010] >> >>"
    assert "extra\u00adordinary" in read_pdf(pdf([f"{LINE} extra-", "ordinary"], font=drawn)).text
    text = read_pdf(pdf([f"{LINE} well-", "known self-addressed"], font=drawn)).text
    assert "well\u2010known self\u2010addressed" in text


def test_a_pdf_that_only_forbids_printing_is_read():
    assert read_pdf(encrypted("Harbour board", "")).text == "Harbour board"


def unreal_pages():
    """A tree of pages that has itself as a child."""
    return written(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 900 /Kids [2 0 R 2 0 R] >>", b"<< >>"]
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 nonsense", "damaged"),
        (b"<!doctype html><p>Not a PDF", "damaged"),
        (pdf(PAGE)[:-250], "damaged"),
        (PRINTED[:5000], "damaged"),
        (unreal_pages(), "damaged"),
        (pdf(PAGE).replace(b"/Kids", b"/Kidz"), "damaged"),
        (pdf([]), "no-text"),
        (encrypted("Harbour board", "secret"), "encrypted-pdf"),
        (pdf(*[[]] * 1001), "too-large"),
        (b" " * 20_000_001 + b"a", "too-large"),
    ],
)
def test_what_gives_no_text_is_refused_with_a_reason(content, code):
    with pytest.raises(Unreadable) as caught:
        read_pdf(content)
    assert caught.value.code == code


def endless():
    """A PDF whose forms show each other more often than any machine can."""
    return pdf(b"/F0 Do", forms=[b"/F1 Do " * 10, b"/F2 Do " * 10, b"/F0 Do /F3 Do", b"BT /T 11 Tf (Deep) Tj ET"])


def test_what_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(module, "_MOST_SECONDS", 0.7)
    with pytest.raises(Unreadable) as caught:
        read_pdf(endless())
    assert caught.value.code == "too-large"
    assert not children()


@pytest.mark.parametrize(("end", "code"), [(signal.SIGSEGV, "damaged"), (signal.SIGKILL, "too-large")])
def test_a_worker_that_dies_half_way_gives_a_reason(end, code):
    def kill():
        while not (found := children()):
            time.sleep(0.01)
        os.kill(found[0], end)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(Unreadable) as caught:
        read_pdf(endless())
    killer.join()
    assert caught.value.code == code


def children():
    """The workers that this process has running now."""
    numbers = [
        int(number) for file in Path("/proc/self/task").glob("*/children") for number in file.read_text().split()
    ]
    return [number for number in numbers if b"pdf_worker" in Path(f"/proc/{number}/cmdline").read_bytes()]


def test_a_small_file_that_unpacks_to_more_than_the_memory_there_is_is_refused():
    packed = stream(zlib.compress(b" " * 150_000_000), b"<< /Filter [/FlateDecode /FlateDecode]")
    bomb = written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            packed.replace(b" /Filter /FlateDecode", b""),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents [%s] >>" % (b"3 0 R " * 5),
            b"<< >>",
        ]
    )
    assert len(bomb) < 10_000
    with pytest.raises(Unreadable) as caught:
        read_pdf(bomb)
    assert caught.value.code == "too-large"


def test_more_text_than_anyone_reads_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_worker, "_MOST_TEXT", 20)
    assert pdf_worker.answer(pdf(["Ten of them"], ["And"])) == {"pages": ["Ten of them", "And"], "title": ""}
    assert pdf_worker.answer(pdf(["Ten of them"], ["And ten more"])) == {"failure": "too-large"}


WORKER = [sys.executable, "-P", "-W", "error", "-X", "dev", module._WORKER]


def test_the_worker_ends_in_silence_with_all_it_opened_closed():
    for content in (PRINTED, encrypted("Harbour board", "secret"), pdf(PAGE)[:-250], pdf(*[[]] * 1001)):
        done = subprocess.run(WORKER, input=content, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_the_worker_is_bound_before_it_reads_a_byte():
    with subprocess.Popen(WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        end = time.monotonic() + 30
        while (limits := limits_of(running.pid)) != (20, 1 << 29, 0) and time.monotonic() < end:
            time.sleep(0.01)
        running.communicate(PRINTED)
    assert limits == (20, 1 << 29, 0)


def limits_of(number):
    """What the process may use of processor time (seconds), memory (bytes) and core files."""
    kinds = (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_CORE)
    return tuple(resource.prlimit(number, kind)[0] for kind in kinds)
