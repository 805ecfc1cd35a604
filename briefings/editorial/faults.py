"""What is wrong with content files: each fault with its place and remedy, and the refusal that carries them."""

from dataclasses import dataclass

MAX_FAULTS = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value of one object of one file, and how to mend it. Field and value may be empty."""

    file: str
    line: int
    thing: str
    field: str
    value: str
    sentence: str
    remedy: str = ""

    def __str__(self) -> str:
        at = f"{self.file}, line {self.line}" if self.line else self.file
        place = ", ".join(part for part in (at, self.thing, self.field) if part)
        value = f" “{self.value}”" if self.value else ""
        return " ".join(part for part in (f"{place}{value}:", self.sentence, self.remedy) if part)


class LoadRefused(Exception):
    """Nothing was loaded; `faults` says why, each with its place. `more` tells that reading stopped before the end."""

    def __init__(self, faults: list[Fault], *, more: bool = False):
        self.faults, self.more = faults, more
        super().__init__("\n".join(str(fault) for fault in faults))


class Faults(list[Fault]):
    """Collects faults; raises LoadRefused as soon as there are enough of them to work on."""

    def append(self, fault: Fault) -> None:
        super().append(fault)
        if len(self) >= MAX_FAULTS:
            raise LoadRefused(list(self), more=True)
