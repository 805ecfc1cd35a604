"""How a briefing is read by a second person: marks on sentences, comments on paragraphs, and looks from outside."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Record, RecordQuerySet, this_second
from .briefings import Briefing


class Support(models.TextChoices):
    """What a reviewer found a sentence to be, read beside the passages that it cites."""

    SUPPORTED = "supported", _("supported")
    PARTLY = "partly", _("partly supported")
    NOT = "not", _("not supported")


class OfBriefingQuerySet(RecordQuerySet):
    def mark_pages(self):
        """How a briefing was checked and read shows with that briefing alone."""
        Briefing.objects.filter(pk__in=self.order_by().values("briefing")).mark_pages()

    def bulk_create(self, objs, batch_size=None, **kwargs):
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, batch_size, **kwargs)
            self.model._base_manager.filter(pk__in=[record.pk for record in made]).mark_pages()
            return made


class OfBriefing(Record):
    """Says something about a briefing that its page shows: a new one marks the page as well."""

    objects = OfBriefingQuerySet.as_manager()

    class Meta(Record.Meta):
        abstract = True

    def _save_table(self, *args, **kwargs):
        with transaction.atomic():
            updated = super()._save_table(*args, **kwargs)
            self._stored().mark_pages()
            return updated


class SentenceMark(OfBriefing):
    """A reviewer's mark, by `created_by`; its `fingerprint` is made of the sentence and its passages.

    An edit of either thus unmarks it. Marks are added and not changed: of several the latest counts.
    """

    natural_key_fields = ("briefing__slug", "fingerprint", "made_at")

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="marks", verbose_name=_("briefing"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    sentence = models.TextField(_("sentence"))
    support = models.CharField(_("support"), max_length=10, choices=Support)
    note = models.CharField(_("note"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("at"), default=timezone.now)
    by_second = models.BooleanField(  # as known when it was made; evidence lines count no other marks
        _("by somebody who had written nothing of it"), default=False
    )

    class Meta(OfBriefing.Meta):
        verbose_name = _("mark of a sentence")
        verbose_name_plural = _("marks of sentences")
        ordering = ["briefing", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "fingerprint", "made_at"], name="mark_moment_once"),
            models.CheckConstraint(name="mark_support_known", condition=Q(support__in=Support.values)),
        ]

    def __str__(self):
        return f"{self.get_support_display()}: {self.sentence[:70]}"


class PreviewLink(Record):
    """A signed address under which somebody outside reads one version of a draft, until it expires or is taken back.

    It holds the text as it was then: what is edited afterwards is not shown.
    """

    natural_key_fields = ("pk",)
    shows_to_readers = False

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="preview_links", verbose_name=_("briefing"))
    of_version = models.PositiveIntegerField(_("version of the draft"))
    title = models.CharField(_("title"), max_length=300)
    standfirst = models.TextField(_("standfirst"), blank=True)
    body = models.TextField(_("body"), blank=True)
    guest = models.CharField(_("for whom"), max_length=200)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.briefing}: {self.guest}"


class CommentQuerySet(RecordQuerySet):
    def open(self):
        """What nobody has settled yet."""
        return self.filter(settled_at=None)


class Comment(Record):
    """A comment on a paragraph of a draft, by a colleague (`created_by`) or by a guest through a preview link.

    `excerpt` is how the paragraph began when it was written, by which it is found after the text has moved.
    """

    natural_key_fields = ("pk",)
    shows_to_readers = False

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="comments", verbose_name=_("briefing"))
    paragraph = models.PositiveIntegerField(_("paragraph"), null=True, blank=True)
    excerpt = models.CharField(_("beginning of the paragraph"), max_length=300, blank=True)
    text = models.TextField(_("comment"))
    link = models.ForeignKey(
        PreviewLink, models.CASCADE, null=True, blank=True, related_name="comments", verbose_name=_("preview link")
    )
    guest = models.CharField(_("guest"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("at"), default=this_second)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    objects = CommentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:70]


class Acceptance(OfBriefing):
    """An editor's word on a warning: why it stands. It counts while what the warning is about stays the same."""

    natural_key_fields = ("briefing__slug", "code", "fingerprint")

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="acceptances", verbose_name=_("briefing"))
    code = models.CharField(_("code"), max_length=60)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    about = models.CharField(_("about"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(_("at"), default=this_second)

    class Meta(OfBriefing.Meta):
        verbose_name = _("accepted warning")
        verbose_name_plural = _("accepted warnings")
        ordering = ["briefing", "code", "fingerprint"]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "code", "fingerprint"], name="acceptance_once"),
            models.CheckConstraint(name="acceptance_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.code}: {self.reason}"
