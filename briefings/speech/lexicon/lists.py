"""How the word lists of this folder are written: words with spaces between them."""


def words_of(listed: str) -> frozenset[str]:
    """Return the words of a list as a set."""
    return frozenset(listed.split())
