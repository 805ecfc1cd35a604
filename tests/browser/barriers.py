"""The accessibility rules of axe, run on the page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe

OPTIONS = {"preload": False, "resultTypes": ["violations"]}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # what the dark scheme alone can break
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"


def barriers(page):
    """What breaks a rule on a page, a line for each: every rule in the light scheme, those of colours in the dark."""
    found = Axe().run(page, options=OPTIONS | (COLOURS if page.evaluate(IS_DARK) else {})).response["violations"]
    return [
        f"{page.url} [{rule['id']}] {rule['help']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]
    ]


def assert_accessible(page):
    found = barriers(page)
    assert not found, "\n".join(found)
