"""The four roles of the desk, as groups, and the row that dates stored pages."""

from django.db import migrations

GROUPS = ["Contributors", "Editors", "Publishers", "Administrators"]


def create(apps, schema_editor):
    for name in GROUPS:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)
    apps.get_model("briefings", "PageEpoch").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("briefings", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
