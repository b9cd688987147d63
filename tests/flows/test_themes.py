"""Themes of a real vault: brought up to date, attributed, curated, heard; with vectors made up."""

import os
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support import diaries
from tests.support.fakes import StubKeyboard, StubLoudspeaker, StubVoice
from tests.support.vaults import ID, NOW, RATE_HZ, made_entry, make_entry, make_vault, recorded
from voicereflect.adapters.caches.themes import FolderThemeCache
from voicereflect.adapters.deck_folder import DeckFolder, shipped_folder
from voicereflect.adapters.index.index import Index
from voicereflect.adapters.vault.beside import BesideEntries
from voicereflect.adapters.vault.curated.curations import CurationFile
from voicereflect.adapters.vault.curated.pages_file import PagesFile
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.entry.decisions import decided, undecided
from voicereflect.core.entry.entries import with_transcript
from voicereflect.core.entry.ids import short
from voicereflect.core.entry.refs import Reference
from voicereflect.core.exchange.values import ExportFormat, ToExport
from voicereflect.core.safety.returning import may_return
from voicereflect.core.themes.clustering.finding import find, find_to_show
from voicereflect.core.themes.known import KnownTheme
from voicereflect.core.themes.names.named import named
from voicereflect.core.themes.passages import PassagePlace, ThemePassage
from voicereflect.core.themes.theme import Sentence
from voicereflect.errors import EntryNotFound, ThemeNotFound
from voicereflect.flows.exchange.exporting import Export
from voicereflect.flows.library.finding.depths import depths_of
from voicereflect.flows.themes.curating import Curator, quote_at
from voicereflect.flows.themes.listing import ThemeParts, Themes
from voicereflect.flows.themes.making import KEEP_EVERY, overview
from voicereflect.flows.themes.playing import ThemePlayer, clip_of, spoken_date
from voicereflect.model import Answer, Consent, Entry, Segment, Transcript, Word
from voicereflect.ports.screen import Progress
from voicereflect.ui import theme_list as lists
from voicereflect.ui import themes as pages
from voicereflect.ui.progress import NoProgress
from voicereflect.wiring import themes as wiring


def garden(number: int) -> str:
    return f"Tomatoes in the garden ripened near {spelt(number)}."


def train(number: int) -> str:
    return f"The train to harbours was delayed by {spelt(number)}."


def spelt(number: int) -> str:
    return f"{diaries.WORDS[number % 12]} {chr(97 + number % 26)}{chr(97 + number // 26)}x"


AGREED = {"mother": Consent(kept=True, themes=True)}


class StoppedAfter(NoProgress):
    """A person who presses Ctrl-C once so many entries were read for themes."""

    def __init__(self, entries: int) -> None:
        self._entries = entries

    def step(self, what: str, *, done: float, total: float) -> None:
        if what == "Reading for themes" and self._entries < done <= total:
            raise KeyboardInterrupt


class Rig:
    """A vault with themes in it."""

    def __init__(self, root: Path, files: type[Files] = Files) -> None:
        self.files = files(root / "vault")
        self.vault: FolderVault = make_vault(self.files)
        self.meaning = diaries.WordMeaning()
        self.cache = FolderThemeCache(root / "cache" / "themes")
        self.curations = CurationFile(self.files)
        self.index = Index(root / "cache" / "index.sqlite")
        self.heavy: set[str] = set()
        self.begin()

    def begin(self, seeds: Sequence[KnownTheme] = (), progress: Progress | None = None) -> None:
        self.themes = Themes(
            ThemeParts(
                index=self.index,
                pages=self.vault,
                meaning=self.meaning,
                cache=self.cache,
                curations=self.curations,
                secret=b"a secret",
                known=seeds,
                layer=lambda: None,
                depth=lambda deck: "heavy" if deck in self.heavy else "light",
                progress=progress or NoProgress(),
            ),
            overview,
        )
        self.curator = Curator(self.themes, self.curations)

    def say(self, day: int, *texts: str, change: Callable[[Entry], Entry] = lambda e: e) -> Entry:
        at = datetime(2026, 1, 1, 9, tzinfo=NOW.tzinfo) + timedelta(days=day)
        entry = make_entry(f"{at:%Y%m%dT%H%M%SZ}-aaaa", answers=len(texts))
        answers = [replace(a, text=t) for a, t in zip(entry.answers, texts, strict=True)]
        return made_entry(self.vault, change(replace(entry, answers=tuple(answers))))

    def fill(self, entries: int = 20) -> None:
        for day in range(entries):
            self.say(day * 2, f"{garden(day)} {garden(day + 100)}", train(day))

    def names(self) -> list[str]:
        return [theme.name for theme in self.themes.overview().shown]


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path)


