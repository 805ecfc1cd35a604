"""What a check of the database finds: one sentence about one object."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from .fixtures import KINDS, Key, name_of


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: the model and natural key of what it is about, and a sentence."""

    label: str
    key: Key
    sentence: str

    @property
    def place(self) -> str:
        return name_of(KINDS[self.label], self.key)

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def about(model: type[Model], key: Iterable[Any], sentence: str) -> Finding:
    return Finding(model._meta.label_lower, tuple(key), sentence)
