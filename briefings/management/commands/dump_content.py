"""`dump_content`: writes all content into files that `load_content` reads. The work is done in `editorial.dumping`."""

import tempfile
from itertools import zip_longest
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from briefings.editorial.dumping import dump


class Command(BaseCommand):
    help = "Writes all content into files, sorted and readable; the same content always gives the same bytes."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="PATH", help="The folder to write into; made if need be.")
        parser.add_argument("--check", action="store_true", help="Write nothing; exit 1 if the files there differ.")

    def handle(self, *, path, check, verbosity, **options):
        if check:
            return self.compare(path)
        try:
            counts = dump(path)
        except OSError as error:
            raise CommandError(
                f"{error.filename or path} cannot be written ({error.strerror}). The old files stay."
            ) from None
        if verbosity:
            for name, count in counts.items():
                self.stdout.write(f"{path / name}: {count} object{'' if count == 1 else 's'}")

    def compare(self, path):
        with tempfile.TemporaryDirectory() as scratch:
            names = dump(Path(scratch))
            differing = [found for name in names if (found := difference(path / name, Path(scratch) / name))]
        if differing:
            raise CommandError("\n".join([*differing, "Write them anew with dump_content, without --check."]))
        self.stdout.write(f"{path} holds what a dump would write, byte for byte.")


def difference(file, fresh):
    """Say where a file first differs from a fresh dump, or return nothing."""
    if not file.is_file():
        return f"{file}: there is no such file."
    with file.open("rb") as old, fresh.open("rb") as new:
        for number, (is_there, belongs) in enumerate(zip_longest(old, new), 1):
            if is_there != belongs:
                return f"{file}, line {number}: a dump would write another line."
    return ""
