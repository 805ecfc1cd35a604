"""Languages by their tags: which way each is written, and what it is called."""

from django.utils.translation import get_language_info

RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
RIGHT_TO_LEFT_SCRIPTS = {"arab", "aran", "hebr", "thaa", "syrc", "nkoo"}


def direction_of(language: str) -> str:
    """Return "rtl" or "ltr" for a language tag (BCP 47) such as `ur`, `pa-Arab` or `en-GB`."""
    first, *rest = language.lower().split("-")
    named = [part for part in rest if len(part) == 4 and part.isalpha()]
    if named:
        return "rtl" if named[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


def name_of_language(tag: str) -> str:
    """Return the name of a language in the language of the page; the tag itself where Django knows none."""
    try:
        return get_language_info(tag)["name_translated"]
    except KeyError:
        return tag
