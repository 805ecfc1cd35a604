"""Words that turn a sentence into its opposite, in the languages that are quoted most."""

import re


def listed(words: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces."""
    return frozenset(words.split())


_NEGATIONS = listed(
    "not no never none nor neither nobody nothing nowhere without cannot hardly scarcely barely rarely seldom few"
    " little unless except fail fails failed lack lacks lacked refuse refuses refused deny denies denied"
    " ne n pas non jamais rien aucun aucune sans ni personne guère"
    " nicht kein keine keinen keinem keiner keines nie niemals nichts niemand ohne weder"
    " nunca jamás nada nadie ningún ninguna ninguno sin tampoco não nem ninguém nenhum nenhuma"
    " نہیں نہ مت بغیر کبھی لا لم لن ليس ليست بدون غير ما نه نیست بی هرگز"
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_UNSPACED = re.compile("[不没沒未无無非别別勿莫]")


def negates(sentence: str) -> bool:
    """Return whether tier-two words hold a negation; where in doubt, they do."""
    if _UNSPACED.search(sentence):
        return True
    return any(word in _NEGATIONS or word.endswith("n't") for word in _WORD.findall(sentence.lower()))
