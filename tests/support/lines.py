"""What a module of the program says, by its constants."""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any


def lines_of(module: ModuleType, *, but: tuple[str, ...] = ()) -> list[str]:
    """Every text among the public constants of a module, but for templates and those named."""
    shown = [each for each in vars(module) if each.isupper() and not each.startswith("_")]
    values = [vars(module)[name] for name in shown if name not in but]
    found = [text for value in values for text in _texts(value) if "{" not in text]
    return list(dict.fromkeys(found))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
