"""Briefings, their published revisions and citations. Finished pages live in `pages`."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from briefings.rendering import Picture, picture_keys

from .base import (
    Immutable,
    ImmutableQuerySet,
    ImmutableRecord,
    KeyField,
    Publishable,
    PublishableQuerySet,
    Status,
    this_second,
)
from .pages import StoredPage
from .people import Person
from .statements import Statement
from .topics import Topic


class Stage(models.TextChoices):
    """How far the working text of a briefing has come; what readers see is said by `status` alone."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in-review", _("in review")
    APPROVED = "approved", _("approved")
    SCHEDULED = "scheduled", _("scheduled")


OF_THE_WORKFLOW = {"stage", "reviewer", "approved_by", "approved_text", "scheduled_for"}


class BriefingQuerySet(PublishableQuerySet):
    def published(self):
        """What the public may see: a briefing shows nothing but its latest published revision."""
        return super().published().exclude(current=None)

    def in_review(self):
        """Those that wait for somebody to read them."""
        return self.filter(stage=Stage.IN_REVIEW)

    def scheduled(self):
        """Those that are published when their time comes."""
        return self.filter(stage=Stage.SCHEDULED)

    def written_by(self, user):
        """Those that somebody began, or has written on since they were last published."""
        wrote = self.model.contributions.rel.related_model.objects.filter(user=user, briefing=models.OuterRef("pk"))
        since = wrote.filter(Q(briefing__current=None) | Q(at__gt=F("briefing__current__at")))
        return self.filter(Q(created_by=user, current=None) | models.Exists(since))

    def unfinished(self):
        """Drafts, and published ones whose working text has been written on since."""
        return self.filter(Q(status=Status.DRAFT) | Q(status=Status.PUBLISHED, modified_at__gt=F("current__at")))

    def latest_first(self):
        return self.order_by("-current__dated", "-pk")

    def mark_pages(self):
        """A briefing shows on its own page alone."""
        StoredPage.objects.filter(briefing__in=self.order_by()).update(stale=True)


class Briefing(Publishable):
    """An article of ours as its editors work on it; readers see only its latest published revision.

    The fields of the workflow change through `note()` alone, so that who saves a text cannot bring back an approval
    that was withdrawn meanwhile; and moving a stage is no edit, over which somebody's open text would go stale.
    """

    title = models.CharField(_("title"), max_length=300)
    slug = KeyField(_("slug"))
    standfirst = models.TextField(_("standfirst"), blank=True)
    body = models.TextField(_("body"), blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    translation_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="translations", verbose_name=_("translation of")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="briefings", verbose_name=_("topics"))
    authors = models.ManyToManyField(Person, blank=True, related_name="briefings", verbose_name=_("authors"))
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DRAFT, editable=False)
    reviewer = models.ForeignKey(  # who was asked by name to read it, while it is in review
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    approved_text = models.CharField(  # the digest of what was approved: another text is not approved
        max_length=64, blank=True, editable=False
    )
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True, blank=True, editable=False)
    current = models.ForeignKey(
        "briefings.PublishedRevision",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("latest published revision"),
    )

    objects = BriefingQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("briefing")
        verbose_name_plural = _("briefings")
        ordering = ["title"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="briefing_not_its_own_translation",
                condition=Q(translation_of=None) | ~Q(translation_of=F("pk")),
                violation_error_message=_("A briefing cannot be a translation of itself."),
            ),
            models.CheckConstraint(name="briefing_stage_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="briefing_scheduled_with_time", condition=~Q(stage=Stage.SCHEDULED) | ~Q(scheduled_for=None)
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("briefing-detail", args=[self.slug])

    def _do_update(self, base_qs, using, pk_val, values, update_fields, forced_update):
        values = [row for row in values if row[0].name not in OF_THE_WORKFLOW]
        return super()._do_update(base_qs, using, pk_val, values, update_fields, forced_update)

    @property
    def is_public(self):
        return super().is_public and self.current_id is not None

    def pictures_in(self, body):
        """Its illustrations as rendering takes them, by key; without a query where a body shows none."""
        if self.pk is None or not picture_keys(body):
            return {}
        return {
            one.key: Picture(one.file.url, one.alt, one.caption, one.credit, one.licence, one.width, one.height)
            for one in self.illustrations.all()
        }


class PublishedRevision(Immutable):
    """What readers saw from one moment on; it never changes."""

    natural_key_fields = ("briefing__slug", "version")

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="revisions", verbose_name=_("briefing"))
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=300)
    standfirst = models.TextField(_("standfirst"), blank=True)
    body = models.TextField(_("body"))
    language = models.CharField(_("language"), max_length=12, default="en")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    at = models.DateTimeField(_("published at"), default=this_second)
    is_major = models.BooleanField(_("major"), default=True)
    change_note = models.CharField(_("change note"), max_length=500, blank=True)
    dated = models.DateTimeField(  # when the latest major revision up to this one was published
        _("public date"), default=this_second
    )
    topics = models.ManyToManyField(Topic, through="RevisionTopic", related_name="revisions", verbose_name=_("topics"))
    authors = models.ManyToManyField(
        Person, through="RevisionAuthor", related_name="revisions", verbose_name=_("authors")
    )

    class Meta(Immutable.Meta):
        verbose_name = _("published revision")
        verbose_name_plural = _("published revisions")
        ordering = ["briefing", "-version"]
        indexes = [models.Index(fields=["dated"], name="revision_by_date")]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "version"], name="revision_version_once"),
            models.CheckConstraint(name="revision_has_body", condition=~Q(body="")),
        ]

    def __str__(self):
        return f"{self.title} ({self.version})"

    def get_absolute_url(self):
        return self.briefing.get_absolute_url()


