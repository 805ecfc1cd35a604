"""Content files for tests: a small set that loads, and a way to write variations of it."""

import json

from briefings.models.sources import sha256_of

TEXT = "A report.\n\nThe minister said: “We shall work together.” He left.\n"
WORDS = "We shall work together."
SHA = sha256_of(TEXT)


def row(model, **fields):
    return {"model": f"briefings.{model}", "fields": fields}


def topic(slug="crime", **fields):
    return row("topic", **{"name": slug.title(), "slug": slug, "status": "published", **fields})


def person(**fields):
    return row(
        "person",
        **{"name": "A. Minister", "slug": "minister", "public_role": "minister", "status": "published", **fields},
    )


def source(**fields):
    return row("source", **{"key": "report", "title": "A report", "kind": "news", "status": "published", **fields})


def snapshot(**fields):
    copy = {"method": "supplied", "text": TEXT, "text_sha256": SHA, "raw_sha256": SHA}
    return row("snapshot", **{"source": ["report"], **copy, **fields})


def statement(**fields):
    named = {"key": "together", "kind": "quotation", "text": WORDS, "status": "published"}
    return row("statement", **{**named, "speaker_person": ["minister"], "topics": [["crime"]], **fields})


def evidence(**fields):
    return row("evidence", **{"statement": ["together"], "snapshot": ["report", SHA], "order": 1, **fields})


def passage(**fields):
    start = TEXT.index(WORDS)
    place = {"start": start, "end": start + len(WORDS), "exact": WORDS}
    return row("passage", **{"evidence": ["together", 1], "order": 1, **place, **fields})


BODY = "He said “We shall work together.”[@together]"


def briefing(**fields):
    return row("briefing", **{"title": "Together", "slug": "together", "body": BODY, "status": "published", **fields})


def revision(**fields):
    named = {"briefing": ["together"], "version": 1, "title": "Together", "body": BODY, "at": "2026-11-22T08:00:00Z"}
    return row("publishedrevision", **{**named, **fields})


def everything():
    """Objects that load: a source with its copy, a quotation in it, and a briefing that cites it."""
    return [
        topic(), person(), source(), snapshot(), statement(), evidence(), passage(), briefing(), revision(),
        row("revisiontopic", revision=["together", 1], topic=["crime"]),
        row("revisionauthor", revision=["together", 1], person=["minister"]),
    ]  # fmt: skip


def without(*models):
    return [one for one in everything() if one["model"].removeprefix("briefings.") not in models]


def write(path, objects):
    """Write objects, or a text as it is, into a file and return its path."""
    path.write_text(objects if isinstance(objects, str) else json.dumps(objects, ensure_ascii=False), "utf-8")
    return path
