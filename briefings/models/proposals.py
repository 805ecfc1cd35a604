"""What the rules propose of a stored copy, what the desk decided about each, and the acts that can be taken back."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .base import Record, RecordQuerySet
from .evidence import Evidence
from .sources import Snapshot
from .statements import Statement


class ProposalState(models.TextChoices):
    OPEN = "open", _("to be read")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    MERGED = "merged", _("merged with another")


class ProposalQuerySet(RecordQuerySet):
    def open(self):
        """What nobody has decided about yet."""
        return self.filter(state=ProposalState.OPEN)

    def in_reading_order(self):
        return self.order_by("start", "end", "pk")


class Proposal(Record):
    """One statement that the rules read in a stored copy, with its place, and the decision about it.

    `spans` are the passages in reading order as [start, end] pairs in code points; names are as the article resolves
    them, and who that is in the database is looked up anew each time it is shown.
    """

    natural_key_fields = ("snapshot__source__key", "snapshot__text_sha256", "fingerprint")
    shows_to_readers = False

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="proposals", verbose_name=_("stored copy"))
    rules = models.PositiveSmallIntegerField(_("version of the rules"))
    spans = models.JSONField(_("passages"))
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    form = models.CharField(_("form"), max_length=12)
    kind = models.CharField(_("kind"), max_length=12)
    verb = models.CharField(_("verb"), max_length=100, blank=True)
    name_printed = models.CharField(_("speaker as printed"), max_length=300, blank=True)
    name = models.CharField(_("speaker"), max_length=300, blank=True)
    relays = models.JSONField(_("relays"), default=list, blank=True)  # [{"name": …, "verb": …}], nearest first
    event = models.CharField(_("event"), max_length=300, blank=True)
    confidence = models.FloatField(_("confidence"))
    state = models.CharField(_("state"), max_length=8, choices=ProposalState, default=ProposalState.OPEN)
    statement = models.ForeignKey(
        Statement, models.SET_NULL, null=True, blank=True, related_name="proposals", verbose_name=_("statement")
    )
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="merged", verbose_name=_("merged with")
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("proposed statement")
        verbose_name_plural = _("proposed statements")
        ordering = ["snapshot", "start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "fingerprint"], name="proposal_place_once"),
            models.CheckConstraint(name="proposal_state_known", condition=Q(state__in=ProposalState.values)),
            models.CheckConstraint(name="proposal_end_after_start", condition=Q(end__gt=F("start"))),
        ]

    def __str__(self):
        return f"{self.start}–{self.end}"

    @staticmethod
    def fingerprint_of(spans):
        """Return what tells one place from another: the passages, whatever the rules make of them."""
        return hashlib.sha256(",".join(f"{start}-{end}" for start, end in spans).encode()).hexdigest()


class DeskAct(models.TextChoices):
    ACCEPT = "accept", _("accepted")
    REJECT = "reject", _("rejected")
    MERGE = "merge", _("merged")
    SELECT = "select", _("made from selected words")
    ADD_EVIDENCE = "evidence", _("added as evidence")


class Decision(Record):
    """One act at the reading desk, with what is needed to take it back. Acts of one keystroke share their `batch`."""

    natural_key_fields = ("pk",)
    shows_to_readers = False

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="decisions", verbose_name=_("stored copy"))
    batch = models.UUIDField(_("batch"))
    act = models.CharField(_("act"), max_length=8, choices=DeskAct)
    proposal = models.ForeignKey(
        Proposal, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("proposal")
    )
    statement = models.ForeignKey(
        Statement, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("statement")
    )
    evidence = models.ForeignKey(
        Evidence, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("evidence")
    )
    before = models.JSONField(_("how it was before"), default=dict, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("act at the reading desk")
        verbose_name_plural = _("acts at the reading desk")
        ordering = ["snapshot", "-pk"]
        indexes = [models.Index(fields=["snapshot", "created_by", "-id"], name="decision_last_of_somebody")]

    def __str__(self):
        return str(self.get_act_display())
