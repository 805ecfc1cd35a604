"""The English words that numbers and dates are written with."""


def _counted(words: str, step: int = 1, first: int = 1) -> dict[str, int]:
    """The words of a list with their numbers: `first` times `step` and so on."""
    return {word: number * step for number, word in enumerate(words.split(), first)}


UNITS = _counted(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 10, 2) | {"fourty": 40}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
DOZEN = {"dozen": 12}
ORDINALS = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS |= _counted("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 10, 3)
ORDINALS |= {"hundredth": 100, "thousandth": 1_000}
# "third of all", "second to none", "at first": too often no figure. They count within a larger one, and in a source.
COMMON_ORDINALS = {"first", "second", "third"}
MULTIPLES = {"once": 1, "twice": 2, "both": 2, "pair": 2, "couple": 2, "double": 2, "thrice": 3, "triple": 3, "zero": 0}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

# What may be written on to digits, as a factor; "5m" may also be metres.
SUFFIXES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "tn": 1_000_000_000_000}
MEASURES = frozenset(
    _counted(
        "m km cm mm kg g mg ft in mi lb oz l ml ha mph kph kmh kb mb gb tb hz mhz ghz w kw mw gw kwh v am pm yr hr min"
        " sec px x"
    )
)

MONTHS = _counted("January February March April May June July August September October November December")
SHORT_MONTHS = {name[:3]: number for name, number in MONTHS.items()} | {"Sept": 9}
VERBS = {"May", "March"}  # months only where what stands beside them says so
WEEKDAYS = _counted("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