def test_what_recurs_is_found_and_quoted(rig: Rig) -> None:
    rig.fill()
    theme = find(rig.themes.overview().themes, "garden")
    assert theme.recurs
    assert all("garden" in each.passage.text for each in theme.sentences)
    assert len(theme.days) == 20


def test_a_look_keeps_handles_and_a_rebuild_changes_no_byte_of_them(
    rig: Rig, tmp_path: Path
) -> None:
    rig.fill()
    assert not (tmp_path / "vault" / "themes.toml").exists()
    first = rig.themes.overview()
    kept = (tmp_path / "vault" / "themes.toml").read_bytes()
    shutil.rmtree(tmp_path / "cache")
    rig.index = Index(tmp_path / "cache" / "index.sqlite")
    rig.begin()
    assert rig.themes.overview().themes == first.themes
    assert (tmp_path / "vault" / "themes.toml").read_bytes() == kept
    assert not rig.curator.undo()


def test_a_second_look_embeds_nothing(rig: Rig) -> None:
    rig.fill()
    first = rig.themes.overview()
    rig.meaning.asked.clear()
    assert rig.themes.overview() == first
    assert rig.meaning.asked == []


def test_a_lost_cache_changes_nothing(rig: Rig, tmp_path: Path) -> None:
    rig.fill()
    first = rig.themes.overview()
    shutil.rmtree(tmp_path / "cache")
    again = Rig(tmp_path)
    assert again.themes.overview() == first


def test_another_model_is_told_once_and_what_the_person_did_stays(rig: Rig) -> None:
    rig.fill()
    assert not rig.themes.overview().read_otherwise
    rig.curator.rename("garden", "what grows")
    rig.meaning.name = "words-2"
    after = rig.themes.overview()
    assert after.read_otherwise
    assert find(after.themes, "what grows").recurs
    assert not rig.themes.overview().read_otherwise


def test_another_model_is_told_when_what_was_stopped_halfway_is_whole(rig: Rig) -> None:
    rig.fill(KEEP_EVERY + 2)
    rig.themes.overview()
    rig.meaning.name = "words-2"
    rig.begin(progress=StoppedAfter(KEEP_EVERY))
    with pytest.raises(KeyboardInterrupt):
        rig.themes.overview()
    rig.begin()
    assert rig.themes.overview().read_otherwise
    assert not rig.themes.overview().read_otherwise


def test_of_the_newest_entry_nothing_is_kept_aside_once_it_is_gone(rig: Rig) -> None:
    rig.fill()
    rig.themes.overview()
    before = rig.cache.clusterer()
    newest = rig.say(100, "Nobody else ever mentioned the lighthouse keeper.")
    rig.themes.overview()
    assert newest.id.encode() in rig.cache.clusterer()
    rig.vault.discard(newest.id, "deleted")
    rig.themes.overview()
    assert rig.cache.clusterer() == before


def test_damaged_vectors_of_examples_are_made_again(rig: Rig, tmp_path: Path) -> None:
    rig.fill()
    examples = (garden(1), garden(2))
    seed = KnownTheme(key="seed:x", title="plants", examples=examples, sensitive=False)
    rig.begin(seeds=[seed])
    first = rig.themes.overview()
    (kept,) = (tmp_path / "cache" / "themes").glob("vectors-*")
    kept.write_bytes(kept.read_bytes()[:-2])
    rig.cache.keep_clusterer(b"")
    assert rig.themes.overview() == first


def test_an_empty_vault_has_no_themes(rig: Rig) -> None:
    assert rig.themes.overview().themes == ()


def test_words_of_another_speaker_count_only_with_consent(rig: Rig) -> None:
    def hers(entry: Entry) -> Entry:
        second = replace(entry.answers[1], speaker="mother")
        return replace(entry, speakers=("me", "mother"), answers=(entry.answers[0], second))

    def agreed(entry: Entry) -> Entry:
        return replace(hers(entry), consent=AGREED)

    for day in range(20):
        rig.say(day * 2, garden(day), train(day), change=hers)
    assert not any("train" in name for name in rig.names())
    for day in range(20, 40):
        rig.say(day * 2, garden(day), train(day), change=agreed)
    theme = find(rig.themes.overview().themes, "train")
    assert {each.passage.speaker for each in theme.sentences} == {"mother"}


