"""Capture as an editor meets it in a real Chromium: an address, what is proposed, what is kept; and the bookmarklet."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from briefings.models import Capture, Snapshot, Source
from briefings.permissions import Role
from tests.browser.barriers import assert_accessible
from tests.factories import make_user
from tests.newsstand import SEED_ADDRESS, article, seed_page

SECRET = "Only those who pay read that the bridge cost ninety million, and that nobody knows who paid it in the end."
URDU = "وزیر داخلہ نے کہا کہ پاکستان عالمی برادری کے ساتھ اپنے تجربات بانٹنے کے لیے تیار ہے۔"


@pytest.fixture
def desk(stand, transactional_db, live_server, page):
    """The address of the desk with nothing in it, an editor logged in."""
    make_user(Role.EDITOR, username="amina", password="secret", first_name="Amina")
    page.goto(f"{live_server.url}/admin/login/?next=/admin/capture/")
    page.get_by_label("Username:").fill("amina")
    page.get_by_label("Password:").fill("secret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Capture an article")).to_be_visible()
    return f"{live_server.url}/admin/"


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 1


def test_an_article_is_captured_corrected_and_kept_by_keyboard_alone(desk, stand, page):
    stand.put(SEED_ADDRESS, seed_page())
    expect(page.get_by_label("An address, or the text itself:")).to_be_focused()
    page.keyboard.type(SEED_ADDRESS)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="In Beijing, Ahsan Iqbal urges")).to_be_visible()
    expect(page.get_by_label("Or a new publisher:")).to_have_value("Dawn")
    expect(page.get_by_label("Published:")).to_have_value("2017-09-26")
    expect(page.get_by_role("region", name="Text", exact=True)).to_contain_text("China.org quoted the minister saying")
    page.get_by_label("Title:").press("Tab")
    page.keyboard.press("Enter")  # the first of the other proposals
    expect(page.get_by_label("Title:")).to_have_value(
        "In Beijing, Ahsan Iqbal urges global cooperation to tackle terrorism, international crime | Dawn"
    )
    page.get_by_label("Authors as printed:").fill("Naveed Siddiqui, in Islamabad")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is saved as a draft, with its stored copy.")).to_be_visible()
    source = Source.objects.get()
    assert (source.authors, source.publisher.name) == ("Naveed Siddiqui, in Islamabad", "Dawn")
    assert source.snapshots.get().raw.read() == seed_page().encode()


def test_a_failed_fetch_goes_on_with_the_pasted_text(desk, stand, page):
    stand.put(SEED_ADDRESS, "no", status=403)
    page.get_by_label("An address, or the text itself:").fill(SEED_ADDRESS)
    page.get_by_role("button", name="Capture").click()
    expect(page.get_by_text("dawn.example refused to show this page to us.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("The text, or the HTML of the page:").fill("A title\n\nWhat the page says.")
    page.get_by_role("button", name="Go on with this").click()
    expect(page.get_by_text("It was given by hand instead.")).to_be_visible()
    page.get_by_role("button", name="Save and read it").click()
    expect(page.get_by_text("is saved as a draft")).to_be_visible()
    assert Source.objects.get().address == SEED_ADDRESS


def paywalled(headers):
    is_paid = "subscriber=yes" in headers.get("Cookie", "")
    return article("The bridge", [SECRET] if is_paid else ["Subscribe to read on."]).encode()


@pytest.fixture
def paid_page(desk, stand, page):
    """A page on another site that shows its text to those who have its cookie, and the bookmarklet's script."""
    stand.put("http://127.0.0.1/paid", paywalled)
    script = unquote(page.get_by_role("link", name="Send to").get_attribute("href").removeprefix("javascript:"))
    address = f"http://127.0.0.1:{stand.port}/paid"
    page.context.add_cookies([{"name": "subscriber", "value": "yes", "url": address}])
    other = page.context.new_page()
    other.goto(address)
    expect(other.get_by_text(SECRET)).to_be_visible()
    return other, script, address


def test_the_bookmarklet_sends_the_page_as_the_editor_sees_it(paid_page, stand):
    other, script, address = paid_page
    asked = len(stand.requests)
    with other.expect_popup() as opened:
        other.evaluate(script)
    received = opened.value
    expect(received.get_by_text("The bridge - Dawn")).to_be_visible()
    expect(received.get_by_text(address)).to_be_visible()
    assert_accessible(received)
    assert not Capture.objects.exists(), "nothing is sent on before the editor says so"
    expect(received.get_by_role("button", name="Read this page")).to_be_focused()
    received.keyboard.press("Enter")
    expect(received.get_by_role("region", name="Text", exact=True)).to_contain_text(SECRET)
    capture = Capture.objects.get()
    assert (capture.address, capture.method, capture.state) == (address, "pasted", "ready")
    assert SECRET in capture.text
    assert len(stand.requests) == asked, "the site itself is not asked again"


