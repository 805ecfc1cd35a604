"""Pasting from a word processor at the writing desk: Markdown at the cursor, one undo, plain text where asked for."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import make_briefing

from .test_reading_desk import log_in

PASTE = """([html, plain]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", plain);
  document.getElementById("id_body").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
HTML = "<h1>A head</h1><p>“Words” in <b>bold</b><img src=x></p>"


def test_what_a_word_processor_copied_is_pasted_as_markdown(page, site):
    log_in(page, site, "writer")
    briefing = make_briefing("First.\n\nLast.")
    page.goto(site + reverse("admin:desk-writing", args=[briefing.pk]))
    body = page.locator("#id_body")
    body.evaluate("field => { field.focus(); field.setSelectionRange(6, 6); }")
    page.evaluate(PASTE, [HTML, "A head Words in bold"])
    expect(page.locator("paste-line [role=status]")).to_contain_text("Left out: pictures")
    expect(body).to_have_value("First.\n\n## A head\n\n“Words” in **bold**\n\nLast.")
    page.keyboard.press("Control+z")
    expect(body).to_have_value("First.\n\nLast.")
    page.route("**/admin/paste/", lambda route: route.abort())
    page.evaluate(PASTE, [HTML, " As it was."])
    expect(page.locator("paste-line [role=status]")).to_contain_text("plain text")
    expect(body).to_have_value("First. As it was.\n\nLast.")
