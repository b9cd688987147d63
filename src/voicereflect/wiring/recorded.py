"""What was recorded before: settings to the flows that hear it again, mend it or import it.

Late imports, by the rules of `wiring`.
"""

import random
import shutil
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.adapters.keyboard import Keys, attended, typed_line
from voicereflect.core.entry import languages
from voicereflect.ui.progress import LineProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicereflect.adapters.recordings import MediaFile
    from voicereflect.adapters.vault.beside import BesideEntries
    from voicereflect.config import Settings
    from voicereflect.core.entry.dates.recording_dates import Here
    from voicereflect.core.words.comparing.comparison import TextComparison
    from voicereflect.flows.library.importing import Importing
    from voicereflect.flows.library.playing import AnswerPlayer
    from voicereflect.flows.library.transcripts.comparing import Comparing
    from voicereflect.flows.library.transcripts.fixing import Fixer
    from voicereflect.flows.library.transcripts.transcribing import LanguageTold, Transcribing
    from voicereflect.flows.library.transcripts.word_times import Meant
    from voicereflect.model import Answer, Entry
    from voicereflect.ports.screen import PlayingScreen
    from voicereflect.ui.library.importing import ImportLines


def player(screen: "PlayingScreen | None" = None) -> "AnswerPlayer":
    """One's own voice, heard again; without a screen of one's own, on one that fits."""
    from voicereflect.adapters.portaudio.loudspeaker import LATENCY_S
    from voicereflect.adapters.tempo import at_speed
    from voicereflect.flows.library.playing import AnswerPlayer, PlayParts
    from voicereflect.ui.library.playing import LivePlaying, StillPlaying

    chosen, there = wiring.settings(), attended()
    if screen is None:
        moving = wiring.moving(attended=there)
        follow = there and wiring.follows_cursor()
        screen = (
            LivePlaying(attended=there) if moving else StillPlaying(attended=there, follow=follow)
        )
    parts = PlayParts(
        vault=wiring.vault(chosen),
        loudspeaker=wiring.loudspeaker(chosen),
        keyboard=Keys(),
        screen=screen,
        at_speed=at_speed,
        monotonic_s=time.monotonic,
        latency_s=LATENCY_S,
    )
    return AnswerPlayer(parts)


def fixer() -> "Fixer":
    """Unsure words, heard and settled."""
    from voicereflect.flows.library.transcripts.fixing import Fixer, FixParts
    from voicereflect.ui.library.fixing import FixPage

    chosen = wiring.settings()
    parts = FixParts(
        vault=wiring.vault(chosen),
        loudspeaker=wiring.loudspeaker(chosen),
        screen=FixPage(still=not wiring.moving(attended=attended())),
        typed_line=typed_line,
        attended=attended(),
    )
    return Fixer(parts)


def recordings(paths: list[Path]) -> "list[MediaFile]":
    """Files to be imported."""
    from voicereflect.adapters.recordings import MediaFile

    return [MediaFile(path) for path in paths]


def importing(
    screen: "ImportLines", *, date: str | None, language: str | None, speaker: str
) -> "Importing":
    """Recordings made elsewhere, kept and written down."""
    from voicereflect.core.entry.dates.recording_dates import from_person
    from voicereflect.flows.library.importing import Importing
    from voicereflect.flows.library.transcripts.transcribing import Transcribing

    chosen = wiring.settings()
    given = from_person(date) if date else None
    wiring.expect_heard(chosen, language or chosen.language)
    kept = wiring.vault(chosen)
    worker = wiring.transcriber(chosen, live=False)
    return Importing(
        vault=kept,
        screen=screen,
        here=here,
        dice=random.SystemRandom(),
        transcribing=Transcribing(
            kept, worker, Keys(), screen, now=wiring.now, spoken=spoken(chosen)
        ),
        language=language or chosen.language,
        speaker=speaker,
        date=given,
    )


def transcribing(model: str | None = None, language: str | None = None) -> "Transcribing":
    """What gives sound that is kept already its texts."""
    from voicereflect.flows.library.transcripts.transcribing import Transcribing

    chosen = wiring.settings()
    if language is not None:
        wiring.expect_heard(chosen, language, model)
    return Transcribing(
        wiring.vault(chosen),
        wiring.transcriber(chosen, live=False, model=model),
        Keys(),
        LineProgress(),
        now=wiring.now,
        spoken=spoken(chosen, model, language),
    )


def cannot_tell(model: str | None = None) -> str:
    """Say that the speech model hears one language only; empty where it hears several."""
    from voicereflect.adapters.model_store import shipped_catalogue

    catalogue, name = shipped_catalogue(), model or wiring.settings().model
    if name not in catalogue.names:
        return ""
    return languages.cannot_tell(catalogue.find(name).languages, name)


def spoken(
    chosen: "Settings", model: str | None = None, language: str | None = None
) -> "Callable[[str], LanguageTold]":
    """What tells the language to write for that of an entry, if the model can hear it."""
    from voicereflect.flows.library.transcripts.transcribing import LanguageTold

    def _spoken(of_entry: str) -> LanguageTold:
        written = language or of_entry
        wiring.expect_heard(chosen, written, model)
        return LanguageTold(code=written, told=language is not None)

    return _spoken


def meant(reference: str) -> "Meant":
    """The entry a reference names, and the answers it means."""
    from voicereflect.flows.library.transcripts.word_times import meant

    return meant(wiring.vault(wiring.settings()), reference)


def comparing() -> "Comparing":
    """Transcripts and texts, side by side."""
    from voicereflect.flows.library.transcripts.comparing import Comparing

    return Comparing(wiring.vault(wiring.settings()))


def here() -> "Here":
    """What this machine knows of time."""
    from voicereflect.core.entry.dates.recording_dates import Here

    return Here(now=wiring.now(), in_zone=datetime.astimezone)


def beside() -> "BesideEntries":
    """Pictures and other files in the folders of entries."""
    from voicereflect.adapters.vault.beside import BesideEntries

    return BesideEntries(wiring.files_of(wiring.settings()))


def show_page(entry: "Entry", answers: "tuple[Answer, ...]", *, plain: bool) -> None:
    """Print answers as their deck lays them out, unsure words marked where a terminal can."""
    from voicereflect.flows.decks.listing import laid_as_in_deck
    from voicereflect.ui.library.reading import page

    moving = wiring.moving(attended=True)
    groups = laid_as_in_deck(wiring.deck_folder(wiring.settings()), entry, answers)
    columns = shutil.get_terminal_size().columns if moving else 0
    doubts = {} if plain else comparing().doubts(entry)
    uncertain = {number: each.stretches for number, each in doubts.items()}
    shown = page(entry, groups, columns, uncertain, beside().names(entry.id))
    if plain or not moving:
        sys.stdout.write(f"{shown.text}\n")
        return
    from voicereflect.ui.library import marking

    marking.show(shown, answers, {number: each.words for number, each in doubts.items()})


def show_differences(found: "Sequence[TextComparison]") -> None:
    """Print comparisons, in colours where a terminal has them."""
    from voicereflect.ui.library.comparing import show

    show(found, styled=wiring.moving(attended=True))
