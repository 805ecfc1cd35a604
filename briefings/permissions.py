"""Who may do what: one function decides, superusers and every secondary screen included.

A role is the name of a group. Roles stand in an order: each may do what the ones before it may.
"""

from enum import IntEnum

from django.db.models import Q

from briefings.models import Immutable, Publishable, User


class Role(IntEnum):
    """What somebody is at the desk; the group of the same name gives it."""

    ANONYMOUS = 0
    CONTRIBUTOR = 1
    EDITOR = 2
    PUBLISHER = 3
    ADMINISTRATOR = 4


GROUPS = {
    "Contributors": Role.CONTRIBUTOR,
    "Editors": Role.EDITOR,
    "Publishers": Role.PUBLISHER,
    "Administrators": Role.ADMINISTRATOR,
}

# The least role for each act, on something of one's own and on something of somebody else's.
READ, ADD, CHANGE, DELETE, HISTORY, RECAPTURE = "read", "add", "change", "delete", "history", "recapture"
PUBLISH, RETRACT = "publish", "retract"
SUBMIT, COMMENT, REVIEW, APPROVE, ACCEPT, SHARE = "submit", "comment", "review", "approve", "accept", "share"
SCHEDULE, CORRECT, RENAME = "schedule", "correct", "rename"
ANSWER, SETTLE, REDACT, SWITCH = "answer", "settle", "redact", "switch"
ACTS = {
    READ: (Role.CONTRIBUTOR, Role.EDITOR),
    HISTORY: (Role.CONTRIBUTOR, Role.EDITOR),
    ADD: (Role.CONTRIBUTOR, Role.CONTRIBUTOR),
    CHANGE: (Role.CONTRIBUTOR, Role.EDITOR),
    DELETE: (Role.CONTRIBUTOR, Role.EDITOR),
    RECAPTURE: (Role.EDITOR, Role.EDITOR),
    PUBLISH: (Role.PUBLISHER, Role.PUBLISHER),
    RETRACT: (Role.PUBLISHER, Role.PUBLISHER),
    SUBMIT: (Role.CONTRIBUTOR, Role.EDITOR),  # ask for a review
    COMMENT: (Role.CONTRIBUTOR, Role.EDITOR),
    REVIEW: (Role.EDITOR, Role.EDITOR),  # mark sentences, send back
    APPROVE: (Role.EDITOR, Role.EDITOR),  # whoever wrote it is refused by `editorial`, while four eyes are on
    ACCEPT: (Role.EDITOR, Role.EDITOR),  # give one's word on a warning
    SHARE: (Role.EDITOR, Role.EDITOR),  # make a preview link for somebody outside
    SCHEDULE: (Role.PUBLISHER, Role.PUBLISHER),
    CORRECT: (Role.PUBLISHER, Role.PUBLISHER),
    RENAME: (Role.PUBLISHER, Role.PUBLISHER),  # change a public address
    ANSWER: (Role.EDITOR, Role.EDITOR),  # a reader's report
    SETTLE: (Role.EDITOR, Role.EDITOR),  # say what was done about a flag
    REDACT: (Role.ADMINISTRATOR, Role.ADMINISTRATOR),
    SWITCH: (Role.ADMINISTRATOR, Role.ADMINISTRATOR),  # settings of the desk
}


def role_of(user):
    """Return the highest Role of a user; inactive and anonymous users have none."""
    if not user.is_authenticated or not user.is_active:
        return Role.ANONYMOUS
    if user.is_superuser:
        return Role.ADMINISTRATOR
    if not hasattr(user, "_role"):
        user._role = max(
            (GROUPS[name] for name in user.groups.values_list("name", flat=True) if name in GROUPS),
            default=Role.ANONYMOUS,
        )
    return user._role


def may(user, act, thing):
    """Tell whether `user` may do `act` (a name in ACTS) to `thing`, a record or a model.

    Published things may be read by everybody. What belongs to another record (evidence, a claim, another name) is asked
    about through that record. Immutable records, and the deletion of what was published, are refused to everybody.
    """
    if act == READ and not isinstance(thing, type) and getattr(thing, "is_public", False):
        return True
    model = thing if isinstance(thing, type) else type(thing)
    if act in (CHANGE, DELETE) and issubclass(model, Immutable):
        return False
    if not isinstance(thing, type) and act == DELETE and not getattr(thing, "may_be_deleted", True):
        return False
    if model is User or model.__module__.startswith("django.contrib."):
        return role_of(user) >= Role.ADMINISTRATOR
    own, others = ACTS[act]
    return role_of(user) >= (own if _is_own(user, thing) else others)


def readable(user, queryset):
    """Limit a queryset of public things to what a user may read: all, or what is published and their own drafts."""
    model = queryset.model
    if may(user, READ, model()):  # somebody else's draft
        return queryset
    own = Q(created_by=user) & ~Q(pk__in=model.objects.retracted())
    return queryset.filter(own | Q(pk__in=model.objects.published()))


def _is_own(user, thing):
    """One's own is what one made, as long as it is a draft; a model, asked about as a whole, counts as one's own."""
    if isinstance(thing, type):
        return True
    if isinstance(thing, Publishable) and thing.was_published:
        return False
    return thing.created_by_id is not None and thing.created_by_id == user.pk
