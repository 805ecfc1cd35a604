"""Reads a JSON list object by object, strictly: UTF-8, no key twice, no NaN, limits of size and depth.

It knows nothing of models. What the objects mean is said in `fixtures`.
"""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

MAX_OBJECT = 16_000_000  # characters; the longest stored text is far below
CHUNK = 1_000_000  # bytes
_SPACE = re.compile(r"[ \t\r\n]*")


class Unreadable(ValueError):
    """The file is not the JSON we accept; `line` is where, from 1, and the message says what and how to mend it."""

    def __init__(self, message: str, line: int):
        self.line = line
        super().__init__(message)


class _Strict(ValueError):
    """Valid JSON that we refuse."""


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Strict(_("The key “%(key)s” stands twice in one object; keep one of them.") % {"key": twice[:80]})
    return found


def _no_constant(name: str) -> None:
    raise _Strict(_("%(name)s is not a value in JSON; write a number, a text or null.") % {"name": name})


def _integer(digits: str) -> int:
    if len(digits) > 20:
        raise _Strict(_("A number of %(count)d digits is too large.") % {"count": len(digits)})
    return int(digits)


_DECODER = json.JSONDecoder(object_pairs_hook=_no_key_twice, parse_constant=_no_constant, parse_int=_integer)


class _Text:
    """A window on the text of a file: `at` is the next character to read, `line` the line it stands on."""

    def __init__(self, file: BinaryIO):
        self.file = file
        self.decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self.window, self.at, self.line, self.ended = "", 0, 1, False

    def read_on(self) -> None:
        size = max(CHUNK, len(self.window) - self.at)
        content = self.file.read(size)
        self.ended = len(content) < size
        try:
            self.window = self.window[self.at :] + self.decode(content, final=self.ended)
        except UnicodeDecodeError as error:
            raise Unreadable(_("The file is not UTF-8; save it again as UTF-8."), self.line) from error
        self.at = 0

    def move_to(self, end: int) -> None:
        self.line += self.window.count("\n", self.at, end)
        self.at = end

    def next_sign(self) -> str:
        """Skip white space and return the character that follows, or "" at the end."""
        while True:
            self.move_to(_SPACE.match(self.window, self.at).end())
            if self.at < len(self.window) or self.ended:
                return self.window[self.at : self.at + 1]
            self.read_on()

    def expect(self, signs: str) -> str:
        sign = self.next_sign()
        if not sign or sign not in signs:
            found = f"“{sign}”" if sign else _("the end of the file")
            wanted = _(" or ").join(f"“{sign}”" for sign in signs)
            message = _("Here should stand %(wanted)s, not %(found)s: a file is one list of objects, [{…}, {…}].")
            raise Unreadable(message % {"wanted": wanted, "found": found}, self.line)
        self.move_to(self.at + 1)
        return sign

    def value(self) -> object:
        """Read one JSON value; a window that holds only part of it grows until it holds the whole."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self.window, self.at)
            except json.JSONDecodeError as error:
                self._read_on_or_refuse(error)
            except _Strict as error:
                raise Unreadable(str(error), self.line) from error
            except RecursionError as error:
                raise Unreadable(_("Lists are nested too deeply here; an object is flat."), self.line) from error
            else:
                self.move_to(end)
                return value

    def _read_on_or_refuse(self, error: json.JSONDecodeError) -> None:
        if self.ended:
            line = self.line + self.window.count("\n", self.at, error.pos)
            raise Unreadable(_("This is not JSON: %(what)s.") % {"what": error.msg}, line) from error
        if len(self.window) - self.at > MAX_OBJECT:
            message = _("No object ends within %(count)d characters from here; shorten it or close it.")
            raise Unreadable(message % {"count": MAX_OBJECT}, self.line) from error
        self.read_on()


def read_list(path: Path) -> Iterator[tuple[int, object]]:
    """Yield (line, value) for each value of the JSON list in the file, in constant memory.

    Raises Unreadable at the first thing that is not JSON as we accept it, OSError where there is nothing to read.
    """
    with path.open("rb") as file:
        text = _Text(file)
        if not text.next_sign():
            raise Unreadable(_("The file is empty; a file without objects holds []."), 1)
        text.expect("[")
        if text.next_sign() == "]":
            text.expect("]")
        else:
            yield from _values(text)
        if text.next_sign():
            raise Unreadable(_("Something follows the end of the list; remove it."), text.line)


def _values(text: _Text) -> Iterator[tuple[int, object]]:
    sign = ","
    while sign == ",":
        if not text.next_sign():
            raise Unreadable(_("The list is not closed; the file seems cut off."), text.line)
        line = text.line
        yield line, text.value()
        sign = text.expect(",]")
