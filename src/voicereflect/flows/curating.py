"""What a person does to their themes: one small change of themes.toml each.

Knows ports and core. No name of a theme stands in an error: names are made of
words that somebody said.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from voicereflect.core import refs
from voicereflect.core.consent import counting
from voicereflect.core.themes import curation as rules
from voicereflect.core.themes.curation import Curation, Quote, Record
from voicereflect.core.themes.finding import LIST_THEM, find
from voicereflect.core.themes.passages import Passage, passages_of
from voicereflect.core.themes.seeds import PREFIX
from voicereflect.core.themes.theme import Sentence, Theme
from voicereflect.errors import EntryNotFound, ThemeNotFound
from voicereflect.flows.themes import Curations, Themes
from voicereflect.model import Entry

KNOWN_BY = 5
"""Sentences by which a found theme is known again after a rebuild."""


class Curator:
    """The person's own hand."""

    def __init__(self, themes: Themes, curations: Curations) -> None:
        """Nothing is read yet."""
        self._themes = themes
        self._curations = curations

    def rename(self, name: str, new: str) -> None:
        """Give a theme another name."""
        theme = self._find(name)
        fresh = record_of(theme)
        self._curations.change(lambda before: rules.renamed(before, theme.name, fresh, _clean(new)))

    def merge(self, name: str, into: str) -> None:
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

        self._curations.change(edit)

    def mark(
        self,
        name: str,
        *,
        hidden: bool | None = None,
        pinned: bool | None = None,
        confirmed: bool | None = None,
    ) -> None:
        """Hide or show, pin or loosen, say yes to a theme that is sensitive."""
        theme = self._find(name)
        chosen = {"hidden": hidden, "pinned": pinned, "confirmed": confirmed}
        given = {key: value for key, value in chosen.items() if value is not None}
        self._change(theme, lambda record: replace(record, **given))  # type: ignore[arg-type]

    def move(self, entry: Entry, reference: refs.Reference, to: str | None) -> None:
        """Put one sentence into a theme, or into none."""
        quote = quote_at(entry, reference)
        if to is None:
            self._curations.change(partial(rules.moved, quote=quote, to=rules.NOWHERE))
            return
        theme = self._find(to)

        def edit(before: Curation) -> Curation:
            after = rules.changed(before, theme.name, record_of(theme), lambda record: record)
            return rules.moved(after, quote, theme.name)

        self._curations.change(edit)

    def add(
        self, name: str, *, examples: Sequence[str], words: Sequence[str], strictness: float
    ) -> None:
        """Make a theme of one's own, or add to the one that has this name."""
        if not examples and not words:
            raise ThemeNotFound(
                "A theme of your own needs an example sentence or exact words.",
                hint="Give `--words`, `--like REF`, or sentences on standard input.",
            )

        def change(record: Record) -> Record:
            return replace(
                record,
                examples=tuple(dict.fromkeys((*record.examples, *examples))),
                words=tuple(dict.fromkeys((*record.words, *words))),
                strictness=strictness,
            )

        clean = _clean(name)
        fresh = self._begun(clean)
        self._curations.change(lambda before: rules.changed(before, clean, fresh, change))

    def undo(self) -> bool:
        """Take the last change back."""
        return self._curations.undo()

    def _begun(self, name: str) -> Record:
        """Two themes of one name could not be told apart."""
        low = name.casefold()
        for theme in self._themes.overview().themes:
            if theme.name.casefold() == low:
                return record_of(theme)
        return Record(name=name)

    def _find(self, name: str) -> Theme:
        return find(self._themes.overview().themes, name)

    def _change(self, theme: Theme, change: Callable[[Record], Record]) -> None:
        fresh = record_of(theme)
        self._curations.change(lambda before: rules.changed(before, theme.name, fresh, change))


def record_of(theme: Theme) -> Record:
    """What stands for a theme in themes.toml, so that any rebuild knows it again."""
    if theme.record is not None:
        return theme.record
    if theme.key.startswith(PREFIX):
        return Record(name=theme.name, seed=theme.key)
    nearest = theme.sentences.nearest(KNOWN_BY)
    return Record(name=theme.name, quotes=tuple(quote_of(each) for each in nearest))


def quote_of(sentence: Sentence) -> Quote:
    """Name a sentence by entry, answer and exact words."""
    passage = sentence.passage
    return Quote(entry=sentence.entry, answer=passage.answer, words=passage.text)


def quote_at(entry: Entry, reference: refs.Reference) -> Quote:
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
    if len(passages) != 1:
        raise EntryNotFound(
            f"This names {len(passages)} sentences, and one is needed.",
            hint="Write ENTRY/ANSWER:WORD, as `voicereflect themes show` prints it.",
        )
    return Quote(entry=entry.id, answer=passages[0].answer, words=passages[0].text)


def _covers(passage: Passage, word: int) -> bool:
    return passage.word <= word < passage.word + passage.words


def _clean(name: str) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise ThemeNotFound("A theme needs a name.", hint="Give one word or a few.")
    return clean
