"""The rules of `test_access`: for every URL, what it is asked about in each state, and which roles are let in."""

from dataclasses import dataclass, field
from functools import partial

import reversion
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from reversion.models import Version

from briefings.editorial.previews import token_of
from briefings.editorial.reports import report
from briefings.models import (
    Acceptance,
    Capture,
    Comment,
    Correction,
    Flag,
    PassageCheck,
    PreviewLink,
    Redaction,
    Status,
    WritingWindow,
)
from tests.factories import (
    make_briefing,
    make_claim,
    make_event,
    make_illustration,
    make_organization,
    make_person,
    make_proposal,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
    make_topic,
    make_user,
)

LETTERS = {"l": "sent to log in", "y": "let in", "n": "refused", "g": "gone"}
ALL, DESK, EDITORS, PUBLISHERS, ADMINISTRATORS = "yyyyy", "lyyyy", "lnyyy", "lnnyy", "lnnny"
NOBODY, GONE, HIDDEN = "lnnnn", "ggggg", "nnnnn"
OWN, OTHER, PUBLIC, RETRACTED = "own draft", "somebody else's draft", "public", "retracted"

BODY = "Nothing cited.\n\n![](hall)"
MAKERS = {
    "briefing": partial(make_briefing, BODY),
    "statement": make_statement,
    "source": make_source,
    "organization": make_organization,
    "person": make_person,
    "event": make_event,
    "topic": make_topic,
}
PARTS = ["snapshot", "evidence", "claim", "publishedrevision"]
MODELS = [*MAKERS, *PARTS, "user", "group"]


@dataclass
class Asked:
    """What an address is asked with: its arguments, its query, and the fields of a POST."""

    args: list = field(default_factory=list)
    query: str = ""
    fields: dict = field(default_factory=dict)


def nothing(things, state):
    return Asked()


def number(things, state):
    """Asked by a number that nothing has."""
    return Asked([10**9])


@dataclass
class Rule:
    """The rows of an address by state, and how a state is asked about."""

    rows: dict[str, str]
    asked: callable = nothing
    posts: bool = False


def things_of(user):
    """Things of every kind in every state, as {(kind, state): thing}; “own” are those that `user` made."""
    other = make_user()
    things = {}
    for noun, make in MAKERS.items():
        public = partial(make, status=Status.PUBLISHED)
        if noun == "briefing":
            public = partial(make_published_briefing, BODY)
        for state, thing in {
            OWN: make(created_by=user),
            OTHER: make(created_by=other),
            PUBLIC: public(created_by=other),
            RETRACTED: public(created_by=other),
        }.items():
            if state == RETRACTED:
                thing.status, thing.retraction_reason = Status.RETRACTED, "It was wrong."
                thing.save()
            with reversion.create_revision():
                reversion.add_to_revision(thing)
            things[noun, state] = thing
    for state in (OWN, OTHER, PUBLIC):
        statement = things["statement", state]
        things["evidence", state] = statement.evidence.get()
        things["claim", state] = make_claim(statement, things["person", state])
        copy = make_snapshot(f"A minister said so. {state}", source=things["source", state])
        things["snapshot", state] = copy
        things["proposal", state] = make_proposal(copy, "minister said so")
        briefing, file = things["briefing", state], f"illustrations/{state[:3]}.png"
        default_storage.save(file, ContentFile(b"a picture"))
        things["illustration", state] = make_illustration(
            briefing, key="hall", file=file, created_by=briefing.created_by
        )
    for state, by in ((OWN, user), (OTHER, other)):
        things["capture", state] = Capture.objects.create(state="failed", reason="timeout", created_by=by)
    passage = things["evidence", PUBLIC].passages.get()
    things["passage check", PUBLIC] = PassageCheck.objects.create(
        passage=passage, snapshot=things["snapshot", PUBLIC], state="gone"
    )
    for state in (OWN, OTHER, PUBLIC):
        things |= desk_records(state, things["briefing", state], user, other)
    things["redaction", ""] = Redaction.objects.create(key="first", words="words", reason="A court said so.")
    public = {"briefing": things["briefing", PUBLIC], "statement": things["statement", PUBLIC]}
    things["flag", PUBLIC] = Flag.objects.create(**public, cause="corrected")
    things["correction", ""] = Correction.objects.create(key="first", kind="update", why="New.", **public)
    things["report", ""] = report(public["briefing"], text="It is wrong.", secret="secret", of_version=1)
    things["publishedrevision", PUBLIC] = things["briefing", PUBLIC].current
    things["user", OTHER], things["group", OTHER] = other, Group.objects.first()
    return things