class PartOfRevisionQuerySet(ImmutableQuerySet):
    def bulk_create(self, objs, batch_size=None, **kwargs):
        objs = list(objs)
        refuse_late_parts({one.revision_id for one in objs})
        return super().bulk_create(objs, batch_size, **kwargs)


class PartOfRevision(Immutable):
    """What is written together with a revision, before readers see it, and never afterwards."""

    objects = PartOfRevisionQuerySet.as_manager()

    class Meta(Immutable.Meta):
        abstract = True
        default_permissions = ()

    def _do_insert(self, *args, **kwargs):
        refuse_late_parts({self.revision_id})
        return super()._do_insert(*args, **kwargs)


def refuse_late_parts(revisions):
    """Raise ImmutableRecord if readers see, or have seen, any of these revisions (primary keys)."""
    seen = Briefing.objects.filter(revisions__in=revisions, revisions__version__lte=F("current__version"))
    if seen.exists():
        raise ImmutableRecord("Nothing was written: published revisions never change, and nothing is added to them.")


class RevisionTopic(PartOfRevision):
    """A topic of a published revision."""

    natural_key_fields = ("revision__briefing__slug", "revision__version", "topic__slug")

    revision = models.ForeignKey(PublishedRevision, models.PROTECT, related_name="topic_rows")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")

    class Meta(PartOfRevision.Meta):
        constraints = [models.UniqueConstraint(fields=["revision", "topic"], name="revision_topic_once")]

    def __str__(self):
        return f"{self.revision}: {self.topic}"


class RevisionAuthor(PartOfRevision):
    """An author of a published revision, in the order of the byline."""

    natural_key_fields = ("revision__briefing__slug", "revision__version", "person__slug")

    revision = models.ForeignKey(PublishedRevision, models.PROTECT, related_name="author_rows")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(PartOfRevision.Meta):
        constraints = [models.UniqueConstraint(fields=["revision", "person"], name="revision_author_once")]

    def __str__(self):
        return f"{self.revision}: {self.person}"


class CitationQuerySet(models.QuerySet):
    def published(self):
        """Citations in what readers see now."""
        return self.filter(
            revision__in=Briefing.objects.published().values("current"),
            statement__in=Statement.objects.published(),
        )


class Citation(models.Model):
    """One place in a published revision where a statement is cited. Derived from the body; never in a fixture."""

    revision = models.ForeignKey(PublishedRevision, models.CASCADE, related_name="citations")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="citations")
    number = models.PositiveIntegerField(help_text="The note's number: by first use, the same for every use.")
    order = models.PositiveIntegerField(help_text="The place among all citations of the revision, from 1.")
    paragraph = models.PositiveIntegerField(help_text="The block of the body that cites, from 1.")

    objects = CitationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["revision", "order"]
        constraints = [models.UniqueConstraint(fields=["revision", "order"], name="citation_order_once")]

    def __str__(self):
        return f"{self.revision} {self.number}"