def test_a_window_that_did_not_open_the_receiving_page_sends_it_nothing(paid_page, desk):
    """A frame of the opener is not the opener; a page that is opened by itself waits for nobody."""
    other, _script, _address = paid_page
    with other.expect_popup() as opened:
        other.evaluate(f"window.receiving = open('{desk}capture/page/')")
    received = opened.value
    expect(received.get_by_text("Waiting for the page…")).to_be_visible()
    other.evaluate(
        """() => {
            const frame = document.body.appendChild(document.createElement("iframe"));
            const send = frame.contentWindow.eval("(to, what) => to.postMessage(what, '*')");
            send(window.receiving, { html: "<p>forged</p>", address: location.href, title: "forged" });
        }"""
    )
    received.wait_for_timeout(300)
    expect(received.get_by_text("forged")).to_have_count(0)
    received.goto(f"{desk}capture/page/")
    alone = received.context.new_page()
    alone.goto(f"{desk}capture/page/")
    expect(alone.get_by_text("No page has arrived.")).to_be_visible()
    assert_accessible(alone)


def test_a_page_of_another_address_than_its_own_is_known_by_its_origin(paid_page, desk):
    other, _script, address = paid_page
    with other.expect_popup() as opened:
        other.evaluate(f"window.receiving = open('{desk}capture/page/')")
    expect(opened.value.get_by_text("Waiting for the page…")).to_be_visible()
    lie = "receiving.postMessage({ html: '<p>words</p>', address: 'https://bank.example/', title: 'Bank' }, '*')"
    other.evaluate(lie)
    expect(opened.value.get_by_role("button", name="Read this page")).to_be_visible()
    expect(opened.value.get_by_text("bank.example")).to_have_count(0)
    expect(opened.value.get_by_text(address.removesuffix("/paid"))).to_be_visible()


def test_the_bookmarklet_says_that_it_is_to_be_dragged(desk, page):
    page.get_by_role("link", name="Send to").click()
    expect(page.get_by_text("This link works from your bookmarks bar")).to_be_visible()
    assert page.url.endswith("/admin/capture/")


def test_everything_works_without_scripts(desk, stand, browser, page, live_server):
    stand.put(SEED_ADDRESS, seed_page())
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{desk}capture/")
    plain.get_by_label("An address, or the text itself:").fill(SEED_ADDRESS)
    plain.get_by_role("button", name="Capture").click()
    plain.get_by_role("button", name="| Dawn").click()
    expect(plain.get_by_label("Title:")).to_have_value(
        "In Beijing, Ahsan Iqbal urges global cooperation to tackle terrorism, international crime | Dawn"
    )
    plain.get_by_role("button", name="Save and read it").click()
    expect(plain.get_by_text("is saved as a draft")).to_be_visible()
    assert Snapshot.objects.count() == 1
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible_and_fits_a_phone(desk, stand, page, scheme):
    stand.put(SEED_ADDRESS, seed_page())
    stand.put("http://urdu.example/1", article("وزیر", [URDU], publisher="اخبار").replace('lang="en"', 'lang="ur"'))
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    for address in (SEED_ADDRESS, "http://urdu.example/1", "http://lost.example/" + "a" * 300):
        page.goto(f"{desk}capture/")
        page.get_by_label("An address, or the text itself:").fill(address)
        page.get_by_role("button", name="Capture").click()
        page.wait_for_load_state()
        assert_accessible(page)
        assert not is_too_wide(page), page.url
    for name in ("", "transcript/", "page/", "import/"):
        page.goto(f"{desk}capture/{name}")
        assert_accessible(page)
        assert not is_too_wide(page), name
    page.set_viewport_size({"width": 1280, "height": 900})
    for capture in Capture.objects.all():
        page.goto(f"{desk}capture/{capture.pk}/")
        assert_accessible(page)


def test_references_are_looked_at_and_imported(desk, page, tmp_path):
    file = tmp_path / "library.ris"
    file.write_text("TY  - NEWS\nTI  - A report\nT2  - The Paper\nPY  - 2017\nUR  - https://paper.example/r\nER  - \n")
    page.goto(f"{desk}capture/import/")
    page.get_by_label("File:").set_input_files(file)
    page.get_by_role("button", name="Look through it").click()
    expect(page.get_by_text("A report")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Import 1 source").click()
    expect(page.get_by_text("1 source was imported as a draft.")).to_be_visible()


def test_a_transcript_is_typed_and_kept(desk, page):
    page.get_by_role("link", name="It has no address").click()
    page.get_by_label("What it is:").select_option("interview")
    page.get_by_label("Title:").fill("Talk with the minister")
    page.get_by_label("Transcript:").fill("Q: Why?\n\nA: Because of the river.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Title:")).to_have_value("Talk with the minister")
    page.get_by_role("button", name="Save and read it").click()
    expect(page.get_by_text("is saved as a draft")).to_be_visible()
    assert Snapshot.objects.get().method == "transcribed"
