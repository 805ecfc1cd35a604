"""Changing a public address: the old one leads to the new one for ever, and nothing else ever gets it."""

import reversion
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from briefings.models import Briefing, Citation, FormerAddress, Publishable, Statement, User
from briefings.models.base import validate_key
from briefings.permissions import RENAME, may
from briefings.rendering import cited_keys

from .log import log
from .problems import Problem, Refused, problem

LONGEST = 120  # letters of a key, as the models hold it


class RenameRefused(Refused):
    """No address was changed."""


def rename(thing: Publishable, *, by: User, key: str) -> None:
    """Give something that is or was public another key or slug; every former one leads straight to it from then on.

    The key of a statement never changes once a published text cites it, since that text never changes either.
    `thing` is as it was looked at; it is refreshed. Raises PermissionDenied or RenameRefused; then nothing was changed.
    """
    if not may(by, RENAME, thing):
        raise PermissionDenied(_("Only a publisher changes a public address. Ask a publisher to do it."))
    with transaction.atomic(), reversion.create_revision():
        stored = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
        if found := rename_problems(stored) or _unfit(stored, key) or _overtaken(stored, thing):
            raise RenameRefused(found)
        old = stored.public_key
        _lead_on(stored, old, key)
        setattr(stored, stored.natural_key_fields[0], key)
        stored.save()
        sentence = _("Changed the address of “%(thing)s” from “%(old)s” to “%(new)s”.")
        sentence %= {"thing": stored, "old": old, "new": key}
        reversion.set_user(by)
        reversion.set_comment(sentence)
        log("rename", stored, by=by, sentence=sentence, old=old, new=key)
    thing.refresh_from_db()


def rename_problems(thing: Publishable) -> list[Problem]:
    """Say what stands against any other address of `thing`; empty where it may have one."""
    if not thing.was_published:
        return [problem("address-not-public", thing)]
    return _cited(thing) if isinstance(thing, Statement) else []


def _overtaken(stored: Publishable, seen: Publishable) -> list[Problem]:
    return [problem("renamed-meanwhile", stored)] if stored.version != seen.version else []


def _cited(statement: Statement) -> list[Problem]:
    """Published texts hold the key for ever; in working texts it can be changed first."""
    if Citation.objects.filter(statement=statement).exists():
        return [problem("address-cited", statement.key)]
    for briefing in Briefing.objects.filter(body__contains=f"@{statement.key}").order_by("title"):
        if statement.key in {key for key, _line in cited_keys(briefing.body)}:
            return [problem("address-cited-in-draft", statement.key, source=briefing)]
    return []


def _unfit(thing: Publishable, key: str) -> list[Problem]:
    model, field = type(thing), thing.natural_key_fields[0]
    try:
        validate_key(key)
    except ValidationError:
        return [problem("bad-address", key)]
    if len(key) > LONGEST:
        return [problem("bad-address", key)]
    if key == thing.public_key:
        return [problem("same-address", key)]
    if model._base_manager.filter(**{field: key}).exists():
        return [problem("address-taken", key)]
    if FormerAddress.objects.of(model).filter(key=key).exclude(now=thing.public_key).exists():
        return [problem("address-taken-before", key)]
    return []


def _lead_on(thing: Publishable, old: str, new: str) -> None:
    """Point every former address at the new one; an address that comes back is a former one no longer."""
    former = FormerAddress.objects.of(type(thing))
    former.filter(key=new).delete()
    former.filter(now=old).update(now=new)
    FormerAddress.objects.create(model=thing._meta.model_name, key=old, now=new)
