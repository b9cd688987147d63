"""Names that filters were given and that nothing has; knows no command."""

from collections.abc import Iterator, Sequence

from voicereflect.core.search.filters import NameKind, Wanted
from voicereflect.core.search.names import did_you_mean, plain
from voicereflect.errors import SettingsError
from voicereflect.ports.decks import Decks
from voicereflect.ports.index import EntryIndex

FEW = 12
"""So many names are listed where none is spelt alike."""


def expect_known(index: EntryIndex, decks: Decks, wanted: Wanted) -> None:
    """See whether there is a deck, tag, prompt or speaker of each name that was asked for.

    Raises:
        SettingsError: there is none; with the names that are spelt alike, or a few that there are.
    """
    for what, typed in _asked_for(wanted):
        names = {*index.names(what), *(decks.names() if what is NameKind.DECK else ())}
        if what is NameKind.PROMPT and "/" not in typed:
            names = {each.partition("/")[2] for each in names}
        if plain(typed) in map(plain, names):
            continue
        few = _few(sorted(names))
        raise SettingsError(
            f'There is no {what.value} "{typed}".', hint=did_you_mean(typed, names) or few
        )


def _few(names: Sequence[str]) -> str:
    if not names:
        return "There is none yet."
    begin = "There are" if len(names) <= FEW else f"There are {len(names)}, among them"
    return f"{begin}: {', '.join(names[:FEW])}."


def _asked_for(wanted: Wanted) -> Iterator[tuple[NameKind, str]]:
    if wanted.deck:
        yield NameKind.DECK, wanted.deck
    if wanted.prompt:
        yield NameKind.PROMPT, wanted.prompt
    if wanted.speaker:
        yield NameKind.SPEAKER, wanted.speaker
    for tag in wanted.tags:
        yield NameKind.TAG, tag