def desk_records(state, briefing, user, other):
    """What the desk keeps beside a briefing."""
    now, later = timezone.now(), timezone.now() + timezone.timedelta(days=3)
    text = {"title": briefing.title, "standfirst": briefing.standfirst, "body": briefing.body}
    window = {"window": "one", "base_version": briefing.version, "changed": True, "seen_at": now}
    word = {"code": "one-origin", "fingerprint": "f", "reason": "It is the only one."}
    link = {"of_version": briefing.version, "guest": "A reader", "expires_at": later}
    return {
        ("window", state): WritingWindow.objects.create(briefing=briefing, user=user, **window, **text),
        ("acceptance", state): Acceptance.objects.create(briefing=briefing, **word),
        ("comment", state): Comment.objects.create(briefing=briefing, text="Is it so?", created_by=other),
        ("link", state): PreviewLink.objects.create(briefing=briefing, **link, **text),
    }


def key(noun, *more):
    """Asked by the key of a thing."""
    return lambda things, state: Asked([things[noun, state].public_key, *more])


def pk(noun, *more, **fields):
    """Asked by the number of a thing."""
    return lambda things, state: Asked([things[noun, state].pk, *more], fields=fields)


def picture(things, state):
    return Asked([f"{state[:3]}.png"])


def proposal(things, state):
    return Asked([things["snapshot", state].pk, things["proposal", state].pk])


def briefing_and(noun):
    return lambda things, state: Asked([things["briefing", state].pk, things[noun, state].pk])


def guest(*more):
    """Asked by the token of a preview link."""
    return lambda things, state: Asked([token_of(things["link", state]), *more])


def noun_and_pk(noun):
    return lambda things, state: Asked([noun, things[noun, state].pk])


def version_of(noun):
    """Asked by a thing and its latest version in history."""

    def asked(things, state):
        thing = things[noun, state]
        return Asked([thing.pk, Version.objects.get_for_object(thing).first().pk])

    return asked


def page(row, asked=nothing):
    return Rule({"": row}, asked)


def public(noun, *more):
    return Rule({OWN: HIDDEN, OTHER: HIDDEN, PUBLIC: ALL, RETRACTED: GONE}, key(noun, *more))


def screens(noun):
    """The screens of a public noun in the admin. The working text of a briefing is no reader's once it is public."""
    hidden = EDITORS if noun == "briefing" else DESK
    rows = {
        "change": {OWN: DESK, OTHER: EDITORS, PUBLIC: hidden, RETRACTED: EDITORS},
        "history": {OWN: DESK, OTHER: EDITORS, PUBLIC: EDITORS, RETRACTED: EDITORS},
        "preview": {OWN: DESK, OTHER: EDITORS, PUBLIC: hidden, RETRACTED: EDITORS},
        "delete": {OWN: DESK, OTHER: EDITORS, PUBLIC: hidden, RETRACTED: EDITORS},
        "publish": {OWN: PUBLISHERS, OTHER: PUBLISHERS, PUBLIC: PUBLISHERS, RETRACTED: PUBLISHERS},
        "retract": {OWN: PUBLISHERS, OTHER: PUBLISHERS, PUBLIC: PUBLISHERS, RETRACTED: PUBLISHERS},
    }
    rules = {screen: Rule(states, pk(noun)) for screen, states in rows.items()}
    rules["revision"] = Rule(rows["history"], version_of(noun))
    rules |= {screen: page(DESK) for screen in ("changelist", "add", "recoverlist")}
    rules["recover"] = page(NOBODY, number)
    return {f"admin:briefings_{noun}_{screen}": rule for screen, rule in rules.items()}


def part_screens(noun, rows, add, delete, screens):
    """The screens of what belongs to something: asked about through that."""
    rules = {"change": rows, "changelist": {"": DESK}, "add": {"": add}, "delete": delete}
    asked = {"change": pk(noun), "delete": pk(noun), "history": pk(noun), "recover": number}
    rules |= {screen: {"": NOBODY} for screen in ("recoverlist", "recover")}
    rules["history"] = rows if noun == "snapshot" else {**rows, PUBLIC: EDITORS}  # of a copy there is none to tell
    return {f"admin:briefings_{noun}_{screen}": Rule(rules[screen], asked.get(screen, nothing)) for screen in screens}


def people(app, noun):
    """Users and groups are for administrators."""
    rules = {screen: Rule({OTHER: ADMINISTRATORS}, pk(noun)) for screen in ("change", "history", "delete")}
    rules |= {screen: page(ADMINISTRATORS) for screen in ("changelist", "add")}
    if noun == "group":  # the roles are given
        rules |= {"add": page(NOBODY), "delete": Rule({OTHER: NOBODY}, pk(noun))}
    return {f"admin:{app}_{noun}_{screen}": rule for screen, rule in rules.items()}


