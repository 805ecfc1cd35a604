"""The working text of a briefing as an approval means it: what it is made of, who wrote it, what readers have of it."""

import json

from django.db.models import Q, QuerySet
from django.utils import timezone

from briefings.models import Briefing, Contribution, Illustration, User
from briefings.models.sources import sha256_of, sha256_of_file
from briefings.rendering import picture_keys

FIELDS = ("title", "standfirst", "body", "language")


def text_digest(briefing: Briefing) -> str:
    """Return the SHA-256, in hexadecimal, of all that readers would get: words, language, topics, byline, pictures.

    The words are those of the instance as it is passed, saved or not; the rest is as it is stored. Of illustrations
    only those count that the body shows, with the bytes of their files.
    """
    keys = {key for key, _line in picture_keys(briefing.body)}
    shown = briefing.illustrations.filter(key__in=keys).order_by("key") if briefing.pk and keys else []
    made_of = {
        **{name: getattr(briefing, name) for name in FIELDS},
        "topics": sorted(topics_of(briefing)),
        "authors": authors_of(briefing),
        "illustrations": [_made_of(one) for one in shown],
    }
    return sha256_of(json.dumps(made_of, sort_keys=True))


def _made_of(picture: Illustration) -> list[str]:
    try:
        content = sha256_of_file(picture.file)
    except OSError:
        content = "lost"
    return [picture.key, content, picture.alt, picture.caption, picture.credit, picture.licence]


def topics_of(briefing: Briefing) -> list[int]:
    """Return the topics' primary keys in the order in which they were added."""
    rows = briefing.topics.through.objects.filter(briefing=briefing.pk)
    return list(rows.order_by("pk").values_list("topic", flat=True))


def authors_of(briefing: Briefing) -> list[int]:
    """Return the byline: the authors' primary keys in the order in which they were added."""
    rows = briefing.authors.through.objects.filter(briefing=briefing.pk)
    return list(rows.order_by("pk").values_list("person", flat=True))


def is_as_published(briefing: Briefing) -> bool:
    """Tell whether the working text is what readers see already."""
    now = briefing.current
    return (
        now is not None
        and all(getattr(now, name) == getattr(briefing, name) for name in FIELDS)
        and set(now.topic_rows.values_list("topic", flat=True)) == set(topics_of(briefing))
        and list(now.author_rows.order_by("pk").values_list("person", flat=True)) == authors_of(briefing)
    )


def writers_of(briefing: Briefing) -> QuerySet[User]:
    """Return who has written on it since it was last published; of one never published also who began it.

    Where a clock that went wrong has dated the publication into the future, everybody who ever wrote on it counts.
    """
    wrote = Contribution.objects.filter(briefing=briefing.pk)
    published = briefing.current.at if briefing.current else None
    if published and published <= timezone.now():
        wrote = wrote.filter(at__gt=published)
    writers = Q(pk__in=wrote.values("user"))
    if published is None and briefing.created_by_id:
        writers |= Q(pk=briefing.created_by_id)
    return User.objects.filter(writers).order_by("pk")
