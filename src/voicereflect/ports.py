"""The seams: what flows ask of the outside world, in one sitting; knows model and errors.

Bytes cross them, never file names: behind them may stand a sealed vault, or a pipe.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from voicereflect.errors import DeviceError
from voicereflect.model import Answer, Clip, Deck, Entry, Report, Span, TakeInfo, Transcript


class Voice(Protocol):
    """Turns a text into speech."""

    def render(
        self, text: str, *, pace: float = 1.0, private: bool = False, ahead: bool = False
    ) -> Clip:
        """Render one text; `pace` 0.8 is slower. May take a second.

        `private` keeps no copy; `ahead` gives way to whatever else runs: nobody waits for it yet.

        Raises:
            VoiceError: no voice, or it failed, hung or gave no sound.
        """

    def close(self) -> None:
        """End whatever renders, from any thread; a later text may begin anew."""


class Loudspeaker(Protocol):
    """Plays clips, one at a time."""

    def play(self, clip: Clip, ended: Callable[[DeviceError | None], None]) -> None:
        """Begin to play and return at once.

        `ended` is called once, from another thread: all was heard, `stop`, or the device failed.

        Raises:
            NoLoudspeaker: the device cannot be opened.
        """

    def stop(self) -> None:
        """Fall silent now; safe when nothing plays."""


class Listener(Protocol):
    """Where a recorder puts what it hears; called from the recorder's thread."""

    def heard(self, pcm: bytes) -> bool:
        """Take one block, under a second long; never blocks.

        False means that there was no room and the block was not taken: a
        device counts an overflow, a recording waits and offers it again.
        """

    def ended(self, problem: DeviceError | None) -> None:
        """The sound is over by itself: a recording's end, or a lost device."""


class Recorder(Protocol):
    """A microphone, or recordings that stand in for one."""

    @property
    def rate_hz(self) -> int:
        """Sample rate of the blocks; known once prepared."""

    @property
    def overflows(self) -> int:
        """Blocks lost since `start`."""

    def more(self, prompt: str) -> bool:
        """Tell at once whether there is anything to hear for `prompt` (`deck/prompt`).

        Raises:
            RecordingUnreadable: the folder of recordings cannot be read.
        """

    def prepare(self, prompt: str) -> None:
        """Get ready to hear an answer to `prompt`; may take a tenth of a second.

        Raises:
            NoMicrophone: the device cannot be opened.
            RecordingUnreadable: the next recording cannot be decoded.
        """

    def use(self, name: str) -> None:
        """Hear another device from the next `prepare` or `start` on: one an error told of."""

    def start(self, listener: Listener) -> None:
        """Hear from this moment on; what came before is dropped."""

    def stop(self) -> None:
        """Stop hearing; no block is delivered after the return."""

    def close(self) -> None:
        """Let go of the device."""


class Keyboard(Protocol):
    """Single keys from a terminal, and Ctrl-C."""

    def listen(self, pressed: Callable[[str], None]) -> AbstractContextManager[None]:
        """Report each key while inside: `"enter"`, `"space"`, a letter or digit, `"interrupt"`.

        Also `"left"`, `"+"` and `"-"`. Without a terminal there is only `"interrupt"`.
        """


class Transcriber(Protocol):
    """The speech worker: a process of its own, never in the way of the microphone.

    Calls return at once and never raise; everything comes back as reports,
    from another thread, in order for each recording.
    """

    def start(self, report: Callable[[Report], None]) -> None:
        """Begin to load the model."""

    def open(self, rate_hz: int, language: str) -> int:
        """Announce a recording, of one language; give a number that no other one ever has."""

    def feed(self, recording: int, pcm: bytes) -> None:
        """Pass on the next samples."""

    def segment(self, recording: int, span: Span) -> None:
        """Ask for a live segment; goes before the next step of any window."""

    def window(self, recording: int, span: Span, *, last: bool) -> None:
        """Ask for the next window of the whole-answer pass and let its samples go."""

    def close(self) -> None:
        """End the worker; what it has not read stays unread."""


class Take(Protocol):
    """An answer's sound while it is being recorded; on disk from the first block."""

    def append(self, pcm: bytes) -> None:
        """Write one block; it is durable after the next `sync`.

        Raises:
            VaultUnwritable: no room or no permission; earlier blocks stand.
        """

    def sync(self) -> None:
        """Make all that was appended survive a power cut."""

    def note(self, info: TakeInfo) -> None:
        """Keep what is known besides the samples."""

    def finish(self) -> TakeInfo:
        """Turn blocks into FLAC, compare the decoded samples, then drop the blocks.

        May be called from another thread than `append`, once that has ended.
        If the FLAC cannot be made the blocks stay, and stay readable.

        Raises:
            VaultUnwritable: no room for the FLAC.
        """

    def discard(self, reason: str) -> None:
        """Move the take to the trash, with the reason and the date."""


