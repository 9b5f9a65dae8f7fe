"""Bullets for a document whose template has none."""

from typing import Any

BULLET, INDENT = "•", 360
"""The sign, and how far it hangs, in twips."""
PART = "/word/numbering.xml"


def give_bullets(document: Any, style: Any) -> None:
    """Let a style's paragraphs begin with a bullet, unless the template says how they begin."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    form = style.element.get_or_add_pPr()
    if form.find(qn("w:numPr")) is not None:
        return
    root = _numbering(document)
    kinds = [int(each.get(qn("w:abstractNumId"))) for each in root.findall(qn("w:abstractNum"))]
    lists = [int(each.get(qn("w:numId"))) for each in root.findall(qn("w:num"))]
    kind, number = max(kinds, default=-1) + 1, max(lists, default=0) + 1
    drawn = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{BULLET}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{INDENT}" w:hanging="{INDENT}"/></w:pPr></w:lvl></w:abstractNum>'
    )
    first = root.find(qn("w:num"))
    if first is not None:  # the schema has every kind before every list
        first.addprevious(drawn)
    else:
        root.append(drawn)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{kind}"/></w:num>'))
    numbered = parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{number}"/></w:numPr>')
    form.insert_element_before(
        numbered,
        "w:suppressLineNumbers",
        "w:pBdr",
        "w:shd",
        "w:tabs",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:jc",
    )


def _numbering(document: Any) -> Any:
    """Return the root of the document's lists, which is added where it has none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml.ns import nsdecls
    from docx.parts.numbering import NumberingPart

    for link in document.part.rels.values():
        if link.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return link.target_part.element
    blob = f"<w:numbering {nsdecls('w')}/>".encode()
    part = NumberingPart.load(PackURI(PART), CONTENT_TYPE.WML_NUMBERING, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part.element