ADMIN = {
    "admin:index": page(DESK),
    "admin:login": page("ynnnn"),  # who is in is led on to the front page
    "admin:logout": page("nyyyy"),  # by GET it only says that it wants a POST
    "admin:password_change": page(DESK),
    "admin:password_change_done": page(DESK),
    "admin:jsi18n": page(DESK),
    "admin:app_list": page(NOBODY, lambda things, state: Asked(["briefings"])),  # leads to the front page
    "admin:view_on_site": page(NOBODY, lambda things, state: Asked([0, 0])),
    "admin:autocomplete": page(
        DESK, lambda things, state: Asked(query="?app_label=briefings&model_name=topic&field_name=parent&term=a")
    ),
    "admin:auth_user_password_change": Rule({OTHER: ADMINISTRATORS}, pk("user")),
    "admin:briefings_evidence_parties": page(DESK),
    **people("briefings", "user"),
    **people("auth", "group"),
}
DESK_SCREENS = {
    "admin:desk-capture": page(DESK),
    "admin:desk-transcript": page(DESK),
    "admin:desk-capture-page": page(DESK),
    "admin:desk-import": page(DESK),
    "admin:desk-capture-detail": Rule({OWN: DESK, OTHER: EDITORS}, pk("capture")),
    "admin:desk-drift": page(EDITORS),
    "admin:desk-drift-decide": Rule(
        {PUBLIC: EDITORS}, pk("passage check", decision="stands", seen="1", note="It stands."), posts=True
    ),
    "admin:desk-drift-check": Rule({PUBLIC: EDITORS}, pk("source"), posts=True),
    "admin:desk-health": page(EDITORS),
}
ONCE_PUBLISHED = {OWN: "lnnnn", OTHER: "lnnnn", PUBLIC: PUBLISHERS, RETRACTED: "lnnnn"}
MENDING = {
    "admin:desk-correct": Rule(ONCE_PUBLISHED, pk("briefing")),
    "admin:desk-correct-statement": Rule(ONCE_PUBLISHED, pk("statement")),
    "admin:desk-rename": Rule(
        dict.fromkeys((OWN, OTHER, PUBLIC, RETRACTED), PUBLISHERS),
        lambda things, state: Asked(["briefing", things["briefing", state].pk]),
    ),
    "admin:desk-flags": page(EDITORS),
    "admin:desk-flags-settle": Rule({PUBLIC: EDITORS}, pk("flag", seen="1", note="It stands."), posts=True),
    "admin:desk-reports": page(EDITORS),
    "admin:desk-reports-answer": Rule({"": EDITORS}, pk("report", act="close", seen="1"), posts=True),
}
TYPED = {"window": "0123456789abcdef", "base_version": "1", "number": "1", "title": "A", "body": "So."}
TEXTS = {OWN: DESK, OTHER: EDITORS, PUBLIC: EDITORS}  # working texts: no reader's, once something is published
ONLY_EDITORS = dict.fromkeys((OWN, OTHER, PUBLIC), EDITORS)
WRITING = {
    "admin:desk-writing-new": page(DESK),
    "admin:desk-writing": Rule(TEXTS, pk("briefing")),
    "admin:desk-writing-preview": Rule(TEXTS, pk("briefing")),
    "admin:desk-writing-look": Rule(TEXTS, pk("briefing", **TYPED), posts=True),
    "admin:desk-writing-keep": Rule(TEXTS, pk("briefing", **TYPED), posts=True),
    "admin:desk-writing-news": Rule(TEXTS, pk("briefing")),
    "admin:desk-writing-merge": Rule(TEXTS, briefing_and("window")),
    "admin:desk-writing-left": Rule(TEXTS, briefing_and("window"), posts=True),
    "admin:desk-writing-picture": Rule(TEXTS, pk("briefing")),
    "admin:desk-writing-download": Rule(TEXTS, pk("briefing", "md")),
    "admin:desk-paste": Rule({"": DESK}, lambda things, state: Asked(fields={"html": "<p>So.</p>"}), posts=True),
    "admin:desk-cite": page(DESK),
    "admin:desk-cite-find": page(DESK),
    "admin:desk-cite-standing": Rule({"": DESK}, lambda things, state: Asked(fields={"text": "So."}), posts=True),
    "admin:desk-cite-in": Rule({OWN: DESK, OTHER: EDITORS, PUBLIC: DESK}, noun_and_pk("statement")),
}
PUBLISHING = {
    "admin:desk-workflow": Rule(TEXTS, pk("briefing")),
    "admin:desk-checks": Rule(TEXTS, pk("briefing")),
    "admin:desk-checks-withdraw": Rule(ONLY_EDITORS, pk("acceptance"), posts=True),
    "admin:desk-review": Rule(TEXTS, pk("briefing")),
    "admin:desk-review-mark": Rule(ONLY_EDITORS, pk("briefing"), posts=True),
    "admin:desk-review-comment": Rule(TEXTS, pk("briefing", text="Why?"), posts=True),
    "admin:desk-review-share": Rule(ONLY_EDITORS, pk("briefing", guest="A", days="3"), posts=True),
    "admin:desk-review-settle": Rule(TEXTS, pk("comment", version="1"), posts=True),
    "admin:desk-review-revoke": Rule(ONLY_EDITORS, pk("link"), posts=True),
    "admin:desk-log": page(PUBLISHERS),
    "admin:desk-settings": page(ADMINISTRATORS),
    "admin:desk-redaction": page(ADMINISTRATORS),
    "admin:desk-redaction-one": page(ADMINISTRATORS, lambda things, state: Asked(["first"])),
    "admin:desk-redaction-withdraw": Rule({"": ADMINISTRATORS}, lambda things, state: Asked(["first"]), posts=True),
    "admin:briefings_statement_review": Rule(TEXTS, pk("statement", act="ask"), posts=True),
    "admin:briefings_source_review": Rule(TEXTS, pk("source", act="ask"), posts=True),
}
COPIES = {OWN: DESK, OTHER: EDITORS, PUBLIC: DESK}
READING = {
    "admin:desk-reading-names": page(DESK),
    "admin:desk-reading": Rule(COPIES, pk("snapshot")),
    "admin:desk-reading-act": Rule(COPIES, pk("snapshot"), posts=True),
    "admin:desk-reading-news": Rule(COPIES, pk("snapshot")),
    "admin:desk-reading-like": Rule(COPIES, proposal),
    "admin:desk-reading-edit": Rule(COPIES, proposal),
    "admin:desk-reading-select": Rule(COPIES, pk("snapshot")),
    "admin:desk-reading-sure": Rule(COPIES, pk("snapshot")),
    "admin:desk-reading-done": Rule(COPIES, pk("snapshot")),
}
READERS = {
    "home": page(ALL),
    **{f"{noun}-list": page(ALL) for noun in MAKERS},
    **{f"{noun}-detail": public(noun) for noun in MAKERS},
    "illustration": Rule(
        {OWN: "nyyyy", OTHER: "nnyyy", PUBLIC: ALL}, lambda things, state: Asked([f"{state[:3]}.png"])
    ),
    "briefing-history": public("briefing"),
    "briefing-version": public("briefing", "1"),
    "briefing-compare": public("briefing"),
    "briefing-checks": public("briefing"),
    "briefing-markdown": public("briefing"),
    "briefing-docx": public("briefing"),
    "preview": Rule(
        {OWN: ALL, OTHER: ALL, PUBLIC: ALL}, lambda things, state: Asked([token_of(things["link", state])])
    ),
    "preview-picture": Rule({OWN: ALL}, guest("hall")),
    "feed": page(ALL),
    "correction-list": page(ALL),
    "correction-detail": page(ALL, lambda things, state: Asked([things["correction", ""].key])),
    "feed-corrections": page(ALL),
    "report-new": public("briefing"),
    "report-answer": page(ALL, lambda things, state: Asked([things["report", ""].secret])),
    "sitemap": page(ALL),
    "sitemap-section": page(ALL, lambda things, state: Asked(["briefings"])),
    "robots": page(ALL),
    "favicon": page(ALL),
    "healthz": page(ALL),
}
WHOLE, OF_STATEMENTS = ["change", "changelist", "add", "delete", "history"], {OWN: DESK, OTHER: EDITORS, PUBLIC: DESK}
RULES = {
    **READERS,
    **ADMIN,
    **DESK_SCREENS,
    **MENDING,
    **READING,
    **WRITING,
    **PUBLISHING,
    **{name: rule for noun in MAKERS for name, rule in screens(noun).items()},
    **part_screens("snapshot", OF_STATEMENTS, NOBODY, dict.fromkeys(OF_STATEMENTS, NOBODY), WHOLE),
    **part_screens("publishedrevision", {PUBLIC: EDITORS}, NOBODY, {PUBLIC: NOBODY}, WHOLE),
    **part_screens("evidence", OF_STATEMENTS, DESK, {OWN: DESK, OTHER: EDITORS}, [*WHOLE, "recoverlist", "recover"]),
    **part_screens(
        "claim", OF_STATEMENTS, DESK, {OWN: DESK, OTHER: EDITORS, PUBLIC: NOBODY}, [*WHOLE, "recoverlist", "recover"]
    ),
    "admin:briefings_evidence_revision": Rule({OWN: NOBODY}, lambda things, state: Asked([1, 1])),
    "admin:briefings_claim_revision": Rule({OWN: NOBODY}, lambda things, state: Asked([1, 1])),
}
