"""Plain `make_*` functions for the records that tests need: every one valid, with a key of its own, in one line.

What is not given gets a value that stands on its own; what is given goes to the model as it is.
"""

from itertools import count

from django.contrib.auth.models import Group

from briefings.editorial.citations import index_citations
from briefings.editorial.evidence import body_problems
from briefings.editorial.seals import seal
from briefings.models import (
    Acceptance,
    AttributionStep,
    Briefing,
    Claim,
    Event,
    Evidence,
    Illustration,
    Organization,
    Passage,
    Person,
    Proposal,
    PublishedRevision,
    RevisionAuthor,
    RevisionTopic,
    Snapshot,
    Source,
    Statement,
    StatementKind,
    Status,
    Topic,
    User,
)
from briefings.permissions import GROUPS, Role

WORDS = "The growing challenge of globalisation requires a collaborative approach."
_numbers = count(1)


def unique(name):
    """A key that no other record has: `source-17`."""
    return f"{name}-{next(_numbers)}"


def make_user(role=Role.PUBLISHER, **fields):
    """A user with a role: a Role, the name of its group, or None for an account without any."""
    user = User.objects.create_user(
        fields.pop("username", unique("user")), password=fields.pop("password", "secret"), **fields
    )
    if role is not None:
        name = role if isinstance(role, str) else next(name for name, its_role in GROUPS.items() if its_role == role)
        user.groups.add(Group.objects.get_or_create(name=name)[0])
    return user


def make_topic(**fields):
    slug = fields.setdefault("slug", unique("topic"))
    return Topic.objects.create(**{"name": slug.replace("-", " ").title(), **fields})


def make_organization(**fields):
    slug = fields.setdefault("slug", unique("organization"))
    return Organization.objects.create(**{"name": slug.replace("-", " ").title(), "kind": "other", **fields})


def make_person(**fields):
    slug = fields.setdefault("slug", unique("person"))
    return Person.objects.create(**{"name": slug.replace("-", " ").title(), "public_role": "minister", **fields})


def make_event(**fields):
    slug = fields.setdefault("slug", unique("event"))
    return Event.objects.create(**{"name": slug.replace("-", " ").title(), "kind": "assembly", **fields})


def make_source(**fields):
    key = fields.setdefault("key", unique("source"))
    return Source.objects.create(**{"title": f"Report {key}", "kind": "news", **fields})


def make_snapshot(text=None, **fields):
    """A stored copy with this text; its source is new unless given."""
    fields.setdefault("source", None) or fields.update(source=make_source(status=fields.pop("status", Status.DRAFT)))
    return Snapshot.objects.create(**{"text": text or f"A report.\n\n“{WORDS}”\n", "method": "supplied", **fields})


def make_evidence(statement, words=None, *, snapshot=None, relays=(), **fields):
    """A stored copy that carries the statement by `words` (one string or several; the statement's own by default).

    Without a snapshot a new one holds the words in a sentence. `relays` are organizations, persons or None (not named).
    """
    pieces = [words or statement.text] if isinstance(words, str | None) else list(words)
    status = Status.PUBLISHED if statement.is_public else Status.DRAFT
    snapshot = snapshot or make_snapshot(f"A report.\n\n“{' … '.join(pieces)}”, it says.\n", status=status)
    fields.setdefault("order", statement.evidence.count() + 1)
    fields.setdefault("verdict", "exact" if statement.kind == StatementKind.QUOTATION else "")
    evidence = Evidence.objects.create(statement=statement, snapshot=snapshot, **{"location": "in place", **fields})
    for order, piece in enumerate(pieces, 1):
        start = snapshot.text.index(piece)
        Passage.objects.create(evidence=evidence, order=order, start=start, end=start + len(piece), exact=piece)
    for order, relay in enumerate(relays, 1):
        sides = {type(relay)._meta.model_name: relay} if relay else {}
        AttributionStep.objects.create(evidence=evidence, order=order, **sides)
    return evidence


