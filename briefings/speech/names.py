"""Who is named in a text: names gathered from their mentions, with the roles that titles and appositives give them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .lexicon import roles
from .lexicon import words as w
from .phrases import Tokens
from .segments import Paragraph


@dataclass(slots=True, eq=False)
class Name:
    """One person or body of the article: the fullest form printed, the roles said of it, and its gender if known."""

    full: str
    words: tuple[str, ...]
    roles: set[str] = field(default_factory=set)
    gender: str = ""
    is_person: bool = False
    is_medium: bool = False
    mentions: int = 0


def split_title(t: Tokens, first: int, end: int) -> int:
    """Return where the name itself begins in a run: past "Interior Minister", "Chinese President", "Mr."."""
    at = start = first
    while at < end - 1:
        word = t[at].low.rstrip(".")
        if word in roles.ROLES or word in w.TITLES:
            start = at + 1
        elif word not in roles.TITLE_PARTS and t[at].is_capital:
            break
        at += 1
    return start


class Names:
    """The names of one article. A later, shorter mention ("Iqbal") belongs to the name that holds its word."""

    def __init__(self, blocks: Iterable[Paragraph]) -> None:
        self.all: list[Name] = []
        self._by_words: dict[tuple[str, ...], Name] = {}
        self._by_word: dict[str, list[Name]] = {}
        self._by_role: dict[str, list[Name]] = {}
        self._meant: dict[tuple[str, ...], Name | None] = {}
        sentences = [sentence for block in blocks for sentence in block.sentences]
        common = {token.low for one in sentences for token in one.tokens if token.is_word and not token.is_capital}
        for one in sentences:
            for first, end in one.names:
                if first or end > 1 or not _is_common(one.tokens[0].low, common):
                    self._learn(one.tokens, first, end)
        for name in self.all:
            for role in name.roles:
                self._by_role.setdefault(role, []).append(name)

    def _learn(self, t: Tokens, first: int, end: int) -> None:
        start = split_title(t, first, end)
        words = _plain(t, start, end)
        if not words:
            return
        name = self._by_words.get(words) or self._add(t, start, end, words)
        name.mentions += 1
        if start > first:
            name.is_person = True
            name.roles |= {token.low.rstrip(".") for token in t[first:start]}
            self._describe(name, {token.low for token in t[first:start]})
        name.roles |= _appositive(t, end)
        if not name.gender:
            self._describe(name, set(words[:1]) | name.roles)

    def _describe(self, name: Name, words: set[str]) -> None:
        if words & (roles.FEMALE | roles.WOMEN):
            name.gender, name.is_person = "female", True
        elif words & (roles.MALE | roles.MEN):
            name.gender, name.is_person = "male", True

    def _add(self, t: Tokens, start: int, end: int, words: tuple[str, ...]) -> Name:
        full = " ".join(_bare(token.text) for token in t[start:end])
        name = Name(full, words, is_medium=_is_medium(words))
        self.all.append(name)
        self._by_words[words] = name
        for word in words:
            self._by_word.setdefault(word, []).append(name)
        return name

    def of_run(self, t: Tokens, first: int, end: int) -> Name | None:
        """Return the name that a run of capitalised words stands for, by its fullest form in the article."""
        words = _plain(t, split_title(t, first, end), end)
        if not words:
            return None
        if words not in self._meant:
            longer = [name for name in self._by_word.get(words[-1], ()) if _holds(name.words, words)]
            fullest = max(longer, key=lambda name: (name.is_person, name.mentions, len(name.words)), default=None)
            self._meant[words] = fullest or self._by_words.get(words)
        return self._meant[words]

    def with_role(self, words: Iterable[str]) -> list[Name]:
        """Return the names that all of `words` are said of, in the order of their first mention."""
        wanted = list(words)
        if not wanted:
            return []
        return [name for name in self._by_role.get(wanted[-1], ()) if all(word in name.roles for word in wanted)]


def _is_medium(words: tuple[str, ...]) -> bool:
    """Return whether a name is that of a newspaper, an agency or a site."""
    return any(word in roles.MEDIA or word.endswith((".com", ".org", ".net", ".co.uk", ".cn")) for word in words)


def _is_common(word: str, common: set[str]) -> bool:
    """Return whether a word that begins a sentence is a common noun: "Officials said"."""
    stem = word.removesuffix("s")
    return word in common or word in roles.GROUPS or stem in roles.ROLES or stem in roles.BODIES or stem in roles.MEDIA


def _bare(word: str) -> str:
    return word[:-2] if word[-2:] in ("'s", "’s") else word.rstrip("’'")


def _plain(t: Tokens, start: int, end: int) -> tuple[str, ...]:
    return tuple(_bare(token.low) for token in t[start:end] if token.is_word and _bare(token.low))


def _holds(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Return whether a longer name begins or ends with the words of a shorter one: Ahsan Iqbal, Xi Jinping."""
    size = len(shorter)
    return len(longer) > size and (longer[-size:] == shorter or longer[:size] == shorter)


def _appositive(t: Tokens, end: int) -> set[str]:
    """Return the roles that stand after a name: ", the interior minister," and ", director of the centre,"."""
    if end >= len(t) or t[end].text != ",":
        return set()
    found: set[str] = set()
    for token in t[end + 1 : end + 9]:
        if not token.is_word or token.low in ("who", "and", "said"):
            break
        if token.low in w.PREPOSITIONS and found:
            break
        if token.low not in w.DETERMINERS:
            found.add(token.low)
    return found if found & roles.ROLES else set()