class Vault(Protocol):
    """The folder of truth."""

    def create(self, entry: Entry) -> AbstractContextManager[None]:
        """Make the entry's folder and hold its lock while inside.

        Raises:
            VaultUnwritable: no room, no permission, or no such folder.
        """

    def open_take(self, entry_id: str, number: int, info: TakeInfo) -> Take:
        """Begin the sound of answer `number`."""

    def update(self, entry_id: str, change: Callable[[Entry], Entry]) -> Entry:
        """Read the entry, change it and save it, all under the vault's lock.

        Durable on return. Hand edits made since the last read are in what `change` receives.

        Raises:
            EntryUnreadable: someone mangled the file; it is left alone.
            VaultUnwritable: the old file still stands.
        """

    def discard_answer(self, entry_id: str, number: int, reason: str) -> None:
        """Move an answer's files to the trash, with the reason and the date."""

    def discard(self, entry_id: str, reason: str) -> Path:
        """Move an entry to the trash, with the reason and the date."""

    def destroy(self, entry_id: str) -> None:
        """Remove an entry, and all of it that lies in the trash, for good."""

    def add_transcript(self, entry_id: str, number: int, transcript: Transcript) -> None:
        """Keep one more machine transcript; earlier ones stay."""

    def load(self, entry_id: str) -> Entry:
        """Read one entry.

        Raises:
            EntryNotFound: no entry has this id.
            EntryUnreadable: with file and line.
        """

    def ids(self) -> tuple[str, ...]:
        """All entries, oldest first."""

    def newest(self, count: int) -> tuple[str, ...]:
        """The newest entries, oldest first; reads few heads."""

    def transcripts(self, entry_id: str, number: int) -> tuple[Transcript, ...]:
        """An answer's machine transcripts, oldest first."""

    def take_info(self, entry_id: str, number: int) -> TakeInfo:
        """What is known of an answer's sound."""

    def sound(self, entry_id: str, number: int, *, start: int = 0) -> Iterator[bytes]:
        """An answer's samples in blocks, from FLAC or an unfinished take; from sample `start`."""


class Decks(Protocol):
    """Where decks are found: the user's own first, then the shipped ones."""

    def names(self) -> tuple[str, ...]:
        """Every deck, by name."""

    def load(self, name: str) -> Deck:
        """Read one deck.

        Raises:
            DeckError: unknown, or broken: file, line, what.
        """


class Screen(Protocol):
    """What a person sees of a session; never raises, never waits."""

    def opened(self, deck: Deck, source: str) -> None:
        """The session begins; `source` is what will be heard."""

    def said(self, words: str) -> None:
        """The product speaks outside a question: the opening."""

    def asked(self, number: int, total: int, words: str) -> None:
        """A question begins to be spoken."""

    def offered(self, options: Sequence[str]) -> None:
        """What can be picked by number; the question stands above."""

    def put(self, words: str, options: Sequence[str]) -> None:
        """A choice about the session itself."""

    def quoted(self, intro: str, words: str) -> None:
        """An earlier answer, dated and verbatim; without words only where it is heard."""

    def paused(self, *, paused: bool) -> None:
        """Nothing is kept for now, or it goes on."""

    def held(self, others: Sequence[str]) -> None:
        """The device went away; a key goes on with a second part, a number with another one."""

    def listening(self, number: int) -> None:
        """The recording of answer `number` begins now."""

    def level(self, dbfs: float, elapsed_s: float) -> None:
        """How loud the last block was, and the length of the take so far."""

    def live(self, number: int, text: str) -> None:
        """Text of an answer that is still being worked on."""

    def read(self, answer: Answer) -> None:
        """An answer's settled text, saved; or its silence."""

    def settling(self, *, done_s: float, total_s: float) -> None:
        """How much sound is transcribed of all that waits."""

    def note(self, line: str) -> None:
        """One calm line about something that went otherwise."""

    def saved(self, entry: Entry) -> None:
        """Everything is on disk, synced."""

    def close(self) -> None:
        """Give the terminal back."""


class Progress(Protocol):
    """Tells a person how far something slow is."""

    def step(self, what: str, *, done: float, total: float) -> None:
        """Report; `done == total` ends the line."""


class Pages(Protocol):
    """A vault's own texts beside its entries, such as `programme.toml`."""

    def page(self, name: str) -> str:
        """One text; empty while there is none."""

    def change_page(self, name: str, change: Callable[[str], str]) -> None:
        """Replace a text by what `change` makes of it, under the vault's lock; durable."""
