"""Settings to what looking back is made with; loads it late."""

from contextlib import ExitStack, contextmanager
from functools import cache, partial
from threading import Event
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.adapters.keyboard import WALKING, Keys, TypedText, asked_line
from voicereflect.core.search.filters import EVERYTHING
from voicereflect.ui.progress import Leavable, LineProgress, ToldProgress
from voicereflect.wiring import decks, library, themes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voicereflect.adapters.vault.curated.pages_file import PagesFile
    from voicereflect.core.decks.laying import Group
    from voicereflect.flows.review.gathering import Gathering
    from voicereflect.flows.review.laying import Laying
    from voicereflect.flows.review.sheet import Sheet
    from voicereflect.flows.review.walking import Walk
    from voicereflect.flows.themes.curating import Curator
    from voicereflect.flows.themes.listing import Themes
    from voicereflect.model import Entry
    from voicereflect.ports.review import ReviewScreen
    from voicereflect.ports.screen import PlayingScreen, Progress


@contextmanager
def gathering() -> "Iterator[Gathering]":
    """What puts a look back together."""
    with themes.parts() as made:
        from voicereflect.flows.review.gathering import Gathering

        yield Gathering(
            themes=themes.themes_of(made),
            index=made.index,
            decks=wiring.deck_folder(wiring.settings()),
            depth=made.depth,
            settled=decks.preferences().read().settled,
            progress=made.progress,
        )


def laying(page: "Path") -> "Laying":
    """What lays a page into a folder outside the vault, and notes that it did."""
    from voicereflect.flows.review.laying import Laying

    return Laying(
        vault=wiring.vault(wiring.settings()),
        copies=library.copies(page.parent),
        pages=pages_made(),
        now=wiring.now,
        progress=LineProgress(),
    )


def pages_made() -> "PagesFile":
    """Which pages were made outside the vault."""
    from voicereflect.adapters.vault.curated.pages_file import PagesFile

    return PagesFile(wiring.files_of(wiring.settings()))


def sheet() -> "Sheet":
    """The quotes that were picked to be taken along."""
    from voicereflect.adapters.vault.curated.sheet_file import SheetFile
    from voicereflect.flows.review.sheet import Sheet

    chosen = wiring.settings()
    return Sheet(vault=wiring.vault(chosen), picks=SheetFile(wiring.files_of(chosen)))


@contextmanager
def walk(*, still: bool) -> "Iterator[Walk]":
    """A walk through everything; themes are opened when one is asked for."""
    from voicereflect.flows.review.finding import begun_in, found_in
    from voicereflect.flows.review.late_themes import LateThemes
    from voicereflect.flows.review.parts import WalkParts
    from voicereflect.flows.review.walking import Walk
    from voicereflect.wiring import recorded

    kept = wiring.vault(wiring.settings())
    screen, playing, shown, note = _screens(still=still)
    left = Event()
    progress = Leavable(shown, left.is_set)
    with ExitStack() as stack:
        browsing = stack.enter_context(library.browsing())
        searching = cache(lambda: stack.enter_context(library.search(progress, note)))
        door = LateThemes(
            lambda: stack.enter_context(_themes_and_hand(progress, note)), kept.load, screen.told
        )
        yield Walk(
            WalkParts(
                vault=kept,
                lines=lambda: browsing.listing(EVERYTHING).lines,
                search=lambda words: found_in(searching(), words, exact=False),
                begun=lambda words: begun_in(searching(), words, browsing.depth),
                said=lambda name: found_in(searching(), f'"{name}"', exact=True),
                laid=_laid(),
                themes=door,
                sheet=sheet(),
                tag=lambda entry, changes: library.entry_admin().tag(entry, changes),
                play=lambda reference: recorded.player(playing).run(reference),
                keyboard=Keys(WALKING),
                leaving=left.set,
                typed_line=asked_line,
                typist=None if still else TypedText(),
                screen=screen,
                beside=not still,
            )
        )


@contextmanager
def _themes_and_hand(
    progress: "Progress", note: "Callable[[str], None]"
) -> "Iterator[tuple[Themes, Curator]]":
    with themes.themes(progress, note) as found:
        yield found, themes.hand_in(found)


def _laid() -> "Callable[[Entry], tuple[Group, ...]]":
    """How the answers of an entry that count are laid out; each deck is read once."""
    from voicereflect.core.decks.laying import laid_out
    from voicereflect.core.safety.consent import counting
    from voicereflect.flows.decks.readable import deck_if_readable

    deck_of = cache(partial(deck_if_readable, wiring.deck_folder(wiring.settings())))
    return lambda entry: laid_out(counting(entry), deck_of(entry.deck))


def _screens(
    *, still: bool
) -> "tuple[ReviewScreen, PlayingScreen, Progress, Callable[[str], None]]":
    """Where one walks, where what is heard is shown, how far something is, and what is noted."""
    from voicereflect.ui.library.playing import StillPlaying
    from voicereflect.ui.review.full import FullReview
    from voicereflect.ui.review.still import StillReview

    if not still:
        full = FullReview()
        return full, full, ToldProgress(full.told), full.noted
    player = StillPlaying(attended=True, heading=False, follow=wiring.follows_cursor())
    return StillReview(), player, LineProgress(), library.notes
