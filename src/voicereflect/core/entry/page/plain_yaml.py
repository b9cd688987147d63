"""Ordinary YAML, read quickly by libyaml; the only importer of PyYAML.

Ordinary is what voicereflect itself writes, and most of what hands write: mappings, lists,
and scalars that begin and end on one line, without tags, anchors or aliases.
libyaml knows YAML 1.1 and entries are YAML 1.2. Where the two could differ nothing is read.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Without libyaml the same library reads in Python: slower, and the same events."""
_DIFFER: Final = re.compile("[\t\r\x85\u2028\u2029\ufeff]|^%", re.MULTILINE)
"""Tabs, ends of lines and directives, which the two versions take differently."""
_QUOTES: Final = frozenset("'\"")
_IN_FLOW: Final = re.compile(r"\w(?:[\w .'-]*\w)?")
"""Unquoted scalars between brackets that both versions end at the same letter."""


class NotPlainError(Exception):
    """The text is not ordinary, or not YAML at all; ruamel.yaml finds out which."""


def load(text: str, value: Callable[[str], Any]) -> Any:
    """Read a text; `value` tells what an unquoted scalar means.

    Raises:
        NotPlainError: the text is no ordinary YAML.
    """
    if _DIFFER.search(text):
        raise NotPlainError
    try:
        loader = _LOADER(text)
        try:
            return _Reader(loader.get_event, value).document()
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise NotPlainError from error


class _Reader:
    """Turns the events of one document into values."""

    def __init__(self, event: Callable[[], Any], value: Callable[[str], Any]) -> None:
        self._event = event
        self._value = value
        self._in_flow = 0

    def document(self) -> Any:
        """Read the whole of it; nothing may stand before or after."""
        self._event()
        start = self._event()
        if not isinstance(start, yaml.DocumentStartEvent) or start.explicit:
            raise NotPlainError
        found = self._node(self._event())
        end = self._event()
        if end.explicit or not isinstance(self._event(), yaml.StreamEndEvent):
            raise NotPlainError
        return found

    def _node(self, event: Any) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if event.anchor is not None or isinstance(event, yaml.AliasEvent) or event.tag is not None:
            raise NotPlainError
        self._in_flow += bool(event.flow_style)
        whole = (
            self._mapping() if isinstance(event, yaml.MappingStartEvent) else list(self._items())
        )
        self._in_flow -= bool(event.flow_style)
        return whole

    def _items(self) -> Iterator[Any]:
        while not isinstance(event := self._event(), yaml.SequenceEndEvent):
            yield self._node(event)

    def _mapping(self) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        while not isinstance(event := self._event(), yaml.MappingEndEvent):
            key = self._node(event)
            if key in found:
                raise NotPlainError
            found[key] = self._node(self._event())
        return found

    def _scalar(self, event: Any) -> Any:
        one_line = event.start_mark.line == event.end_mark.line
        if event.anchor is not None or event.tag is not None or not one_line:
            raise NotPlainError
        if event.style in _QUOTES:
            return event.value
        if event.style:  # a block of lines
            raise NotPlainError
        if self._in_flow and not _IN_FLOW.fullmatch(event.value):
            raise NotPlainError
        return self._value(event.value)
