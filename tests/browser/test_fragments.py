"""Links into a live original, followed in a real browser: it scrolls to the very words and highlights nothing else."""

import base64
import html
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from briefings.quotes import find_words, fragment_url

pytestmark = pytest.mark.browser

LONG = (
    "Members of the committee heard that every office had filed its returns on time, that the returns had been checked "
    "by two people who had not met, that the two had written to each other about eleven differences, and that nine of "
    "these were misprints. The tenth was a change of name. The eleventh, which took the longest, was a letter that had "
    "been sent to the wrong town and came back in the spring."
)
BLOCKS = [
    "Harbour board weighs a crossing",
    "Notice",
    '"The tide tables are wrong," the harbour master said, adding that the board had known since May.',
    "Costs rose by 4.5%, from £1,200 to £1,254 — a well-known pattern in ship-to-shore work, R&D included.",
    "The board will meet again. The board will decide in June. Nobody expects the board to decide in June.",
    LONG,
    "Notice",
    "“We don’t know,” said the clerk. ‘Nor do we,’ said the crew’s delegate.",
    "Le quai n’est pas prêt\u00a0: «\u00a0rien n’est décidé\u00a0», a dit l’élue, déçue.",
    "Straße und Brücke kosten Geld, sagte der Bürgermeister.",
    "ان کا کہنا تھا کہ «بندرگاہ بند نہیں ہو گی» اور کام جاری رہے گا۔",
    "قال الوزير: «لن نغلق الميناء» وأضاف أن العمل مستمر.",
    "港务局局长表示：“港口不会关闭，工程将继续进行。”他没有给出日期。港口的工程师同意。",
    "The soft\u00adened text has a hid\u00adden hyphen, a zero\u200bwidth space and a \u200fmark.",
    "Notice",
    "The last words stand here: ask the 86th meeting (in C.org's hall), please!",
]
TEXT = "\n".join(BLOCKS)
PASSAGES = {
    "after a quotation mark": ("The tide tables are wrong,", 0),
    "with its quotation marks": ('"The tide tables are wrong,"', 0),
    "hyphen, comma, ampersand, per cent": (
        "4.5%, from £1,200 to £1,254 — a well-known pattern in ship-to-shore work, R&D",
        0,
    ),
    "repeated phrase, first place": ("board will", 0),
    "repeated phrase, second place": ("board will", 1),
    "repeated phrase, in other case and words": ("decide in June", 1),
    "repeated block, told apart by the blocks beside it": ("Notice", 1),
    "repeated block, last place": ("Notice", 2),
    "longer than 300 characters": (LONG, 0),
    "over several blocks": ("Nobody expects the board to decide in June.\n" + LONG + "\nNotice", 0),
    "curly apostrophe and marks": ("“We don’t know,” said the clerk. ‘Nor do we,’ said the crew’s", 0),
    "ends at an apostrophe": ("We don’t know,”", 0),
    "French with no-break spaces": ("«\u00a0rien n’est décidé\u00a0», a dit l’élue", 0),
    "German": ("Straße und Brücke", 0),
    "Urdu": ("بندرگاہ بند نہیں ہو گی", 0),
    "Arabic": ("لن نغلق الميناء", 0),
    "Chinese, a whole clause": ("港口不会关闭，", 0),
    "Chinese, inside a clause": ("工程将继续", 0),
    "Chinese, repeated": ("港口", 1),
    "invisible marks": ("soft\u00adened text has a hid\u00adden hyphen, a zero\u200bwidth space and a \u200fmark", 0),
    "ends with a bracket": ("(in C.org's hall)", 0),
    "ends the page": ("please!", 0),
}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Original</title>
<style>p {{ margin: 0 40px 1400px; font: 20px/1.5 sans-serif; color: #000 }}
::target-text {{ background-color: #ff00ff; color: #000 }}</style>{}</html>"""

# Where the words of the blocks stand on the screen: the corners of the lines of text[start:end], in CSS pixels.
CORNERS = """([start, end]) => {
  const range = document.createRange(); let at = 0;
  for (const block of document.querySelectorAll("p")) {
    const node = block.firstChild, size = Array.from(node.data).length;
    const units = count => Array.from(node.data).slice(0, count).join("").length;
    if (at <= start && start < at + size) range.setStart(node, units(start - at));
    if (at < end && end <= at + size) range.setEnd(node, units(end - at));
    at += size + 1;
  }
  const shown = line => line.width > 1 && line.bottom > 0 && line.top < innerHeight;
  const lines = Array.from(range.getClientRects()).filter(shown);
  return lines.length ? [Math.min(...lines.map(line => line.left)), Math.min(...lines.map(line => line.top)),
    Math.max(...lines.map(line => line.right)), Math.max(...lines.map(line => line.bottom))] : null;
}"""
# The corners of what is highlighted in a picture of the screen.
HIGHLIGHT = """async picture => {
  const image = await createImageBitmap(await (await fetch(picture)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height), drawing = canvas.getContext("2d");
  drawing.drawImage(image, 0, 0);
  const data = drawing.getImageData(0, 0, image.width, image.height).data, box = [1e9, 1e9, -1, -1];
  for (let pixel = 0; pixel < data.length / 4; pixel++) {
    if (data[4 * pixel] < 250 || data[4 * pixel + 1] > 5 || data[4 * pixel + 2] < 250) continue;
    const x = pixel % image.width, y = Math.floor(pixel / image.width);
    box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x + 1); box[3] = Math.max(box[3], y + 1);
  }
  return box[2] < 0 ? null : box;
}"""


class Original(BaseHTTPRequestHandler):
    """Serves the blocks as paragraphs, far enough apart that one of them fills the window."""

    def do_GET(self):
        body = PAGE.format("".join(f"<p>{html.escape(block)}</p>" for block in BLOCKS)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="module")
def original():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Original)
    threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/article"
    server.shutdown()
    server.server_close()


def follow(page, address):
    """Open the address anew, wait until the page has come to rest, and return the corners of what is highlighted."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    picture = base64.b64encode(page.screenshot()).decode()
    return page.evaluate(HIGHLIGHT, f"data:image/png;base64,{picture}")


@pytest.mark.parametrize("passage", PASSAGES.values(), ids=PASSAGES)
def test_link_into_the_original_scrolls_to_the_passage_and_highlights_it(page, original, passage):
    words, place = passage
    start, end = find_words(TEXT, words)[place]
    address = fragment_url(original, TEXT, start, end)
    assert "#:~:text=" in address

    highlighted = follow(page, address)

    expected = page.evaluate(CORNERS, [start, end])
    assert expected, f"the passage is not on the screen: {address}"
    assert highlighted, f"nothing is highlighted: {address}"
    assert all(abs(one - other) <= 4 for one, other in zip(highlighted, expected, strict=True)), (
        highlighted,
        expected,
        address,
    )


def test_page_without_a_fragment_is_neither_scrolled_nor_highlighted(page, original):
    assert follow(page, original) is None
    assert page.evaluate("scrollY") == 0
