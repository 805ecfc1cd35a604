"""The people who work at the desk. What each may do is decided in `briefings.permissions`."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An editor's account; our own from the first migration, so that it can grow."""

    @property
    def called(self):
        """What the desk calls them."""
        return self.get_full_name() or self.get_username()