def test_a_sentence_of_another_speaker_is_no_example_without_consent() -> None:
    entry = replace(make_entry(text=garden(1)), speakers=("me", "mother"))
    hers = replace(entry, answers=(replace(entry.answers[0], speaker="mother"),))
    with pytest.raises(EntryNotFound):
        quote_at(hers, Reference(entry=ID, answer=1, word=1))
    agreed = replace(hers, consent=AGREED)
    assert quote_at(agreed, Reference(entry=ID, answer=1, word=1)).words == garden(1)


def test_a_later_sentence_without_her_yes_is_taken_from_every_theme_of_ones_own(rig: Rig) -> None:
    rig.curator.add("trains", examples=(), words=["train"], strictness=0.5)

    def hers(entry: Entry) -> Entry:
        second = replace(entry.answers[1], speaker="mother")
        answers = (entry.answers[0], second)
        return replace(entry, speakers=("me", "mother"), answers=answers, consent=AGREED)

    entry = rig.say(0, garden(1), train(1), change=hers)
    assert len(find(rig.themes.overview().themes, "trains").sentences) == 1
    rig.vault.update(entry.id, lambda e: replace(e, consent={}))
    assert len(find(rig.themes.overview().themes, "trains").sentences) == 0


def test_of_a_sensitive_theme_nothing_is_shown_before_the_yes(rig: Rig) -> None:
    examples = (garden(1), garden(2))
    seed = KnownTheme(key="seed:x", title="hard to name", examples=examples, sensitive=True)
    rig.begin(seeds=[seed])
    rig.fill()
    before = rig.themes.overview()
    (waits,) = before.unconfirmed
    assert waits.name == "hard to name"
    assert waits not in before.askable
    assert waits not in before.shown
    for name, told in (
        ("hard", "No theme has this name."),
        ("hrd to name", "No theme has this name."),
        (waits.name, "This theme is shown only with your yes."),
    ):
        with pytest.raises(ThemeNotFound) as caught:
            find_to_show(before.themes, name)
        assert caught.value.what == told
        assert "Did you mean" not in caught.value.hint
    rig.curator.confirm("hard to name", yes=True)
    after = rig.themes.overview()
    with pytest.raises(ThemeNotFound) as caught:
        find_to_show(after.themes, "hrd to name")
    assert 'Did you mean "hard to name"?' in caught.value.hint
    assert find_to_show(after.themes, "hard") in after.shown
    assert after.unconfirmed == ()
    rig.curator.confirm("hard to name", yes=False)
    assert [each.name for each in rig.themes.overview().unconfirmed] == [waits.name]


def test_what_a_yes_leads_to_is_told_as_it_is(rig: Rig) -> None:
    examples = (garden(1), garden(2))
    rig.begin(seeds=[KnownTheme(key="seed:x", title="hard", examples=examples, sensitive=True)])
    rig.fill()

    def told(name: str = "hard", *, yes: bool = True) -> str:
        answered = rig.curator.confirm(name, yes=yes)
        return pages.answered(answered.theme, listed=answered.listed)

    assert told(yes=False).startswith("It is shown only with your yes")
    assert not any(each.confirmed for each in rig.curations.read().records)
    (garden_only,) = rig.themes.overview().unconfirmed
    other = next(name for name in rig.names() if name != garden_only.name)
    assert told(other).startswith("This theme needs no yes.")
    assert not any(each.confirmed for each in rig.curations.read().records)
    assert told("HARD").startswith("It stands in the list from now on.")
    assert "hard" in rig.names()
    rig.curator.mark("hard", hidden=True)
    assert told().startswith("It is hidden")
    with pytest.raises(ThemeNotFound):
        told("har")


def test_a_yes_to_what_came_up_once_promises_no_place_in_the_list(rig: Rig) -> None:
    examples = (garden(1), garden(2))
    rig.begin(seeds=[KnownTheme(key="seed:x", title="hard", examples=examples, sensitive=True)])
    rig.fill(4)
    answered = rig.curator.confirm("hard", yes=True)
    assert "too rarely" in pages.answered(answered.theme, listed=answered.listed)
    assert rig.names() == []


