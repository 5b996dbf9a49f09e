"""Makes our Word template: `python -m bot.export.word_make` writes templates/report.docx anew.

The file is kept in the repository, and a test holds it against this. Must not know what a report says.
"""

from typing import TYPE_CHECKING, Any

from bot.export.word_looks import EAST, INK, LOOKS, WEST, Look
from bot.export.word_package import described, packed
from bot.export.word_template import OURS
from bot.export.word_xml import DECLARED, W, Xml, escaped
from bot.paths import templates_dir

if TYPE_CHECKING:
    from docx.document import Document

MADE_AT = 1_777_600_000_000
"""2026-05-01: the date in the file. A template has to look the same whenever it is made."""
_KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}
_DROPPED = ("/thumbnail", "/customXml", "/stylesWithEffects", "/numbering", "/webSettings")
_TWIPS_PAGE = (11_906, 16_838)
_TWIPS_EDGE = 1_247
_NOTE = (
    "{# 把您的标志放在这一行，替换这段说明；说明不会印出来。"
    " Put your logo into this line instead of this note; the note is not printed. #}"
)
_BODY = (
    ("Gradewalk Cover Kind", "{{ kind }}"),
    ("Title", "{{ title }}"),
    ("Subtitle", "{{ scheme }}"),
    ("", "{{p warnings }}"),
    ("", "{%p if grade %}"),
    ("VERDICT", ""),
    ("Gradewalk Gap", ""),
    ("", "{%p endif %}"),
    ("", "{{p lines }}"),
    ("", "{{p facts }}"),
    ("", "{%p if signatures %}"),
    ("", "{{p signatures }}"),
    ("", "{%p endif %}"),
    ("", "{%p if disclaimer %}"),
    ("Gradewalk Fine", "{{ disclaimer }}"),
    ("", "{%p endif %}"),
    ("", "{%p for part in parts %}"),
    ("", "{{p part }}"),
    ("", "{%p endfor %}"),
    ("", "{{p ending }}"),
)
_VERDICT = (
    ("", "{%p if grade_label %}"),
    ("Gradewalk Cover Label", "{% cellbg colour %}{{ grade_label }}"),
    ("", "{%p endif %}"),
    ("Gradewalk Cover Grade", "{{ grade }}"),
    ("", "{%p if status %}"),
    ("Gradewalk Cover Status", "{{ status }}"),
    ("", "{%p endif %}"),
    ("", "{%p for total in totals %}"),
    ("Gradewalk Cover Total", "{{ total }}"),
    ("", "{%p endfor %}"),
)


def make() -> bytes:
    """The template."""
    from docx import Document  # noqa: PLC0415  the bot starts without it

    document = Document()
    for rels in (document.part.rels, document.part.package.rels):
        for ident in [ident for ident, rel in rels.items() if rel.reltype.endswith(_DROPPED)]:
            del rels[ident]
    _styles(document)
    _settings(document)
    _section(document)
    body = document.element.body
    for child in [one for one in body if one.tag != f"{W}sectPr"]:
        body.remove(child)
    for place, one in enumerate(_parsed("".join(_block(document, *block) for block in _BODY))):
        body.insert(place, one)
    described(document, "Gradewalk", "zh-CN", MADE_AT)
    document.core_properties.author, document.core_properties.comments = "Gradewalk", ""
    return packed(document, MADE_AT)


def _styles(document: "Document") -> None:
    root = document.styles.element
    for style in root.findall(f"{W}style"):
        if style.find(f"{W}name").get(f"{W}val") not in _KEPT:
            root.remove(style)
    default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    for child in list(default):
        default.remove(child)
    font = f'<w:rFonts w:ascii="{WEST}" w:hAnsi="{WEST}" w:eastAsia="{EAST}" w:cs="{WEST}"/>'
    lang = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    look = f'<w:color w:val="{INK}"/><w:kern w:val="2"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    default.extend(_parsed(font + look + lang))
    space = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
    for child in list(space):
        space.remove(child)
    space.extend(_parsed('<w:spacing w:before="0" w:after="0" w:line="276" w:lineRule="auto"/>'))
    idents = {one.find(f"{W}name").get(f"{W}val"): one.get(f"{W}styleId") for one in root.findall(f"{W}style")}
    idents |= {one.name: one.name.replace(" ", "") for one in LOOKS}
    root.extend(_parsed("".join(_style(one, idents) for one in LOOKS)))


