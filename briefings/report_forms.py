"""The form in which readers report a problem, and what keeps floods and robots out of it without cookie or third party.

The form carries a signed token with the moment it was shown, which no robot can post at once or for long. Its random
part makes the secret of the report, so that the same words sent twice are one report. Addresses of readers are counted
under a keyed digest in the cache, and stored nowhere.
"""

import ipaddress
import secrets

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from briefings.editorial.reports import LONGEST_CONTACT, LONGEST_REPORT
from briefings.models import Citation, ReaderReport

SALT = "briefings.reports"
SOONEST, LATEST = 3, 24 * 3600  # seconds between showing the form and sending it
PER_READER, PER_BRIEFING = 5, 30  # reports in an hour
HOUR = 3600


class ReportForm(forms.Form):
    """What is typed is kept whatever is wrong with it."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write a sentence about what is wrong, then send it again.")},
    )
    note = forms.IntegerField(
        label=_("Number of the note, if it is about one"),
        required=False,
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        error_messages={
            "invalid": _("Write the number of the note alone, for example 3, or leave this empty."),
            "min_value": _("Notes are numbered from 1."),
            "max_value": _("There is no note with that number here."),
        },
    )
    contact = forms.CharField(
        label=_("Your name or address, if you want us to have it"), max_length=LONGEST_CONTACT, required=False
    )
    website = forms.CharField(label=_("Leave this empty"), required=False, max_length=200)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    def __init__(self, data=None, *, briefing, reader, **kwargs):
        self.briefing, self.reader = briefing, reader
        self.token, self.statement, self.is_new = None, None, False
        super().__init__(data and _without_nul(data), **kwargs)

    def clean_note(self):
        number = self.cleaned_data["note"]
        if number:
            cited = Citation.objects.filter(revision=self.briefing.current_id, number=number)
            self.statement = (found := cited.select_related("statement").first()) and found.statement
            if found is None:
                raise forms.ValidationError(_("This briefing has no note with that number. Look again, or leave it."))
        return number

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("Programs fill in this field, and a person leaves it empty. Empty it, then send the report again.")
            )
        return ""

    def clean(self):
        cleaned = super().clean()
        self.token = opened(cleaned.get("token", ""), self.briefing)
        if self.token is None:
            raise forms.ValidationError(_("This form had been open for long. Your words are kept: please send again."))
        if timezone.now().timestamp() - self.token["at"] < SOONEST:
            raise forms.ValidationError(_("That was quick. Your words are kept: please send them again in a moment."))
        self.is_new = not self.errors and not ReaderReport.objects.filter(secret=self.secret).exists()
        if self.is_new and not may_report(self.briefing, self.reader):
            raise forms.ValidationError(
                _("We have had many reports within an hour. Yours was not sent; please send it again later.")
            )
        return cleaned

    @property
    def secret(self):
        """What opens the answer: made of this form and of these words, by a key that only this site has."""
        words = f"{self.token['nonce']} {self.cleaned_data['text']}"
        return salted_hmac(SALT, words, algorithm="sha256").hexdigest()[:40]

    @property
    def token_to_show(self):
        """The token that came, so that the same report stays the same one, or a new one where that is of no use."""
        return self.data["token"] if self.token else fresh_token(self.briefing)


def _without_nul(data):
    return {name: value.replace("\x00", "") for name, value in data.items()}


def fresh_token(briefing):
    """A token for a form that is shown now: of this briefing, in the version that is read."""
    held = {"of": briefing.pk, "version": briefing.current.version, "nonce": secrets.token_urlsafe(12)}
    return signing.dumps({**held, "at": int(timezone.now().timestamp())}, salt=SALT)


def opened(token, briefing):
    """What a token holds, or None where it is none of ours, of another briefing or too old."""
    try:
        held = signing.loads(token, salt=SALT, max_age=LATEST)
    except signing.BadSignature:
        return None
    return held if held["of"] == briefing.pk else None


def may_report(briefing, reader):
    """Whether there is room for another report, by this reader and about this briefing, in this hour."""
    since = timezone.now() - timezone.timedelta(seconds=HOUR)
    if ReaderReport.objects.filter(briefing=briefing, made_at__gt=since).count() >= PER_BRIEFING:
        return False
    return cache.get(reader, 0) < PER_READER


def count_report(reader):
    """Count a report of this reader."""
    cache.add(reader, 0, HOUR)
    try:
        cache.incr(reader)
    except ValueError:  # it ran out in this very moment
        cache.set(reader, 1, HOUR)


def reader_of(request):
    """A name for whoever asks, from which their address cannot be told; one network of IPv6 is one reader."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # the last address is the one that our own proxy saw
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        known = None
    if known and known.version == 6:
        address = str(ipaddress.ip_network(f"{known}/64", strict=False))
    return f"reports:{salted_hmac(SALT, address, algorithm='sha256').hexdigest()}"