def test_what_is_too_rare_is_counted_unless_it_waits_for_a_yes_or_is_hidden(rig: Rig) -> None:
    seed = KnownTheme(
        key="seed:x", title="plants", examples=(garden(1), garden(2)), sensitive=False
    )
    rig.begin(seeds=[seed])
    rig.fill(4)
    assert [each.name for each in rig.themes.overview().rare] == ["plants"]
    assert lists.too_rare(1).startswith("1 theme comes up too rarely")
    assert lists.too_rare(2).endswith("`--all` shows them.")
    rig.curator.mark("plants", hidden=True)
    assert rig.themes.overview().rare == ()
    rig.begin(seeds=[replace(seed, sensitive=True)])
    rig.curator.mark("plants", hidden=False)
    assert rig.themes.overview().rare == ()


def test_a_theme_that_got_its_yes_takes_no_other_out_of_the_list(rig: Rig) -> None:
    examples = (garden(1), garden(2))
    rig.begin(seeds=[KnownTheme(key="seed:x", title="hard", examples=examples, sensitive=True)])
    rig.fill()
    rig.curator.confirm("hard", yes=True)
    other = next(name for name in rig.names() if name != "hard")
    assert not rig.curator.merge("hard", other).waits
    assert other in rig.names()
    assert "hard" not in rig.names()


def test_a_change_that_changes_nothing_says_so_and_keeps_no_version(rig: Rig) -> None:
    rig.fill()
    assert not rig.curator.mark("garden", hidden=False).changed
    assert rig.curator.mark("garden", pinned=True).changed
    assert not rig.curator.mark("garden", pinned=True).changed
    assert rig.curator.undo()
    assert not rig.curator.undo()


@pytest.mark.parametrize(
    ("shown", "hidden", "unconfirmed", "begins"),
    [
        (0, 0, 0, ["Nothing recurs yet"]),
        (0, 1, 0, ["What recurs is hidden"]),
        (0, 0, 2, ["Shown only with your yes: 2 "]),
        (1, 0, 2, ["Counts and dates only", "Shown only with your yes: 2 more "]),
    ],
)
def test_nothing_is_said_to_recur_only_where_that_is_so(
    shown: int, hidden: int, unconfirmed: int, begins: list[str]
) -> None:
    told = lists.notes(
        entries=9, shown=shown, listed=shown, hidden=hidden, unconfirmed=unconfirmed, pairs=[]
    )
    assert len(told) == len(begins)
    assert all(" ".join(a.split()).startswith(b) for a, b in zip(told, begins, strict=True))


def test_no_two_themes_get_one_name(rig: Rig) -> None:
    seed = KnownTheme(key="seed:x", title="hard", examples=("x y", "y z"), sensitive=True)
    rig.begin(seeds=[seed])
    rig.fill()
    one, other = rig.names()[:2]
    for taken in (other.upper(), "Hard"):
        with pytest.raises(ThemeNotFound):
            rig.curator.rename(one, taken)
    assert rig.curator.add("hard", examples=(), words=["train"], strictness=0.5).waits
    assert [each.name for each in rig.themes.overview().themes].count("hard") == 1


def test_the_decks_own_wording_is_no_theme(rig: Rig) -> None:
    asked = "The frozen river under the bridge is loud."

    def read_aloud(entry: Entry) -> Entry:
        return replace(entry, answers=tuple(replace(a, asked=asked) for a in entry.answers))

    for day in range(20):
        rig.say(day * 2, f"{asked} {garden(day)}", f"{asked} {train(day)}", change=read_aloud)
    found = rig.themes.overview().themes
    said = {each.passage.text for theme in found for each in theme.sentences}
    assert said
    assert not any("frozen" in text for text in said)


def test_heavy_decks_and_closed_entries_are_quoted_only_by_name(rig: Rig) -> None:
    rig.fill()
    rig.say(100, garden(1), change=lambda e: replace(e, closed=True))
    rig.say(102, garden(2), change=lambda e: replace(e, deck="unsent-letter"))
    rig.heavy.add("unsent-letter")
    theme = find(rig.themes.overview().themes, "garden")
    assert len(theme.sentences) == len(theme.quotable()) + 2
    letters = named(["unsent-letter"], {"unsent-letter"}, rig.vault.ids())
    assert {each.deck for each in theme.quotable(letters)} == {"her-biography", "unsent-letter"}