def make_statement(
    text=WORDS, *, words=None, snapshot=None, relays=(), evidence=True, topics=(), speaker=None, **fields
):
    """A statement with one piece of evidence that holds its text (or `words`); none with `evidence=False`."""
    fields = {"key": unique("statement"), "kind": StatementKind.QUOTATION, "text": text, **fields}
    if speaker:
        fields[f"speaker_{speaker._meta.model_name}"] = speaker
    statement = Statement.objects.create(**fields)
    statement.topics.set(topics)
    if evidence:
        make_evidence(statement, words, snapshot=snapshot, relays=relays)
    return statement


def make_claim(statement, subject, property="described-as", value="", **fields):
    """A claim about `subject`: with a value, or with `object=` an organization, a person or an event."""
    thing = fields.pop("object", None)
    if thing:
        fields[f"object_{thing._meta.model_name}"] = thing
    fields[f"subject_{subject._meta.model_name}"] = subject
    fields.setdefault("order", statement.claims.count() + 1)
    return Claim.objects.create(
        statement=statement, property=property, value=value or ("" if thing else "so"), **fields
    )


def make_briefing(body=None, *, topics=(), authors=(), accepted=True, **fields):
    """A draft; without a body it cites one new draft statement. Its warnings have a word unless not `accepted`."""
    slug = fields.setdefault("slug", unique("briefing"))
    body = f"It was said so.[@{make_statement().key}]" if body is None else body
    named = {"title": slug.replace("-", " ").title(), "standfirst": "What was said.", "body": body}
    briefing = Briefing.objects.create(**{**named, **fields})
    briefing.topics.set(topics)
    briefing.authors.set(authors)
    if accepted:
        accept_all(briefing)
    return briefing


def accept_all(briefing, body=None):
    """Give a word on every open warning of a briefing's text, or of another one for it."""
    for one in body_problems(briefing.body if body is None else body, briefing=briefing):
        if one.is_open and not one.blocks:  # paragraphs with the same words share one fingerprint
            named = {"briefing": briefing, "code": one.code, "fingerprint": one.fingerprint}
            Acceptance.objects.get_or_create(**named, defaults={"reason": "Known."})


def make_published_briefing(body=None, **fields):
    """A briefing that readers see, with its revision and citations; without a body it cites one public statement."""
    if body is None:
        body = f"It was said so.[@{make_statement(status=Status.PUBLISHED).key}]"
    briefing = make_briefing(body, status=Status.PUBLISHED, **fields)
    make_revision(briefing)
    return briefing


def make_revision(briefing, **fields):
    """The next published revision of a briefing as it stands, made current."""
    names = ("title", "standfirst", "body", "language")
    taken = {name: getattr(briefing, name) for name in names} | {"version": briefing.revisions.count() + 1}
    revision = PublishedRevision.objects.create(briefing=briefing, **{**taken, **fields})
    for topic in briefing.topics.all():
        RevisionTopic.objects.create(revision=revision, topic=topic)
    for person in briefing.authors.all():
        RevisionAuthor.objects.create(revision=revision, person=person)
    index_citations(revision)
    seal(revision)
    briefing.current = revision
    briefing.save()
    return revision


def make_illustration(briefing, **fields):
    named = {
        "key": unique("picture"),
        "file": "illustrations/x.png",
        "alt": "A hall",
        "credit": "A. Painter",
        "licence": "CC0",
    }
    return Illustration.objects.create(briefing=briefing, **{**named, **fields})


def make_proposal(snapshot, *words, **fields):
    """An open proposal whose passages are these words of a stored copy; direct speech unless said otherwise."""
    spans = [[(start := snapshot.text.index(piece)), start + len(piece)] for piece in words]
    place = {"spans": spans, "start": spans[0][0], "end": spans[-1][1], "fingerprint": Proposal.fingerprint_of(spans)}
    said = {"rules": 1, "form": "direct", "kind": "quotation", "verb": "said", "confidence": 0.9}
    return Proposal.objects.create(snapshot=snapshot, **{**place, **said, **fields})
