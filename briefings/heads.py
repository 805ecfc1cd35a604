"""What a page says about itself in its head: title, description, address, section of the masthead."""

from dataclasses import dataclass

from django.utils.text import Truncator


@dataclass(frozen=True)
class Head:
    """Passed to `base.html` as `head`. `path` is the page's one address on this site, without the host."""

    title: str = ""
    description: str = ""
    path: str = ""
    section: str = ""  # a name in SECTIONS of templatetags/site.py
    type: str = "website"  # an Open Graph type
    noindex: bool = False

    def __post_init__(self):
        object.__setattr__(self, "description", Truncator(" ".join(str(self.description).split())).chars(200))