def test_no_theme_is_named_or_listed_by_what_stays_closed_alone(rig: Rig) -> None:
    def heavy(entry: Entry) -> Entry:
        return replace(entry, deck="unsent-letter")

    rig.heavy.add("unsent-letter")
    for day in range(20):
        rig.say(day * 2, train(day))
        rig.say(day * 2 + 1, f"{garden(day)} {garden(day + 100)}", change=heavy)
    overview = rig.themes.overview()
    assert len([each for each in overview.themes if each.recurs]) == 2
    for themes in (overview.shown, overview.askable):
        assert [each.name for each in themes] == ["the train"]
    assert not any("garden" in each.name for each in overview.themes)
    assert [each.name for each in rig.curations.read().records] == ["the train"]
    for day in range(20):
        rig.say(day * 2 + 50, garden(day + 200))
    assert "the garden" in rig.names()


def test_what_plainly_speaks_of_danger_stands_in_no_list(rig: Rig) -> None:
    rig.curator.add("garden", examples=(), words=["garden"], strictness=0.5)
    rig.say(0, garden(0))
    rig.say(1, "In the garden I do not want to live any more.")
    theme = find(rig.themes.overview().themes, "garden")
    quote = theme.sentences.quote()
    assert quote is not None
    assert quote.passage.text == garden(0)
    assert len(theme.quotable()) == 2


def test_a_closed_entry_is_named_as_anywhere_else(rig: Rig) -> None:
    rig.fill()
    closed = rig.say(100, garden(1), garden(2), change=lambda e: replace(e, closed=True))
    theme = find(rig.themes.overview().themes, "garden")

    def quoted(name: str) -> list[int]:
        asked = theme.quotable(named([name], {"unsent-letter"}, rig.vault.ids()))
        return [each.passage.answer for each in asked if each.entry == closed.id]

    assert quoted("last") == quoted(closed.id[:8]) == [1, 2]
    assert quoted("last/2") == [2]
    assert quoted("-2") == quoted("unsent-letter") == []


@pytest.mark.parametrize("name", ["a", "unsent", "Unsent-Letter", "", "no such"])
def test_what_names_no_deck_and_no_one_entry_is_refused(rig: Rig, name: str) -> None:
    rig.fill(2)
    with pytest.raises(EntryNotFound):
        named([name], {"unsent-letter"}, rig.vault.ids())


