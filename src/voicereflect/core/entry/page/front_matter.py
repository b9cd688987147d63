"""The YAML at the head of an entry: text to fields and back; the only importer of ruamel.yaml.

Knows YAML, not what an entry's fields mean; no value of a field reaches an error.
Heads as we write them are read by `plain_lines`, other ordinary ones by `plain_yaml`, and the
rest by ruamel.yaml; all three give the same values.
"""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import SafeRepresenter
from ruamel.yaml.resolver import VersionedResolver

from voicereflect.core.entry.page import plain_lines, plain_yaml
from voicereflect.errors import EntryUnreadable

_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_ONE_LINE = 2**31 - 1
_SIMPLE: Final = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null")
)
_REMEMBERED: Final = 4096
_MEND_YAML: Final = 'Mend that line in any editor, and put a text with a colon in "quotes"'
_SURELY_TEXT: Final = re.compile("[A-Za-z].{5}|[1-9].*?[A-DF-Za-df-z]", re.DOTALL)
"""What is neither `true`, `false`, `null` nor a number in any notation, told by itself: ids,
moments and hashes are new in each entry, and ruamel's rules take twenty times longer."""


class _DatesAreText(VersionedResolver):
    """Leaves dates as they are written: YAML's own would lose the offset."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        tag = super().resolve(kind, value, implicit)
        return self.DEFAULT_SCALAR_TAG if str(tag) == _TIMESTAMP else tag


class _OneLine(SafeRepresenter):
    """Writes every string on one line, so that no value can look like the closing fence."""

    def represent_text(self, data: str) -> Any:
        style = None if data.isprintable() else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_OneLine.add_representer(str, _OneLine.represent_text)


def _yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.Resolver = _DatesAreText
    yaml.Representer = _OneLine
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.allow_unicode = True
    yaml.width = _ONE_LINE
    return yaml


def dump(fields: dict[str, Any]) -> str:
    """Write fields in their order, one or more lines each."""
    target = io.StringIO()
    _yaml().dump(fields, target)
    return target.getvalue()


def load(text: str, *, where: str, first_line: int) -> dict[str, Any]:
    """Read fields; `first_line` is the line of the file that `text` begins on.

    Raises:
        EntryUnreadable: not YAML, or not fields with values; names file and line.
    """
    with translated(text, where=where, first_line=first_line):
        fields = _read(text)
    if not isinstance(fields, dict):
        raise unreadable(where, first_line, "the front matter holds no `key: value` lines")
    return fields


def _read(text: str) -> Any:
    for quick in (plain_lines.load, plain_yaml.load):
        with suppress(plain_yaml.NotPlainError):
            return quick(text, value)
    return load_any(text)


def load_any(text: str) -> Any:
    """Read any YAML 1.2, many times slower; raises what ruamel.yaml raises."""
    with warnings.catch_warnings():  # which would print the lines they are about
        warnings.simplefilter("ignore")
        return _yaml().load(text)


@lru_cache(maxsize=_REMEMBERED)
def value(text: str) -> str | float | bool | None:
    """Tell what an unquoted scalar means, by ruamel's own rules: `12:30` is text, `0123` is 123.

    Raises:
        NotPlainError: it is more than a scalar, such as the merge key `<<`.
    """
    if _SURELY_TEXT.match(text):
        return text
    resolver, constructor = _rules()
    tag = resolver.resolve(ScalarNode, text, (True, False))
    if str(tag) not in _SIMPLE:
        raise plain_yaml.NotPlainError
    found: str | float | bool | None = constructor.construct_object(ScalarNode(tag, text))
    return found


@cache
def _rules() -> tuple[_DatesAreText, SafeConstructor]:
    yaml = _yaml()
    return yaml.resolver, yaml.constructor


def unreadable(
    where: str, line: int, problem: str, *, mend: str = "Mend that line in any editor"
) -> EntryUnreadable:
    """Make the one-line error for a mangled entry; `problem` must hold no word of it."""
    return EntryUnreadable(
        f"{where}, line {line}: {problem}.",
        hint=f"{mend}; nothing else in the vault is affected.",
    )


@contextmanager
def translated(text: str, *, where: str, first_line: int) -> Iterator[None]:
    """Turn what the YAML library raises into an error with a line."""
    try:
        yield
    except (YAMLError, ValueError, TypeError, RecursionError) as error:
        line = first_line + _line_in(text, error)
        problem = "the front matter is not valid YAML"
        raise unreadable(where, line, problem, mend=_MEND_YAML) from error


def _line_in(text: str, error: Exception) -> int:
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return int(mark.line) if mark is not None else 0
    position = getattr(error, "position", 0)
    return text.count("\n", 0, position) if isinstance(position, int) else 0
