"""What a person does to their themes: one small change of themes.toml each.

Knows ports and core. No name of a theme stands in an error: names are made of
words that somebody said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from voicereflect.core.entry import refs
from voicereflect.core.safety.consent import counting
from voicereflect.core.themes import curation as rules
from voicereflect.core.themes.clustering.finding import LIST_THEM, WHOLE_NAME, find, find_to_confirm
from voicereflect.core.themes.curation import CuratedQuote, CuratedTheme, Curation
from voicereflect.core.themes.keeping import record_of
from voicereflect.core.themes.passages import ThemePassage, passages_of
from voicereflect.core.themes.theme import Theme
from voicereflect.errors import EntryNotFound, ThemeNotFound
from voicereflect.flows.themes.listing import Themes
from voicereflect.model import Entry
from voicereflect.ports.themes import Curations


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a change."""

    changed: bool
    """False: it was so already, and there is nothing to take back."""
    waits: bool = False
    """Whether the theme is shown only after a yes that is still to be said."""
    sentence: str = ""
    """The words that were moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeAnswer:
    """A theme after a yes, or after a yes that was taken back."""

    theme: Theme
    listed: bool


class Curator:
    """The person's own hand."""

    def __init__(self, themes: Themes, curations: Curations) -> None:
        self._themes = themes
        self._curations = curations

    def rename(self, name: str, new: str) -> Done:
        """Give a theme another name.

        Raises:
            ThemeNotFound: it means none or several, or another theme has the new name.
        """
        themes, clean = self._themes.overview().themes, _clean(new)
        theme = find(themes, name)
        fresh, low = record_of(theme), clean.casefold()
        others = {each.name.casefold() for each in themes if each.key != theme.key}
        known = self._themes.known_titled(clean)
        if low in others or (known is not None and known.key not in (theme.key, fresh.seed)):
            raise rules.name_taken()
        return self._changed(theme, lambda before: rules.renamed(before, theme.name, fresh, clean))

    def merge(self, name: str, into: str) -> Done:
        """Let one theme become part of another."""
        themes = self._themes.overview().themes
        source, target = find(themes, name), find(themes, into)
        if source.key == target.key:
            raise ThemeNotFound("These are the same theme.", hint=LIST_THEM)

        def edit(before: Curation) -> Curation:
            after = rules.changed(before, target.name, record_of(target), lambda record: record)
            fresh = record_of(source)
            return rules.changed(
                after, source.name, fresh, lambda record: replace(record, into=target.name)
            )

        changed = self._curations.change(edit)
        confirmed = target.record is not None and target.record.confirmed
        waits = (source.waits_for_yes or target.waits_for_yes) and not confirmed
        return Done(changed=changed, waits=waits)

    def keep_apart(self, name: str, other: str, *, apart: bool = True) -> Done:
        """Offer two themes as one no more, or again.

        Raises:
            ThemeNotFound: it means none or several, one that has no handle, or the same twice.
        """
        themes = self._themes.overview().themes
        first, second = find(themes, name), find(themes, other)
        if first.key == second.key:
            raise ThemeNotFound("These are the same theme.", hint=LIST_THEM)
        if not (first.handle and second.handle):
            raise ThemeNotFound("One of them waits for your yes.", hint=WHOLE_NAME)

        def edit(before: Curation) -> Curation:
            for one, twin in ((first, second), (second, first)):
                without = tuple(each for each in record_of(one).apart if each != twin.handle)
                kept = (*without, twin.handle) if apart and one is first else without
                change = partial(replace, apart=kept)
                if kept != record_of(one).apart:
                    before = rules.changed(before, one.name, record_of(one), change)
            return before

        return Done(changed=self._curations.change(edit))

    def mark(self, name: str, *, hidden: bool | None = None, pinned: bool | None = None) -> Done:
        """Hide or show, pin or loosen."""
        theme = self._find(name)
        chosen = {"hidden": hidden, "pinned": pinned}
        given = {key: value for key, value in chosen.items() if value is not None}
        done = self._change(theme, lambda record: replace(record, **given))  # type: ignore[arg-type]
        return replace(done, waits=done.waits and not hidden)

    def confirm(self, name: str, *, yes: bool) -> ThemeAnswer:
        """Say yes to a theme that is sensitive, or take the yes back; to others nothing is done."""
        overview = self._themes.overview()
        theme = find_to_confirm(overview.themes, name)
        if not theme.sensitive:
            return ThemeAnswer(theme=theme, listed=False)
        self._change(theme, lambda record: replace(record, confirmed=yes))
        after = replace(theme, record=replace(record_of(theme), confirmed=yes))
        themes = tuple(after if each is theme else each for each in overview.themes)
        listed = replace(overview, themes=themes).listed
        return ThemeAnswer(theme=after, listed=any(each is after for each in listed))

    def move(self, entry: Entry, reference: refs.Reference, to: str | None) -> Done:
        """Put one sentence into a theme, or into none."""
        quote = quote_at(entry, reference)
        if to is None:
            edit = partial(rules.moved, quote=quote, to=rules.NOWHERE)
            return Done(changed=self._curations.change(edit), sentence=quote.words)
        theme = self._find(to)

        def edited(before: Curation) -> Curation:
            after = rules.changed(before, theme.name, record_of(theme), lambda record: record)
            return rules.moved(after, quote, theme.name)

        return replace(self._changed(theme, edited), sentence=quote.words)

    def add(
        self, name: str, *, examples: Sequence[str], words: Sequence[str], strictness: float
    ) -> Done:
        """Make a theme of one's own, or add to the one that has this name."""
        if not examples and not words:
            raise ThemeNotFound(
                "A theme of your own needs an example sentence or exact words.",
                hint="Give `--word`, `--like REF`, or sentences on standard input.",
            )

        def change(record: CuratedTheme) -> CuratedTheme:
            return replace(
                record,
                examples=tuple(dict.fromkeys((*record.examples, *examples))),
                words=tuple(dict.fromkeys((*record.words, *words))),
                strictness=strictness,
                suggested=False,
            )

        clean = _clean(name)
        fresh, waits = self._record_of(clean)
        edit = partial(rules.changed, name=clean, fresh=fresh, change=change)
        return Done(changed=self._curations.change(edit), waits=waits)

    def undo(self) -> bool:
        """Take the last change back."""
        return self._curations.undo()

    def _record_of(self, name: str) -> tuple[CuratedTheme, bool]:
        """The theme of this name, or a new one if none has it; and whether it waits for a yes.

        Two themes of one name could not be told apart.
        """
        low = name.casefold()
        for theme in self._themes.overview().themes:
            if theme.name.casefold() == low:
                return record_of(theme), theme.waits_for_yes
        known = self._themes.known_titled(name)
        if known is not None:  # nothing was said of it yet
            return CuratedTheme(name=name, seed=known.key), known.sensitive
        return CuratedTheme(name=name), False

    def _find(self, name: str) -> Theme:
        return find(self._themes.overview().themes, name)

    def _change(self, theme: Theme, change: Callable[[CuratedTheme], CuratedTheme]) -> Done:
        fresh = record_of(theme)
        if change(fresh) == fresh:
            return Done(changed=False)
        edit = partial(rules.changed, name=theme.name, fresh=fresh, change=change)
        return self._changed(theme, edit)

    def _changed(self, theme: Theme, edit: Callable[[Curation], Curation]) -> Done:
        return Done(changed=self._curations.change(edit), waits=theme.waits_for_yes)


def quote_at(entry: Entry, reference: refs.Reference) -> CuratedQuote:
    """Name the sentence a reference points into.

    Raises:
        EntryNotFound: no sentence that counts stands there, or there are several to choose from.
    """
    passages = [
        each
        for each in passages_of(replace(entry, answers=counting(entry))).passages
        if reference.answer in (None, each.answer)
        if reference.word is None or _covers(each, reference.word)
    ]
    if not passages:
        raise EntryNotFound(
            "No sentence stands there that themes take in.",
            hint="They pass over one without a word that says what it is about, "
            "and one that only says the question again; take one beside it.",
        )
    if len(passages) != 1:
        raise EntryNotFound(
            f"This names {len(passages)} sentences, and one is needed.",
            hint="Write ENTRY/ANSWER:WORD, as `voicereflect themes show` prints it.",
        )
    return CuratedQuote(entry=entry.id, answer=passages[0].answer, words=passages[0].text)


def _covers(passage: ThemePassage, word: int) -> bool:
    return passage.word <= word < passage.word + passage.words


def _clean(name: str) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise ThemeNotFound("A theme needs a name.", hint="Give one word or a few.")
    return clean
