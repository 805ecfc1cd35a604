"""Texts made to slow a matcher down: 200 kB each, by name."""

SIZE = 200_000


def _filled(unit: str) -> str:
    return unit * (SIZE // len(unit.encode()))


TEXTS = {
    "one letter": _filled("a"),
    "one letter, spaced": _filled("a "),
    "one letter, hyphened": _filled("a-"),
    "two words by turns": _filled("ab a "),
    "spaces": _filled(" \t"),
    "blank lines": _filled("\n \n"),
    "no-break spaces": _filled("a\u00a0"),
    "soft hyphens": _filled("a\u00ad"),
    "invisible marks": _filled("\u200f\u200b"),
    "one letter under all marks": "a" + _filled("\u0301\u0316"),
    "accents apart": _filled("e\u0301"),
    "letters that NFC replaces": _filled("\u212b"),
    "jamo": _filled("\u1100\u1161"),
    "ellipses": _filled("a…"),
    "straight marks": _filled('"'),
    "opening marks": _filled("“a "),
    "apostrophes": _filled("'a "),
    "stops": _filled("a. "),
    "digits and commas": _filled("1,"),
    "Han": _filled("我"),
    "Urdu": _filled("ب"),
    "brackets": _filled("[a] "),
    "opening brackets": _filled("["),
    "bracketed words": _filled("we agree [now] "),
    "cuts": _filled("we all agree … "),
    "bracketed cuts": _filled("we all agree […] "),
    "line feeds": _filled("a\n"),
}
