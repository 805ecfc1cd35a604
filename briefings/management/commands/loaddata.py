"""Django's `loaddata`, which ends with a rebuild: what is derived is in no fixture. Editors use `load_content`."""

from django.core.management.commands import loaddata

from briefings.editorial.rebuilding import rebuild


class Command(loaddata.Command):
    def loaddata(self, fixture_labels):
        super().loaddata(fixture_labels)
        rebuild()
