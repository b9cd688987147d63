"""HTML as a tree: whatever is put into it is escaped, because it is never text before the end."""

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no page may hold."""


def child(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add an element; a name ends with `_` where Python has taken it, and `_` stands for `-`."""
    names = {key.rstrip("_").replace("_", "-"): clean(each) for key, each in attributes.items()}
    made = SubElement(parent, tag, names)
    if text:
        made.text = clean(text)
    return made


def after(element: Element, text: str) -> None:
    """Write text behind an element."""
    element.tail = (element.tail or "") + clean(text)


def clean(text: str) -> str:
    """Take out what no page may hold."""
    return _CONTROLS.sub("", text)


def document(root: Element) -> str:
    """Write the whole page."""
    return f"<!doctype html>\n{tostring(root, encoding='unicode', method='html')}\n"


__all__ = ["Element", "after", "child", "clean", "document"]
