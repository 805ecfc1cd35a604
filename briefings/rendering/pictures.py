"""Pictures in a body: `![](key)` shows the illustration of that key, as a figure where it stands alone."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from .lines import line_of
from .values import Picture, Problem


def place_pictures(block: list[Token], pictures: Mapping[str, Picture]) -> Iterator[Problem]:
    """Turn the images of a block into pictures; yield a problem for a key without one or a picture without words."""
    for index, token in enumerate(block):
        if token.type != "inline":
            continue
        images = [child for child in token.children or [] if child.type == "image"]
        for image in images:
            yield from _place(image, pictures)
        alone = len(token.children or []) == 1 and images and block[index - 1].type == "paragraph_open"
        if alone and images[0].type == "picture":
            images[0].meta["figure"] = True
            block[index - 1].hidden = block[index + 1].hidden = True


def _place(image: Token, pictures: Mapping[str, Picture]) -> Iterator[Problem]:
    key = str(image.attrGet("src") or "")
    line = line_of(image)
    picture = pictures.get(key)
    if picture is None:
        yield Problem("unknown-illustration", line, key)
        image.type = "picture_missing"
        return
    alt = "".join(_plain(image)).strip() or picture.alt.strip()
    if not alt:
        yield Problem("illustration-without-alt", line, key)
    image.type, image.meta = "picture", {"picture": picture, "alt": alt}


def _plain(image: Token) -> Iterator[str]:
    """The words between the brackets, without their markup."""
    for child in image.children or []:
        yield " " if child.type in ("softbreak", "hardbreak") else child.content


def render_picture(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """The picture itself, and as a figure also what stands under it."""
    picture: Picture = tokens[index].meta["picture"]
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width and picture.height else ""
    html = f'<img src="{escape(picture.url)}" alt="{escape(tokens[index].meta["alt"])}"{size} loading="lazy">'
    if not tokens[index].meta.get("figure"):
        return html
    credit = " · ".join(part for part in (picture.credit, picture.licence) if part)
    caption = escape(picture.caption) + (f' <span class="credit">{escape(credit)}</span>' if credit else "")
    return f"<figure>{html}{f'<figcaption>{caption.strip()}</figcaption>' if caption else ''}</figure>\n"


def render_missing(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """What the writer typed for a picture that is not there."""
    return escape(f"![{tokens[index].content}]({tokens[index].attrGet('src')})")
