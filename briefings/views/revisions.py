"""What a briefing was before: its history, one version as it stood, and two versions compared word by word."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from briefings.briefing_pages import authors_of, dates_of, redactions_of, text_of, version_page_of
from briefings.heads import Head
from briefings.languages import direction_of
from briefings.models import Briefing, Correction, PublishedRevision
from briefings.models.dates import day_of
from briefings.parties import party_of
from briefings.quotes import compare_paragraphs
from briefings.rendering import paragraphs_of

from .details import detail

LONGEST_NUMBER = 6  # digits of a version that anybody could mean


def briefing_history(request, key):
    return detail(request, Briefing, key, history_page)


def history_page(request, briefing):
    """All versions of a briefing, the latest first, with what changed and the digests that bind them."""
    corrections = {}
    for one in Correction.objects.published().filter(revision__briefing=briefing).order_by("at", "pk"):
        corrections.setdefault(one.revision_id, []).append(one)
    columns = ("pk", "version", "at", "dated", "is_major", "change_note", "seal__digest")
    rows = [
        {
            **row,
            "day": day_of(row["at"]),
            "before": row["version"] - 1,
            "corrections": corrections.get(row["pk"], ()),
            "digest": row["seal__digest"],
        }
        for row in briefing.revisions.order_by("-version").values(*columns)
    ]
    context = {
        **_common(briefing, _("History of “%(title)s”"), "briefing-history"),
        "rows": rows,
        "first": rows[-1]["version"],
        "latest": rows[0]["version"],
    }
    return render(request, "briefings/briefing_history.html", context)


def briefing_version(request, key, number):
    return detail(request, Briefing, key, lambda request, briefing: version_page(request, briefing, number))


def version_page(request, briefing, number):
    """One version as it stood, from its seal: notes and evidence as they were then."""
    revision = briefing.revisions.filter(version=_number(number)).select_related("seal").first()
    if revision is None:
        raise Http404(_("This briefing has no such version."))
    revision.briefing = briefing
    context = {
        **_common(briefing, _("%(title)s, version %(number)s"), "", number=revision.version),
        "revision": revision,
        "dates": dates_of(revision),
        "day": day_of(revision.at),
        "direction": direction_of(revision.language),
        "topics": [party_of(topic) for topic in revision.topics.order_by("name")],
        "authors": [party_of(author) for author in authors_of(revision)],
        "html": revision.seal.html if hasattr(revision, "seal") else text_of(revision),
        "redactions": redactions_of(version_page_of(briefing, revision)),
        "is_current": revision.pk == briefing.current_id,
    }
    return render(request, "briefings/briefing_version.html", context)


def briefing_compare(request, key):
    return detail(request, Briefing, key, compare_page)


def compare_page(request, briefing):
    """Two versions compared; where the request names none that are there, a message and the form."""
    versions = list(briefing.revisions.order_by("version").values_list("version", flat=True))
    asked = [_number(request.GET.get(name, "")) for name in ("from", "to")]
    if not request.GET:
        asked = [versions[-2] if len(versions) > 1 else versions[-1], versions[-1]]
    found = {one.version: one for one in briefing.revisions.filter(version__in=[n for n in asked if n in versions])}
    pair = [found.get(number) for number in asked]
    context = {
        **_common(briefing, _("Versions of “%(title)s” compared"), "briefing-compare"),
        "versions": versions,
        "asked": asked,
        "comparison": Comparison(*pair) if all(pair) else None,
        "redactions": redactions_of(*(version_page_of(briefing, one) for one in pair if one)),
    }
    return render(request, "briefings/briefing_compare.html", context, status=200 if all(pair) else 400)


class Comparison:
    """Two published revisions side by side, as a template shows them."""

    def __init__(self, before: PublishedRevision, after: PublishedRevision):
        self.before, self.after = before, after
        self.days = day_of(before.at), day_of(after.at)
        self.language, self.direction = after.language, direction_of(after.language)

    @cached_property
    def head(self):
        """The title and the standfirst."""
        pairs = [(getattr(self.before, name), getattr(self.after, name)) for name in ("title", "standfirst")]
        return [
            (label, compare_paragraphs([before], [after]))
            for label, (before, after) in zip((_("Title"), _("Standfirst")), pairs, strict=True)
        ]

    @cached_property
    def _read(self):
        return [paragraphs_of(one.body) for one in (self.before, self.after)]

    @cached_property
    def as_written(self):
        """Whether only the marking-up differs, so that the text is compared as it was written."""
        return self._read[0] == self._read[1] and self.before.body != self.after.body

    @cached_property
    def body(self):
        """Groups of paragraphs: (whether they may be folded away, paragraphs); beside a change one is shown as well."""
        written = [one.body.split("\n\n") for one in (self.before, self.after)] if self.as_written else self._read
        return _folded(compare_paragraphs(*written))

    @cached_property
    def is_same(self):
        """Whether all words of the two are the same."""
        groups = [found for _label, found in self.head] + [group for _away, group in self.body]
        return not self.as_written and all(one.is_same for group in groups for one in group)


def _folded(paragraphs):
    """Group paragraphs by whether they are far from any change."""
    near = {at + step for at, one in enumerate(paragraphs) if not one.is_same for step in (-1, 0, 1)}
    groups = []
    for at, one in enumerate(paragraphs):
        if not groups or groups[-1][0] == (at in near):
            groups.append((at not in near, []))
        groups[-1][1].append(one)
    return groups


def _number(words):
    """The number of a version, or 0 for whatever cannot be one."""
    number = int(words) if words.isascii() and words.isdigit() and len(words) <= LONGEST_NUMBER else 0
    return number if str(number) == words else 0


def _common(briefing, title, name, **values):
    """What these pages share; the canonical page is the briefing itself where `name` names none."""
    path = reverse(name, args=[briefing.slug]) if name else briefing.get_absolute_url()
    shown = briefing.current
    return {
        "head": Head(
            title=title % {"title": shown.title, **values},
            path=path,
            section="briefings",
            noindex=name != "briefing-history",
        ),
        "slug": briefing.slug,
        "current": shown,
        "language": shown.language,
        "url": briefing.get_absolute_url(),
        "history": reverse("briefing-history", args=[briefing.slug]),
        "compare": reverse("briefing-compare", args=[briefing.slug]),
        "site_direction": direction_of(get_language()),
    }
