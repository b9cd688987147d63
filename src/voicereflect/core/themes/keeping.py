"""What a theme is held by: a short handle beside its name, both kept from when it was first shown.

Pure. What was kept is input of the next look, so that a name never changes by itself.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from voicereflect.core.themes.curation import (
    CuratedQuote,
    CuratedTheme,
    Curation,
    followed,
    record_named,
)
from voicereflect.core.themes.known import PREFIX, KnownTheme
from voicereflect.core.themes.theme import Sentence, Theme

KNOWN_BY: Final = 5
"""Sentences by which a found theme is known again after a rebuild."""
SHORTEST: Final = 3
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz"
_DIGITS: Final = "23456789"
"""A digit stands in every handle, so that none is a word; none looks like another."""


def held(themes: Sequence[Theme], curation: Curation) -> tuple[tuple[Theme, ...], Curation]:
    """Give every theme that may be shown its handle, and what is to be kept of it.

    One that waits for a yes, or is all from what stays closed, gets none and is not kept.
    """
    taken = {each.handle for each in curation.records}
    found = {}
    for theme in sorted(themes, key=lambda each: each.key):
        before = record_of(theme)
        if (
            theme.waits_for_yes
            or not theme.unasked
            or (before.handle and before.name == theme.name)
        ):
            continue
        handle = before.handle or handle_from(_oldest(theme), taken)
        taken.add(handle)
        record = replace(before, handle=handle, name=theme.name)
        curation = _with(curation, theme.record, record)
        found[theme.key] = replace(theme, handle=handle, record=record)
    return tuple(found.get(each.key, each) for each in themes), curation


def _oldest(theme: Theme) -> str:
    return theme.sentences[0].reference if theme.sentences else theme.key


def _with(curation: Curation, before: CuratedTheme | None, record: CuratedTheme) -> Curation:
    if before is not None:
        records = tuple(record if each == before else each for each in curation.records)
        return followed(replace(curation, records=records), before.name, record.name)
    if record_named(curation, record.name) is not None:  # two of one name could not be told apart
        return curation
    return replace(curation, records=(*curation.records, record))


def named_unasked(
    records: Sequence[CuratedTheme], known: Sequence[KnownTheme]
) -> tuple[CuratedTheme, ...]:
    """Leave out of what is kept those that must not be named without a yes, and hidden ones."""
    sensitive = [each for each in known if each.sensitive]
    hushed = {each.key for each in sensitive} | {each.title.casefold() for each in sensitive}
    return tuple(
        each
        for each in records
        if each.confirmed or not (each.hidden or hushed & {each.seed, each.name.casefold()})
    )


def handle_from(said: str, taken: Collection[str]) -> str:
    """Make a handle like `k7q`, the same for the same words; longer where it is taken."""
    number = int.from_bytes(hashlib.blake2b(said.encode(), digest_size=16).digest(), "big")
    made = ""
    while len(made) < SHORTEST or made in taken:
        letters = _DIGITS if len(made) % 2 else _LETTERS
        number, at = divmod(number, len(letters))
        made += letters[at]
    return made


def record_of(theme: Theme) -> CuratedTheme:
    """What stands for a theme in themes.toml, so that any rebuild knows it again."""
    if theme.record is not None:
        return theme.record
    if theme.key.startswith(PREFIX):
        return CuratedTheme(name=theme.name, seed=theme.key, suggested=True)
    nearest = theme.sentences.nearest(KNOWN_BY)
    quotes = tuple(quote_of(each) for each in nearest)
    return CuratedTheme(name=theme.name, quotes=quotes, suggested=True)


def quote_of(sentence: Sentence) -> CuratedQuote:
    """Name a sentence by entry, answer and exact words."""
    passage = sentence.passage
    return CuratedQuote(entry=sentence.entry, answer=passage.answer, words=passage.text)
