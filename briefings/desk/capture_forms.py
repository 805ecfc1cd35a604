"""What is handed in at the capture screens: one box that guesses, a transcript, a page."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.fields import LongText
from briefings.articles import media_type_of
from briefings.editorial.capture import Given
from briefings.models import CaptureMethod, SourceKind
from briefings.models.dates import EDTFField

LARGEST_FILE = 20_000_000  # bytes, what the reader takes
LARGEST_PAGE = 5_000_000  # bytes of a page that a browser sends
PAGE_TYPE = "text/html; charset=utf-8"  # as browsers send forms, whatever the page says of the file it came from
LONGEST_ADDRESS = 2000
WITHOUT_ADDRESS = ("interview", "broadcast", "book", "post", "document", "transcript", "record")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")


def address_in(text):
    """Return the address that a text is, with its scheme, or an empty string where it is something else."""
    text = text.strip()
    if not text or re.search(r"\s", text):
        return ""
    if _SCHEME.match(text) and not re.match(r"[^/?#:]+:\d", text):
        return text
    return f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else ""


def given_text(text, *, address="", seen_at=None):
    """What a pasted text is: HTML or plain."""
    content = text.encode()
    is_page = media_type_of(content) == "text/html"
    kind = PAGE_TYPE if is_page else "text/plain"
    return Given(CaptureMethod.PASTED, address=address, content=content, media_type=kind, seen_at=seen_at)


class BoxForm(forms.Form):
    """One box: an address is fetched, anything else is the text or the page itself; or a file."""

    given = LongText(
        label=gettext_lazy("An address, or the text itself"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "reading", "autofocus": True, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "An address is fetched. Anything else is kept as it is: paste the text of the article, or its HTML."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("A saved page (HTML), a plain text, or a PDF with text, of up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.xhtml,.txt,.md,.pdf"}),
    )
    known_address = ""  # where the capture has one already

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise ValidationError(
                _("“%(name)s” is larger than 20 MB, so it was not taken. Paste the part that you need."),
                params={"name": file.name},
            )
        if file and not file.size:
            raise ValidationError(
                _("“%(name)s” is empty. Choose another file, or paste the text."), params={"name": file.name}
            )
        return file

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            cleaned["as_given"] = self._as_given(cleaned.get("given") or "", cleaned.get("file"))
        return cleaned

    def _as_given(self, text, file):
        address = address_in(text)
        if len(address) > LONGEST_ADDRESS:
            raise ValidationError(_("The address is longer than 2000 characters. Give a shorter one."))
        if file and text.strip() and not address:
            raise ValidationError(
                _("There are both a text and a file. Give one; beside a file only an address may stand.")
            )
        if file:
            return Given(
                CaptureMethod.UPLOADED, address=address or self.known_address, content=file.read(), file_name=file.name,
                media_type="" if file.content_type == "application/octet-stream" else file.content_type or "",
            )  # fmt: skip
        if address:
            return Given(CaptureMethod.FETCHED, address=address)
        if not text.strip():
            raise ValidationError(_("The box is empty. Paste an address or a text, or choose a file."))
        if len(text.split()) == 1:
            raise ValidationError(
                _("“%(word)s” is no address, and too short for a text. Paste the whole address or the whole text."),
                params={"word": text.strip()[:80]},
            )
        return given_text(text, address=self.known_address)


class InsteadForm(BoxForm):
    """What goes on with a capture that failed: a text or a file; another address is a capture of its own."""

    def __init__(self, *args, known_address="", **kwargs):
        super().__init__(*args, **kwargs)
        self.known_address = known_address
        self.fields["given"].label = _("The text, or the HTML of the page")
        self.fields["given"].help_text = _(
            "Open the page in your browser, select the article, copy and paste it here. The address above is kept."
        )
        self.fields["given"].widget.attrs |= {"rows": 8, "autofocus": False}

    def _as_given(self, text, file):
        if not file and address_in(text):
            raise ValidationError(_("This is an address. Paste the text here; the capture box takes addresses."))
        return super()._as_given(text, file)


class TranscriptForm(forms.Form):
    """A source without an address: what it is, who and when, and its words as somebody wrote them down."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[(kind, SourceKind(kind).label) for kind in WITHOUT_ADDRESS],
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=500,
        help_text=gettext_lazy("For example “Interview with the minister, 26 September 2017”."),
    )
    authors = forms.CharField(
        label=gettext_lazy("Who"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Who wrote it or spoke in it, as it names them."),
    )
    publisher = forms.CharField(
        label=gettext_lazy("Publisher or station"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Who printed or broadcast it, if anybody did."),
    )
    published = EDTFField(gettext_lazy("When")).formfield(
        help_text=gettext_lazy("2017-09-26, or as much of it as is known: 2017-09, 2017.")
    )
    language = forms.CharField(label=gettext_lazy("Language"), max_length=12, initial="en")
    text = LongText(
        label=gettext_lazy("Transcript"),
        widget=forms.Textarea(attrs={"rows": 14, "class": "reading"}),
        help_text=gettext_lazy(
            "Type or paste the words, one paragraph for each turn or page. A page number or a timecode can be noted "
            "with each passage later on. Readers are told that quotations match our transcript."
        ),
    )

    def clean_text(self):
        text = self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError(_("The transcript is empty. Type or paste the words."))
        return text

    def as_given(self):
        about = {name: self.cleaned_data[name] for name in ("kind", "title", "authors", "publisher", "published")}
        about["language"] = self.cleaned_data["language"]
        content = self.cleaned_data["text"].encode()
        return Given(CaptureMethod.TRANSCRIBED, content=content, media_type="text/plain", about=about)


class PageForm(forms.Form):
    """A page as somebody's browser shows it, sent by the bookmarklet."""

    html = LongText(widget=forms.Textarea(attrs={"hidden": True}))
    address = forms.CharField(max_length=LONGEST_ADDRESS, required=False, widget=forms.HiddenInput)

    def clean_html(self):
        html = self.cleaned_data["html"]
        if len(html.encode()) > LARGEST_PAGE:
            raise ValidationError(_("The page is larger than 5 MB."))
        return html

    def clean_address(self):
        address = self.cleaned_data["address"]
        return address if address.startswith(("http://", "https://")) else ""
