"""What an administrator switches for the whole desk; each switch stands in the log."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskSettings(models.Model):
    """One row. Without it the site's own settings count."""

    four_eyes = models.BooleanField(
        _("four eyes"),
        default=True,
        help_text=_("A briefing is published only after somebody who did not write it has approved it."),
    )

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(name="desk_settings_one_row", condition=models.Q(pk=1))]

    def __str__(self):
        return str(self.pk)

    @classmethod
    def current(cls):
        """Return the row, or an unsaved one with what the site's settings say."""
        return cls.objects.filter(pk=1).first() or cls(pk=1, four_eyes=settings.FOUR_EYES)
