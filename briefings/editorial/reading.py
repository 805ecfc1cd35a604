"""The first half of a load: reads the files object by object, checks each by itself and puts it aside by its kind.

The objects wait in temporary files, so that memory holds their keys alone. `writing` takes them from there.
"""

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from django.utils.translation import gettext as _

from .checking import Bad, ObjectCheck, Row
from .faults import Fault, Faults, LoadRefused
from .fixtures import KINDS, Key, Kind, name_of
from .strict_json import Unreadable, read_list

BATCH = 500  # objects
BATCH_TEXT = 2_000_000  # characters
Progress = Callable[[str], None]


class Shelf:
    """Rows of one kind, put aside in a temporary file that no name leads to, so that nothing is left of it."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115  open until close()
        self.batch: list[Row] = []
        self.text = self.count = 0

    def __len__(self) -> int:
        return self.count

    def add(self, row: Row) -> None:
        self.batch.append(row)
        self.count += 1
        self.text += sum(len(value) for value in row.plain.values() if type(value) is str)
        if len(self.batch) >= BATCH or self.text >= BATCH_TEXT:
            self._put_aside()

    def _put_aside(self) -> None:
        pickle.dump(self.batch, self.file, protocol=pickle.HIGHEST_PROTOCOL)
        self.batch, self.text = [], 0

    def batches(self) -> Iterator[list[Row]]:
        if self.batch:
            self._put_aside()
        self.file.seek(0)
        left = self.count
        while left:
            batch = pickle.load(self.file)
            left -= len(batch)
            yield batch

    def close(self) -> None:
        self.file.close()


class Reading:
    """What the files hold: rows on a shelf for each kind, and the place of each key, faulty objects included."""

    def __init__(self, faults: Faults, stack: ExitStack):
        self.faults, self.stack = faults, stack
        self.check = ObjectCheck(faults)
        self.shelves = {label: self.shelf() for label in KINDS}
        self.places: dict[str, dict[Key, tuple[str, int]]] = {label: {} for label in KINDS}

    def shelf(self) -> Shelf:
        shelf = Shelf()
        self.stack.callback(shelf.close)
        return shelf

    def read(self, path: Path, progress: Progress) -> None:
        """Read one file; notes what is wrong with it and goes on where that makes sense."""
        file, count = str(path), 0
        try:
            for line, content in read_list(path):
                self._take(file, line, content)
                count += 1
                if count % 1000 == 0:
                    progress(_("%(file)s: %(count)d objects read") % {"file": file, "count": count})
        except Unreadable as error:
            self.faults.append(Fault(file, error.line, "", "", "", str(error)))
        except OSError as error:
            sentence = _("The file cannot be read (%(reason)s).") % {"reason": error.strerror}
            self.faults.append(Fault(file, 1, "", "", "", sentence, _("See that it is there and may be read.")))

    def _take(self, file: str, line: int, content: object) -> None:
        try:
            kind, row, key = self.check.row(file, line, content)
        except Bad as bad:
            self.faults.append(Fault(file, line, "", "", "", bad.sentence, bad.remedy))
            return
        if key is None:
            return
        places = self.places[kind.label]
        if key in places:
            sentence = _("This key stands already in %(file)s, line %(line)d.")
            sentence %= dict(zip(("file", "line"), places[key], strict=True))
            self.faults.append(Fault(file, line, name_of(kind, key), "", "", sentence, _("Keep one of the two.")))
            return
        places[key] = (file, line)
        if row:
            self.shelves[kind.label].add(row)

    def is_given(self, kind: Kind, key: Key) -> bool:
        return key in self.places[kind.label]


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Return the files of these paths in order; a folder stands for its .json files, sorted by name.

    Raises LoadRefused where there is nothing to read.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        found = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if path.is_dir() and not found:
            raise _refused(path, _("This folder holds no .json file."), _("Name a folder with content files."))
        for file in found:
            if not file.is_file():
                raise _refused(file, _("There is no such file."), _("Correct the path."))
            files.setdefault(file.resolve(), file)
    return list(files.values())


def _refused(path: Path, sentence: str, remedy: str) -> LoadRefused:
    return LoadRefused([Fault(str(path), 0, "", "", "", sentence, remedy)])
