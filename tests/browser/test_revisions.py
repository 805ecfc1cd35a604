"""History, a version and a comparison as people meet them: without a violation, wherever they are."""

import pytest
from django.db import connection

from briefings.models import Briefing
from tests.browser.barriers import assert_accessible
from tests.factories import make_revision

ADDRESSES = ("history/", "v/1/", "compare/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_briefings_past_have_no_axe_violations(page, site, scheme):
    briefing = Briefing.objects.get(slug="how-interpol-is-built")
    briefing.body = briefing.body.replace("The name and the purpose", "Its name", 1)
    make_revision(briefing, change_note="A heading.", is_major=False)
    connection.close()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 800})
    for address in ADDRESSES:
        page.goto(f"{site}/briefings/{briefing.slug}/{address}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="Version 1", exact=True).click()
    assert page.get_by_text("Version 1, as it stood on").is_visible()