def test_a_deck_that_cannot_be_read_may_be_heavy(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("format = ")
    depth = depths_of(DeckFolder([tmp_path, shipped_folder()]))
    names = ("broken", "removed", "everyday", "imported", "", "unsent-letter")
    returning = [each for each in names if may_return(deck=each, depth=depth(each), closed=False)]
    assert returning == ["everyday", "imported", ""]


@pytest.mark.parametrize("plain", [True, False])
def test_then_and_now_say_whose_words_they_are(rig: Rig, plain: bool) -> None:  # noqa: FBT001
    def hers(entry: Entry) -> Entry:
        answers = tuple(replace(a, speaker="mother") for a in entry.answers)
        return replace(entry, speakers=("me", "mother"), answers=answers, consent=AGREED)

    rig.curator.add("trains", examples=(), words=["train"], strictness=0.5)
    rig.say(0, train(0), change=hers)
    rig.say(20, train(1))
    seen = rig.themes.overview()
    theme = find(seen.themes, "trains")
    text = pages.page(theme, seen.days, None, theme.quotable(), plain=plain)
    then_and_now = text.partition("Then and now")[2].partition("In your words")[0]
    assert then_and_now.count("(mother)") == 1


def test_then_and_now_take_what_is_nearest_of_the_first_and_the_last_entry(rig: Rig) -> None:
    rig.fill()
    seen = rig.themes.overview()
    theme = find(seen.themes, "garden")
    told = theme.quotable()
    text = pages.page(theme, seen.days, None, told, plain=True)
    then_and_now = text.partition("Then and now")[2].partition("Nearest")[0]
    for entry in (told[0].entry, told[-1].entry):
        best = max(each.nearness for each in told if each.entry == entry)
        of_entry = (each for each in told if each.entry == entry)
        named = [
            each for each in of_entry if f"{each.day}, {short(each.reference)}" in then_and_now
        ]
        assert [each.nearness for each in named] == [best], then_and_now


def test_a_theme_of_one_day_tells_that_day_once(rig: Rig) -> None:
    rig.curator.add("trains", examples=(), words=["train"], strictness=0.5)
    rig.say(0, train(0))
    seen = rig.themes.overview()
    theme = find(seen.themes, "trains")
    head = pages.page(theme, seen.days, None, theme.quotable()).partition("Decks")[0]
    assert head.count(f"{theme.days[0]}") == 1


def test_each_change_is_seen_and_can_be_taken_back(rig: Rig) -> None:
    rig.fill()
    before = rig.names()
    rig.curator.rename("garden", "what I grow")
    assert "what I grow" in rig.names()
    rig.curator.mark("what I grow", hidden=True)
    assert "what I grow" not in rig.names()
    assert rig.curator.undo()
    assert rig.curator.undo()
    assert rig.names() == before


def test_a_theme_of_ones_own_takes_its_words_in_old_and_new_entries(rig: Rig) -> None:
    rig.fill()
    rig.curator.add("late trains", examples=(), words=["delayed"], strictness=0.5)
    own = find(rig.themes.overview().themes, "late trains")
    assert len(own.sentences) == 20
    rig.say(90, train(7))
    assert len(find(rig.themes.overview().themes, "late trains").sentences) == 21


def test_only_what_a_theme_takes_by_makes_everything_be_looked_at_again(rig: Rig) -> None:
    rig.fill()
    rig.curator.add("late trains", examples=(), words=["delayed"], strictness=0.5)

    def taken() -> bytes:
        assert find(rig.themes.overview().themes, "late").sentences
        return rig.cache.claims()

    before = taken()
    rig.curator.mark("late", pinned=True)
    rig.curator.rename("late", "late again")
    rig.curator.mark("late again", hidden=True)
    assert taken() == before
    rig.curator.add("late again", examples=(), words=["tomatoes"], strictness=0.5)
    assert taken() != before


def test_words_given_to_a_theme_that_was_found_go_into_it(rig: Rig) -> None:
    rig.fill()
    name = find(rig.themes.overview().themes, "garden").name
    rig.curator.add(name.upper(), examples=(), words=["delayed"], strictness=0.5)
    theme = find(rig.themes.overview().themes, name)
    said = [each.passage.text for each in theme.sentences]
    assert sum("delayed" in text for text in said) == 20
    assert sum("Tomatoes" in text for text in said) == 40


def test_a_sentence_is_moved_by_its_reference(rig: Rig) -> None:
    rig.fill()
    entry = rig.vault.load(rig.vault.ids()[0])
    done = rig.curator.move(entry, Reference(entry=entry.id, answer=2, word=3), "garden")
    assert done.sentence == train(0)
    assert rig.curator.move(entry, Reference(entry=entry.id, answer=2), None).sentence == train(0)
    assert rig.curator.undo()
    theme = find(rig.themes.overview().themes, "garden")
    assert train(0) in {each.passage.text for each in theme.sentences}


def test_a_reference_to_several_sentences_is_refused(rig: Rig) -> None:
    rig.fill(3)
    entry = rig.vault.load(rig.vault.ids()[0])
    with pytest.raises(EntryNotFound):
        rig.curator.move(entry, Reference(entry=entry.id), None)


def test_a_sentence_that_no_theme_takes_in_is_not_called_missing(rig: Rig) -> None:
    entry = rig.say(0, "I said no to her.")
    with pytest.raises(EntryNotFound) as caught:
        rig.curator.move(entry, Reference(entry=entry.id, answer=1, word=1), None)
    assert "that themes take in" in caught.value.what


def test_an_unknown_theme_is_an_error_without_any_word(rig: Rig) -> None:
    rig.fill()
    with pytest.raises(ThemeNotFound) as caught:
        rig.curator.rename("secret words", "x")
    assert "secret" not in caught.value.what + caught.value.hint


# Hearing


def heard(rig: Rig, *, mended: str = "") -> Sentence:
    """An entry with sound: four words, half a second each, the second sentence asked for."""
    text = "Before that. Tomatoes ripened."
    made_entry(rig.vault, make_entry(ID))
    pcm = b"".join(bytes([number, 0]) * (RATE_HZ // 2) for number in range(1, 9))
    recorded(rig.vault, [pcm])
    spoken = [
        Word(text=f" {word}", start_s=1 + place / 2, end_s=1.5 + place / 2, probability=0.9)
        for place, word in enumerate(text.split())
    ]
    segment = Segment(words=tuple(spoken), avg_logprob=-0.1, no_speech=0.0)
    rig.vault.add_transcript(
        ID, 1, Transcript(model="m", language="en", made_at=NOW, segments=(segment,))
    )
    rig.vault.update(ID, lambda entry: with_transcript(entry, 1, text, silent=False))

    def mend(entry: Entry) -> Entry:
        answer: Answer = replace(entry.answers[0], text=mended or text, duration_s=4.0)
        return replace(entry, answers=(answer,))

    rig.vault.update(ID, mend)
    words = (mended or text).split()
    passage = ThemePassage(answer=1, word=3, words=len(words) - 2, speaker="me", text="T.")
    day = NOW.date()
    return Sentence(
        entry=ID,
        day=day,
        deck="d",
        passage=passage,
        place=PassagePlace(0, 0),
        nearness=900,
        open=True,
    )


def test_a_clip_is_cut_around_the_sentence(rig: Rig) -> None:
    clip = clip_of(rig.vault, heard(rig))
    assert clip is not None
    # no pause before it, one after it
    assert clip.duration_s == pytest.approx(1.0 + 0.35)
    assert set(clip.pcm[:RATE_HZ:2]) == {5}


def test_a_mended_word_takes_the_time_of_what_it_mends(rig: Rig) -> None:
    clip = clip_of(rig.vault, heard(rig, mended="Before that. Tomatoes ripened? Slowly."))
    assert clip is not None
    assert clip.duration_s > 1.0


def test_a_sentence_that_was_written_and_not_said_is_left_out_and_counted(rig: Rig) -> None:
    sentence = heard(rig, mended="Before that. The beans were eaten by snails.")
    assert clip_of(rig.vault, sentence) is None
    told: list[Sentence] = []
    player = ThemePlayer(
        vault=rig.vault,
        voice=None,
        loudspeaker=StubLoudspeaker(),
        keyboard=StubKeyboard(),
        tell=told.append,
    )
    assert player.play([sentence, sentence]) == 2
    assert told == []
    (unheard, closed) = pages.left_out(2, 1, nothing=False)
    assert unheard.startswith("Not played: 2 sentences")
    assert closed.startswith("1 more from heavy decks")


def test_the_date_is_spoken_before_each_clip(rig: Rig) -> None:
    sentence = heard(rig)
    voice, loudspeaker = StubVoice(), StubLoudspeaker()
    told: list[Sentence] = []
    player = ThemePlayer(
        vault=rig.vault,
        voice=voice,
        loudspeaker=loudspeaker,
        keyboard=StubKeyboard(),
        tell=told.append,
    )
    player.play([sentence, sentence])
    assert voice.rendered == ["22 November 2026."] * 2 == [spoken_date(sentence.day)] * 2
    assert len(loudspeaker.clips) == 4
    assert told == [sentence, sentence]


def test_q_stops(rig: Rig) -> None:
    sentence = heard(rig)
    loudspeaker = StubLoudspeaker()
    player = ThemePlayer(
        vault=rig.vault,
        voice=None,
        loudspeaker=loudspeaker,
        keyboard=StubKeyboard("q"),
        tell=lambda _: None,
    )
    player.play([sentence, sentence])
    assert (len(loudspeaker.clips), loudspeaker.stops) == (1, 1)


# Any way there


def fold_of(rig: Rig) -> bytes:
    rig.themes.overview()
    return rig.cache.clusterer()


def test_any_way_to_the_same_entries_gives_the_same_bytes(tmp_path: Path) -> None:
    """One by one, imported out of order, edited by hand, or all at once from nothing."""
    texts = {day: f"{garden(day)} {garden(day + 50)} {train(day)}" for day in range(0, 48, 2)}
    one_by_one, shuffled = Rig(tmp_path / "one"), Rig(tmp_path / "two")
    order = sorted(texts, key=lambda day: day * 7 % 50)
    assert order != sorted(order)
    for day in sorted(texts):
        one_by_one.say(day, texts[day])
        if day % 10 == 0:
            fold_of(one_by_one)
    for day in order:
        shuffled.say(day, "Nothing much was worth a word." if day == 20 else texts[day])
        if day % 10 == 0:
            fold_of(shuffled)
    entry = next(each for each in shuffled.vault.ids() if each.startswith("20260121"))
    shuffled.vault.update(
        entry, lambda e: replace(e, answers=(replace(e.answers[0], text=texts[20]),))
    )
    expected = fold_of(one_by_one)
    assert len(one_by_one.names()) >= 2
    assert fold_of(shuffled) == expected
    shutil.rmtree(tmp_path / "two" / "cache")
    again = Rig(tmp_path / "two")
    assert fold_of(again) == expected


def test_a_first_fold_that_was_cut_off_goes_on_where_it_was(tmp_path: Path) -> None:
    rig = Rig(tmp_path / "cut")
    for day in range(45):
        rig.say(day * 2, garden(day))
    embed, calls = rig.meaning.embed, [0]

    def once(sentences: Sequence[str], *, quick: bool = False) -> bytes:
        calls[0] += 1
        if calls[0] > 1:
            raise KeyboardInterrupt
        return embed(sentences, quick=quick)

    rig.meaning.embed = once  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        rig.themes.overview()
    learnt = len(rig.meaning.asked)
    rig.meaning.embed = embed  # type: ignore[method-assign]
    cut_off = fold_of(rig)
    assert len([each for each in rig.meaning.asked if each]) == 45 > learnt
    shutil.rmtree(tmp_path / "cut" / "cache")
    assert fold_of(Rig(tmp_path / "cut")) == cut_off


def test_an_undecided_letter_is_in_no_theme(rig: Rig) -> None:
    rig.fill()
    letter = rig.say(100, garden(1), change=undecided)
    theme = find(rig.themes.overview().themes, "garden")
    assert letter.id not in {each.entry for each in theme.sentences}
    rig.vault.update(letter.id, lambda entry: decided(entry, closed=True))
    theme = find(rig.themes.overview().themes, "garden")
    assert {each.open for each in theme.sentences if each.entry == letter.id} == {False}


# As the command has them


def test_ctrl_c_while_themes_are_read_is_one_line_and_lets_go_of_the_index(
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_vault(Files(Path(os.environ["VOICEREFLECT_VAULT"])))
    index = Path(os.environ["XDG_CACHE_HOME"]) / "voicereflect" / "index"

    def interrupted(found: Themes) -> None:
        found.overview()
        assert len(list(index.iterdir())) > 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), wiring.themes() as found:
        interrupted(found)
    assert len(list(index.iterdir())) == 1
    told = capsys.readouterr().err.strip()
    assert told.startswith("Stopped.")
    assert "\n" not in told


def test_two_themes_that_are_not_one_are_offered_as_one_no_more(rig: Rig) -> None:
    rig.fill()
    rig.curator.rename("the train", "the other garden")
    first = rig.themes.overview()
    assert [{e.one.name, e.other.name} for e in first.suggestions] == [
        {"the garden", "the other garden"}
    ]
    one, other = first.suggestions[0].one.handle, first.suggestions[0].other.handle
    assert rig.curator.keep_apart(other, one).changed
    assert rig.themes.overview().suggestions == ()
    assert not rig.curator.keep_apart(other, one).changed
    rig.begin()
    assert rig.themes.overview().suggestions == ()
    assert rig.curator.keep_apart(one, other, apart=False).changed
    assert len(rig.themes.overview().suggestions) == 1
    with pytest.raises(ThemeNotFound, match="same theme"):
        rig.curator.keep_apart(one, one)


def test_notes_for_another_program_link_to_themes_once_those_have_their_yes(rig: Rig) -> None:
    examples = (garden(1), garden(2), garden(3))
    rig.begin(seeds=[KnownTheme(key="seed:x", title="hard", examples=examples, sensitive=True)])
    rig.fill()
    export = Export(
        vault=rig.vault,
        beside=BesideEntries(rig.files),
        index=rig.index,
        made=PagesFile(rig.files),
        now=lambda: NOW,
        progress=NoProgress(),
        themes=lambda: nullcontext(rig.themes),
        note=pytest.fail,
    )
    (hard,) = rig.themes.overview().unconfirmed
    notes = ToExport(into=ExportFormat.OBSIDIAN, named=(hard.sentences[0].entry,))

    def linked() -> set[str]:
        texts, _ = export.as_texts(notes)
        return set(re.findall(r"\[\[(.+?)\]\]", "".join("".join(each.parts) for each in texts)))

    before = linked()
    assert before
    assert hard.name not in before
    rig.curator.confirm(hard.name, yes=True)
    assert hard.name in linked()
