"""Why a page or a file brought no text: one plain sentence a code, which says what to do instead."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What the engine reports (`articles.FetchFailed` and `articles.Unreadable`), and codes of our own.
SENTENCES = {
    # the address
    "not-an-address": gettext_lazy("“%(address)s” is no web address. Correct it, or paste the text instead."),
    "not-http": gettext_lazy(
        "Only addresses that begin with http:// or https:// are fetched, not %(scheme)s. Paste the text instead."
    ),
    "user-info": gettext_lazy(
        "The address holds a user name or a password, so it was not fetched. Take that part out, or paste the text "
        "instead."
    ),
    "port": gettext_lazy("Only the usual ports 80 and 443 are fetched, not %(port)s. Paste the text instead."),
    "private-address": gettext_lazy(
        "%(host)s does not lead to the public internet, so it was not asked for anything. Paste the text instead."
    ),
    # the way there
    "dns": gettext_lazy(
        "No server is known under the name %(host)s. Check the address for a slip, try again later, or paste the text "
        "instead."
    ),
    "connection": gettext_lazy(
        "%(host)s could not be reached, or closed the connection. Try again later, or paste the text instead."
    ),
    "tls": gettext_lazy(
        "%(host)s has no certificate that can be trusted, so nothing was fetched from it. Paste the text instead."
    ),
    "timeout": gettext_lazy("%(host)s took too long to answer. Try again later, or paste the text instead."),
    "too-many-redirects": gettext_lazy(
        "The address leads on to others too many times. Open it in your browser, and give the address of the page you "
        "end at; or paste the text instead."
    ),
    "downgrade": gettext_lazy(
        "The page leads from an encrypted address to one without encryption, where anybody could have changed it. "
        "Paste the text instead."
    ),
    "malformed": gettext_lazy(
        "%(host)s gave an answer that is not proper HTTP. Try again later, or paste the text instead."
    ),
    "incomplete": gettext_lazy(
        "The page from %(host)s broke off before its end, so nothing of it was kept. Try again, or paste the text "
        "instead."
    ),
    "encoding": gettext_lazy(
        "The page is packed in a way that cannot be unpacked (%(encoding)s). Paste the text instead."
    ),
    # what came
    "too-large": gettext_lazy("It is larger than is taken (%(limit)s). Paste the part that you need instead."),
    "not-text": gettext_lazy(
        "It is neither text, nor HTML, nor a PDF%(media_type)s. Paste the text, or a transcript of it, instead."
    ),
    "empty": gettext_lazy("There was nothing in it. Paste the text instead."),
    "no-text": gettext_lazy(
        "No text was found in it: the page may be put together only in a browser, or the file may hold pictures of "
        "pages. Send the page with the bookmarklet, or paste the text instead."
    ),
    "encrypted-pdf": gettext_lazy("The PDF is locked with a password. Unlock it first, or paste its text instead."),
    "not-references": gettext_lazy(
        "It is neither CSL-JSON, nor RIS, nor Zotero’s CSV. Export the references again in one of these."
    ),
    "damaged": gettext_lazy("The file is damaged and cannot be read. Get it anew, or paste its text instead."),
    # answers with an error, by status; others go by their hundreds
    "http-401": gettext_lazy(
        "%(host)s shows this page only to those who log in. Open it in your browser and send it with the bookmarklet, "
        "or paste the text instead."
    ),
    "http-402": gettext_lazy(
        "%(host)s shows this page only to subscribers. Open it in your browser and send it with the bookmarklet, or "
        "paste the text instead."
    ),
    "http-403": gettext_lazy(
        "%(host)s refused to show this page to us. Open it in your browser and send it with the bookmarklet, or paste "
        "the text instead."
    ),
    "http-404": gettext_lazy(
        "%(host)s has no page at this address. Check the address for a slip, or paste the text instead if you have it."
    ),
    "http-410": gettext_lazy("%(host)s has taken this page down. Paste the text instead if you have it."),
    "http-429": gettext_lazy(
        "%(host)s asks for a pause: it was asked too often. Try again later, or paste the text instead."
    ),
    "http-451": gettext_lazy("%(host)s may not show this page, for legal reasons. Paste the text if you have it."),
    "http-3xx": gettext_lazy(
        "%(host)s answered that the page is elsewhere without saying where (status %(status)s). Paste the text instead."
    ),
    "http-4xx": gettext_lazy("%(host)s did not give out this page (status %(status)s). Paste the text instead."),
    "http-5xx": gettext_lazy(
        "%(host)s has a fault of its own just now (status %(status)s). Try again later, or paste the text instead."
    ),
    # a page that is looked at again
    "robots": gettext_lazy(
        "%(host)s asks programs not to visit this page (robots.txt), so the rounds leave it alone. Check it yourself "
        "now and then, and paste the text if it has changed."
    ),
    "stub": gettext_lazy(
        "The address shows much less than our copy has: perhaps the beginning alone, or a question about cookies. Open "
        "it in your browser; if this is the article as it is now, paste the text."
    ),
    "another-page": gettext_lazy(
        "The address shows a page with next to nothing of our copy: perhaps an error, or another article. Open it in "
        "your browser; if this is the article as it is now, paste the text."
    ),
    "front-page": gettext_lazy(
        "The address now leads to the front page of a site. Look for the article there, and correct the address or "
        "paste the text."
    ),
    # our own
    "unexpected": gettext_lazy(
        "Something went wrong here that was not foreseen (%(error)s). What you gave is kept: try again, or paste the "
        "text instead."
    ),
    "storage": gettext_lazy(
        "The file could not be written (%(error)s), so nothing was saved. Tell who runs this site, then try again."
    ),
    "interrupted": gettext_lazy("The work was cut off half-way. What you gave is kept: try again."),
}
UNKNOWN = gettext_lazy("It did not work (%(code)s). What you gave is kept: try again, or paste the text instead.")


def code_of_status(status: int) -> str:
    """Return the code for the status of an HTTP answer that is no success (3xx to 5xx)."""
    code = f"http-{status}"
    return code if code in SENTENCES else f"http-{min(max(status // 100, 3), 5)}xx"


def sentence_for(code: str, detail: Mapping[str, object]) -> str:
    """Return what happened and what to do, in the active language; `detail` holds the words that the code's text names.

    Words that are missing leave a gap that reads on, and an unknown code is told as it is: this never raises.
    """
    words = {"host": _("The server"), "limit": "", "media_type": "", **_shown(detail), "code": code}
    return str(SENTENCES.get(code, UNKNOWN) % _Words(words))


class _Words(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "?"


def _shown(detail: Mapping[str, object]) -> dict[str, str]:
    words = {name: " ".join(str(value).split())[:200] for name, value in detail.items()}
    if words.get("media_type"):
        words["media_type"] = f" ({words['media_type']})"
    if words.get("limit", "").isdecimal():
        words["limit"] = _("%(count)d MB") % {"count": int(words["limit"]) // 1_000_000}
    return words
