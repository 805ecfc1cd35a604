"""What can go wrong, each with a code. The sentences are for a terminal; the site has its own, translated."""

FETCHING = {
    "not-an-address": "This is not a web address that can be fetched: {address}",
    "not-http": "Only http and https addresses are fetched, not {scheme}.",
    "user-info": "An address with a user name or a password in it is not fetched.",
    "port": "Only the ports 80 and 443 are fetched, not {port}.",
    "private-address": "{host} does not lead to the public internet.",
    "dns": "No server was found under the name {host}.",
    "connection": "{host} cannot be reached or closed the connection.",
    "tls": "{host} has no certificate that can be trusted.",
    "timeout": "{host} took too long to answer.",
    "too-many-redirects": "The address leads on to others too many times.",
    "downgrade": "The page leads from https to an address without encryption.",
    "too-large": "The page is larger than {limit} bytes.",
    "not-text": "This is neither text nor HTML nor PDF: {media_type}",
    "encoding": "The page is packed in a way that cannot be read: {encoding}",
    "incomplete": "The page from {host} did not arrive whole.",
    "malformed": "{host} gave an answer that breaks the rules of HTTP.",
}
READING = {
    "empty": "There is nothing in it.",
    "no-text": "It holds no text that a reader would see.",
    "not-text": "It is neither text nor HTML nor PDF.",
    "too-large": "It is too large to be read.",
    "encrypted-pdf": "The PDF is protected by a password.",
    "not-references": "It is neither CSL-JSON nor RIS nor Zotero’s CSV.",
    "damaged": "It is damaged and cannot be read.",
}


class BadAddress(ValueError):
    """An address that would not be fetched; `code` is one of FETCHING."""

    def __init__(self, code: str, **detail: str) -> None:
        super().__init__(FETCHING[code].format(**detail))
        self.code = code
        self.detail = detail


class FetchFailed(Exception):
    """A fetch that brought nothing; `code` is one of FETCHING, `detail` holds what its sentence names."""

    def __init__(self, code: str, **detail: str) -> None:
        super().__init__(FETCHING[code].format(**detail))
        self.code = code
        self.detail = detail


class Unreadable(Exception):
    """A page or a file without text that can be kept; `code` is one of READING."""

    def __init__(self, code: str) -> None:
        super().__init__(READING[code])
        self.code = code
        self.detail: dict[str, str] = {}
