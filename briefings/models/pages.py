"""Finished briefing pages, and the one place that says which of them an edit makes stale.

Plain models without our write methods: `base` builds those methods on `mark_citing` and `mark_all`.
"""

from django.db import models
from django.db.models import F


class PageEpoch(models.Model):
    """One row whose number moves when an edit may touch every page: one small write instead of one per page."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        """Return the number as a subquery; without a row it is NULL and no page is fresh."""
        return models.Subquery(cls.objects.order_by("pk").values("number")[:1])


class StoredPageQuerySet(models.QuerySet):
    def fresh(self, renderer):
        """Pages that show today's content as today's templates would."""
        return self.filter(stale=False, renderer=renderer, epoch=PageEpoch.current())


class StoredPage(models.Model):
    """The finished HTML of one published briefing, looked up instead of rendered."""

    briefing = models.OneToOneField("briefings.Briefing", on_delete=models.CASCADE, related_name="stored_page")
    html = models.TextField()
    etag = models.CharField(max_length=64)
    renderer = models.CharField(max_length=64)
    epoch = models.PositiveBigIntegerField()
    stale = models.BooleanField(default=False)
    built_at = models.DateTimeField(auto_now=True)

    objects = StoredPageQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"stored page of briefing {self.briefing_id}"


def mark_citing(statements):
    """Mark the pages whose public revision cites any of `statements` (a queryset of keys, or keys)."""
    StoredPage.objects.filter(briefing__current__citations__statement__in=statements).update(stale=True)


def mark_all():
    """Mark every stored page."""
    if not PageEpoch.objects.update(number=F("number") + 1):
        PageEpoch.objects.create()
