"""Numbering that Word itself counts: 一、（一）1. for headings, 1. for lists."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

HEADINGS, LIST = 1, 2  # ids of the two numberings


def numbered(number: int, level: int) -> Any:
    """The paragraph property that makes Word count, in a numbering and at a level of it."""
    properties = word_element("numPr")
    properties.append(word_element("ilvl", val=str(level)))
    properties.append(word_element("numId", val=str(number)))
    return properties


def set_numbering(document: "Document") -> None:
    """一、（一）1. for headings, 1. for the list; the numbers take the place of the indent."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    levels = (
        ("chineseCountingThousand", "%1、", "Heading1"),
        ("chineseCountingThousand", "（%2）", "Heading2"),
        ("decimal", "%3.", "Heading3"),
    )
    numbering.append(_abstract(HEADINGS, levels))
    numbering.append(_abstract(LIST, (("decimal", "%1. ", "ListNumber"),)))
    for number in (HEADINGS, LIST):
        instance = word_element("num", numId=str(number))
        instance.append(word_element("abstractNumId", val=str(number)))
        numbering.append(instance)


def _abstract(number: int, levels: tuple[tuple[str, str, str], ...]) -> Any:
    abstract = word_element("abstractNum", abstractNumId=str(number))
    abstract.append(word_element("multiLevelType", val="multilevel"))
    for position, (form, text, style) in enumerate(levels):
        level = word_element("lvl", ilvl=str(position))
        for tag, value in (
            ("start", "1"),
            ("numFmt", form),
            ("pStyle", style),
            ("suff", "nothing"),
            ("lvlText", text),
        ):
            level.append(word_element(tag, val=value))
        level.append(word_element("lvlJc", val="left"))
        properties = word_element("pPr")
        properties.append(word_element("ind", left="0", firstLineChars="200", firstLine="640"))
        level.append(properties)
        abstract.append(level)
    return abstract


def restart_list(document: "Document") -> int:
    """A numbering for one more list that begins with 1; its id."""
    numbering = document.part.numbering_part.element
    number = len(numbering.xpath("./w:num")) + 1
    instance = word_element("num", numId=str(number))
    instance.append(word_element("abstractNumId", val=str(LIST)))
    override = word_element("lvlOverride", ilvl="0")
    override.append(word_element("startOverride", val="1"))
    instance.append(override)
    numbering.append(instance)
    return number


def number_by(paragraph: Any, number: int) -> None:
    """Let a paragraph of the style List Number count in a numbering of its own."""
    paragraph._p.get_or_add_pPr().insert(1, numbered(number, 0))


def word_element(tag: str, **attributes: str) -> Any:
    """``<w:tag w:name="value"/>``."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
