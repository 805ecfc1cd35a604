"""The parts of a Word document that are the same for every text, or nearly: types, styles, lists, relations."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCUMENT_PARTS = ("styles", "numbering", "settings", "footnotes")

CONTENT_TYPES = (
    _HEAD
    + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + '<Default Extension="xml" ContentType="application/xml"/>'
    + f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{p}.xml" ContentType="{_KIND}.{p}+xml"/>' for p in _DOCUMENT_PARTS)
    + '<Override PartName="/docProps/core.xml"'
    + ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
).encode()

PACKAGE_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
).encode()


def relations(links: Mapping[str, str], *, is_document: bool) -> bytes:
    """The relations of a part: to the other parts, for the document itself, and to the addresses it links to."""
    parts = [
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(_DOCUMENT_PARTS if is_document else (), 1)
    ]
    outward = [
        f'<Relationship Id="{name}" Type="{_OFFICE}/hyperlink" Target={quoteattr(address)} TargetMode="External"/>'
        for address, name in links.items()
    ]
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{"".join([*parts, *outward])}</Relationships>'.encode()


def properties(title: str, author: str, language: str) -> bytes:
    """What the file says of itself. No times: the same article makes the same bytes."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_RELATIONS.replace("relationships", "metadata/core-properties")}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    ).encode()


def settings() -> bytes:
    return (
        f'{_HEAD}<w:settings {_W}><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat></w:settings>'
    ).encode()


def numbering(starts: Sequence[tuple[bool, int]]) -> bytes:
    """Two kinds of list, and one list of its own for each in the text, so that each counts from where it starts."""
    kinds = "".join(_kind(number, numbered) for number, numbered in enumerate((False, True)))
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{int(ordered)}"/>'
        + "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' for level in range(9)
        )
        + "</w:num>"
        for number, (ordered, start) in enumerate(starts, 1)
    )
    return f"{_HEAD}<w:numbering {_W}>{kinds}{lists}</w:numbering>".encode()


def _kind(number: int, numbered: bool) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{"decimal" if numbered else "bullet"}"/>'
        f'<w:lvlText w:val="{f"%{level + 1}." if numbered else "•"}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def styles(language: str, is_rtl: bool) -> bytes:
    """The styles, the language of the words, and the direction of the paragraphs."""
    bidi = f' w:bidi="{escape(language)}"' if is_rtl else ""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:eastAsia="Cambria" w:cs="Times New Roman"/>'
        f'<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{escape(language)}"{bidi}/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr>{"<w:bidi/>" if is_rtl else ""}<w:spacing w:after="120" w:line="276" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    made = "".join(_style(*each) for each in _PARAGRAPHS) + _CHARACTERS
    return f"{_HEAD}<w:styles {_W}>{defaults}{made}</w:styles>".encode()


def _style(name: str, label: str, paragraph: str, run: str) -> str:
    default, based = (' w:default="1"', "") if name == "Normal" else ("", '<w:basedOn w:val="Normal"/>')
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{label}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _heading(level: int, size: int) -> tuple[str, str, str, str]:
    outline = f'<w:keepNext/><w:spacing w:before="{360 - 40 * level}" w:after="80"/><w:outlineLvl w:val="{level - 1}"/>'
    letters = f'<w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return f"Heading{level}", f"heading {level}", outline, letters


_EDGE = '<w:left w:val="single" w:sz="12" w:space="8" w:color="999999"/>'
_SMALL = '<w:color w:val="555555"/><w:sz w:val="18"/><w:szCs w:val="18"/>'
_PARAGRAPHS = [
    ("Normal", "Normal", "", ""),
    *(_heading(level, size) for level, size in enumerate((30, 26, 24, 22, 22), 1)),
    ("Title", "Title", '<w:spacing w:after="120"/>', '<w:b/><w:bCs/><w:sz w:val="44"/><w:szCs w:val="44"/>'),
    ("Subtitle", "Subtitle", "", '<w:color w:val="555555"/><w:sz w:val="26"/><w:szCs w:val="26"/>'),
    ("Byline", "Byline", "", _SMALL),
    ("Quote", "Quote", f'<w:pBdr>{_EDGE}</w:pBdr><w:ind w:left="567"/>', ""),
    ("Analysis", "Analysis", f"<w:pBdr>{_EDGE}</w:pBdr>", ""),
    ("Code", "Code", '<w:spacing w:after="0"/>', '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'),
    ("Caption", "caption", "", _SMALL),
    ("Rule", "Rule", '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="999999"/></w:pBdr>', ""),
    ("Remark", "Remark", "", '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
    ("ListParagraph", "List Paragraph", "<w:contextualSpacing/>", ""),
    (
        "FootnoteText",
        "footnote text",
        '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>',
        '<w:sz w:val="18"/><w:szCs w:val="18"/>',
    ),
]
_CHARACTERS = (
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0A5A5C"/><w:u w:val="single"/></w:rPr></w:style>'
)