def _style(one: Look, idents: dict[str, str]) -> Xml:
    after = f'<w:next w:val="{idents[one.next]}"/>' if one.next else ""
    paragraph = f"<w:pPr>{one.paragraph}</w:pPr>" if one.paragraph else ""
    run = f"<w:rPr>{one.run}</w:rPr>" if one.run else ""
    custom = ' w:customStyle="1"' if one.name.startswith("Gradewalk") else ""
    return (
        f'<w:style w:type="{one.kind}"{custom} w:styleId="{idents[one.name]}"><w:name w:val="{one.name}"/>'
        f'<w:basedOn w:val="{idents[one.base]}"/>{after}<w:qFormat/>{paragraph}{run}{one.more}</w:style>'
    )


def _settings(document: "Document") -> None:
    """As Word 2013 and later do it; without this, Word opens the file in compatibility mode."""
    root = document.settings.element
    for old in root.findall(f"{W}compat"):
        root.remove(old)
    made = _parsed(
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat>'
    )
    place = root.find(f"{W}rsids")
    place = root.find(f"{W}themeFontLang") if place is None else place
    place.addprevious(made[0]) if place is not None else root.append(made[0])


def _section(document: "Document") -> None:
    from docx.shared import Twips  # noqa: PLC0415  see `make`

    page = document.sections[0]
    page.page_width, page.page_height = map(Twips, _TWIPS_PAGE)
    page.left_margin = page.right_margin = Twips(_TWIPS_EDGE)
    page.top_margin, page.bottom_margin = Twips(1_420), Twips(1_300)
    page.header_distance, page.footer_distance = Twips(620), Twips(560)
    page.different_first_page_header_footer = True
    logo = ("Gradewalk Logo", _NOTE)
    _fill(page.first_page_header, document, logo)
    _fill(page.header, document, ("header", "{{ running }}"))
    for footer in (page.first_page_footer, page.footer):
        _fill(footer, document, ("footer", "\t{{ page }}"))


def _fill(held: Any, document: "Document", *several: tuple[str, str]) -> None:  # noqa: ANN401  header or footer
    held.is_linked_to_previous = False
    root = held._element  # noqa: SLF001  python-docx has no other way to it
    for child in list(root):
        root.remove(child)
    root.extend(_parsed("".join(_block(document, *one) for one in several)))


def _block(document: "Document", style: str, text: str) -> Xml:
    if style == "VERDICT":
        return _verdict(document)
    idents = {one.name.lower(): one.style_id for one in document.styles}
    known = document.styles.element.findall(f"{W}style")
    idents |= {str(one.find(f"{W}name").get(f"{W}val")).lower(): str(one.get(f"{W}styleId")) for one in known}
    look = f'<w:pPr><w:pStyle w:val="{idents[style.lower()]}"/></w:pPr>' if style else ""
    pieces = [f'<w:t xml:space="preserve">{escaped(piece)}</w:t>' if piece else "" for piece in text.split("\t")]
    return f"<w:p>{look}<w:r>{'<w:tab/>'.join(pieces)}</w:r></w:p>" if text else f"<w:p>{look}</w:p>"


def _verdict(document: "Document") -> Xml:
    width = _TWIPS_PAGE[0] - 2 * _TWIPS_EDGE
    cell = "".join(_block(document, *one) for one in _VERDICT)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="GradewalkVerdict"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:trPr>'
        f'<w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc></w:tr></w:tbl>'
    )


def _parsed(xml: Xml) -> list[Any]:
    from docx.oxml.parser import parse_xml  # noqa: PLC0415  see `make`

    return list(parse_xml(f"<w:body {DECLARED}>{xml}</w:body>"))


if __name__ == "__main__":
    (templates_dir() / OURS).write_bytes(make())
