"""Keys of the front matter that only some entries have: read into fields, and written back.

What a hand wrote otherwise is left as it stands: a value that cannot be read stays
among the keys of others, and one that did not change is written as it stood.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from voicereflect.model import Answer, Consent, Entry, Picked, Source

_OF_CONSENT: Final = ("kept", "themes", "sayback", "withdrawn")
_MORE_OF_SOURCE: Final = ("left_out", "program")
"""Stand only where there is something to tell."""
_NOTHING: Final = object()


@dataclass(frozen=True, slots=True)
class FurtherKey:
    """How one key is read and written; its field in `Entry` or `Answer` has the same name."""

    read: Callable[[Any], Any]
    """From what stands in the file; something empty where that is not of the key's kind."""
    write: Callable[[Any, Any], Any]
    """From the field's value, and what stood there (None: nothing)."""


def read(found: Mapping[str, Any], keys: Mapping[str, FurtherKey]) -> dict[str, Any]:
    """Give the fields that these keys of the front matter fill, by name."""
    ours = {
        name: value
        for name, key in keys.items()
        if name in found and (value := key.read(found[name]))
    }
    extra = {name: value for name, value in found.items() if name not in ours}
    return {**ours, "extra": extra, "stood": found}


def written(of: Entry | Answer, keys: Mapping[str, FurtherKey]) -> dict[str, Any]:
    """Give these keys as the file should have them: in the order they stood, new ones last."""
    ours = {name: value for name in keys if (value := getattr(of, name))}
    order = dict.fromkeys((*of.stood, *of.extra, *ours))
    return {
        name: _written(keys[name], ours[name], of.stood.get(name)) if name in ours else extra
        for name in order
        if (extra := of.extra.get(name, _NOTHING)) is not _NOTHING or name in ours
    }


def _written(key: FurtherKey, value: Any, stood: Any) -> Any:
    return stood if key.read(stood) == value else key.write(value, stood)


def _flag(found: Any) -> bool:
    return found is True


def _word(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _lines(found: Any) -> tuple[str, ...]:
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _source(found: Any) -> Source | None:
    if not isinstance(found, Mapping):
        return None
    more = (name for name in _MORE_OF_SOURCE if name in found)
    if tuple(found) != ("name", "sha256", "dated_by", *more):
        return None
    return Source(**{name: str(value) for name, value in found.items()})


def _written_source(source: Source) -> dict[str, str]:
    told = asdict(source)
    return {name: told[name] for name in told if told[name] or name not in _MORE_OF_SOURCE}


def _picked(found: Any) -> Picked | None:
    if not isinstance(found, Mapping) or tuple(found) != ("id", "words"):
        return None
    return Picked(**{name: str(value) for name, value in found.items()})


def _consents(found: Any) -> dict[str, Consent]:
    """Read what everybody agreed to; a bare list of names meant: these words count."""
    if isinstance(found, list | tuple):
        found = {str(name): True for name in found}
    return {str(name): _consent(each) for name, each in _mapping(found).items()}


def _consent(found: Any) -> Consent:
    """Read what one agreed to; what is written otherwise than `true` is no yes."""
    if found is True:
        return Consent(kept=True, themes=True)
    table = _mapping(found)
    withdrawn = table.get("withdrawn")
    return Consent(
        kept=table.get("kept") is True,
        themes=table.get("themes") is True,
        sayback=table.get("sayback") is True,
        withdrawn="" if withdrawn in (None, False, "") else str(withdrawn),
        extra={k: v for k, v in table.items() if k not in _OF_CONSENT},
    )


def _written_consents(consents: Mapping[str, Consent], stood: Any) -> dict[str, Any]:
    before = {str(name): each for name, each in _mapping(stood).items()}
    return {name: _table(each, before.get(name)) for name, each in consents.items()}


def _table(consent: Consent, stood: Any) -> Any:
    """Write what one agreed to, with keys in the order they stood; `withdrawn` comes last."""
    if stood is not None and _consent(stood) == consent:
        return stood
    own = {name: getattr(consent, name) for name in ("kept", "themes", "sayback")}
    withdrawn = {"withdrawn": consent.withdrawn} if consent.withdrawn else {}
    first = {k: v for k, v in _mapping(stood).items() if k in own or k in consent.extra}
    return {**first, **consent.extra, **own, **withdrawn}


def _mapping(found: Any) -> Mapping[Any, Any]:
    return found if isinstance(found, Mapping) else {}


_FLAG: Final = FurtherKey(_flag, lambda value, _: value)
_LINES: Final = FurtherKey(_lines, lambda value, _: list(value))
OF_ENTRY: Final[Mapping[str, FurtherKey]] = {
    "undecided": _FLAG,
    "redated_from": FurtherKey(_word, lambda value, _: value),
    "source": FurtherKey(_source, lambda value, _: _written_source(value)),
    "consent": FurtherKey(_consents, _written_consents),
    "closed": _FLAG,
}
OF_ANSWER: Final[Mapping[str, FurtherKey]] = {
    "how": FurtherKey(_word, lambda value, _: value),
    "heard": FurtherKey(_word, lambda value, _: value),
    "confirmed": _LINES,
    "weighed": _LINES,
    "picked": FurtherKey(_picked, lambda value, _: asdict(value)),
    "set_aside": _FLAG,
}
