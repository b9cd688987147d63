"""Looking back over a real vault: what stands on a page, what does not, and who is told of it."""

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.flows.test_themes import AGREED, Rig, garden, heard, train
from tests.support.vaults import ID, NOW
from voicereflect.adapters.deck_folder import DeckFolder, shipped_folder
from voicereflect.adapters.exchange.copies import CopyFolder
from voicereflect.adapters.vault.answers.flac import Flac
from voicereflect.adapters.vault.curated.pages_file import PagesFile
from voicereflect.adapters.vault.curated.sheet_file import SheetFile
from voicereflect.core.entry.page.entry_text import render
from voicereflect.core.review.values import DatedQuote, LookedFor, Review, SheetLine
from voicereflect.core.search.filters import Wanted
from voicereflect.core.themes.names.named import Named
from voicereflect.errors import DeckError, EntryNotFound, VaultUnwritable
from voicereflect.flows.review.gathering import Gathering
from voicereflect.flows.review.laying import BETWEEN_S, Laying
from voicereflect.flows.review.sheet import Sheet
from voicereflect.model import Deck, Entry
from voicereflect.ports.decks import Decks
from voicereflect.ui.counting import spoken_for
from voicereflect.ui.progress import NoProgress
from voicereflect.ui.review import page as pages
from voicereflect.ui.review import sheet as sheets
from voicereflect.ui.review import terminal

TODAY = date(2026, 6, 1)


class NoDecks:
    """Decks that are all gone."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def names(self) -> tuple[str, ...]:
        return ()

    def load(self, name: str) -> Deck:
        self.asked.append(name)
        raise DeckError(f"no {name}", hint="")


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path)


def gathered(rig: Rig, **asked: object) -> Review:
    return gathering(rig).gather(LookedFor(**{"quotes": 6, "today": TODAY, **asked}))  # type: ignore[arg-type]


def gathering(rig: Rig, decks: Decks | None = None) -> Gathering:
    return Gathering(
        themes=rig.themes,
        index=rig.index,
        decks=decks or NoDecks(),
        depth=lambda deck: "heavy" if deck in rig.heavy else "light",
        settled=(),
        progress=NoProgress(),
    )


def test_a_step_that_somebody_else_told_is_none_of_ones_own(rig: Rig) -> None:
    def committed(entry: Entry) -> Entry:
        mine, hers = (replace(each, prompt="small-steps/own-step") for each in entry.answers)
        both = (mine, replace(hers, speaker="Ruth"))
        return replace(entry, deck="small-steps", speakers=("me", "Ruth"), answers=both)

    rig.say(1, "I call her on Sunday.", "I bake the bread.", change=committed)
    shipped = DeckFolder([shipped_folder()])
    review = gathering(rig, shipped).gather(LookedFor(today=TODAY))
    assert [each.text for each in review.steps] == ["I call her on Sunday."]


def texts(review: Review) -> list[str]:
    return [each.text for each in review.quotes]


def test_a_theme_stands_there_with_its_days_and_dated_quotes(rig: Rig) -> None:
    rig.fill()
    review = gathered(rig)
    assert {theme.name for theme in review.themes} == {"the garden", "the train"}
    (theme,) = [each for each in review.themes if each.name == "the garden"]
    assert len(theme.days) == 20
    days = [quote.day for quote in theme.quotes]
    assert days == sorted(days)
    assert theme.then is not None
    assert theme.now is not None
    assert (theme.then.day, theme.now.day) == (theme.days[0], theme.days[-1])
    assert len({each.day for each in review.sittings}) == 20


def test_the_same_words_are_quoted_once_where_there_are_others(rig: Rig) -> None:
    rig.fill()
    for day in range(1, 40, 2):
        rig.say(day, garden(0))
    (theme,) = gathered(rig, theme="garden").themes
    assert len(theme.quotes) == 6
    assert len({each.text for each in theme.quotes}) == 6


def test_how_long_one_spoke_is_told_in_words() -> None:
    told = [spoken_for(seconds) for seconds in (0, 12, 45, 600, 7200, 62_940)]
    assert told == [
        *("", "less than a minute", "1 minute", "10 minutes"),
        *("2 hours", "17 hours and 29 minutes"),
    ]


def test_a_look_at_one_theme_is_called_by_its_name(rig: Rig) -> None:
    rig.fill()
    assert terminal.title(gathered(rig, theme="garden")).startswith(
        "Looking back on “the garden”, 1 January 2026 to "
    )
    assert terminal.title(gathered(rig)).startswith("Looking back, 1 January 2026 to ")


def test_within_a_time_what_was_before_is_known_and_nothing_else_is_quoted(rig: Rig) -> None:
    rig.fill()
    since = date(2026, 1, 1) + timedelta(days=20)
    review = gathered(rig, wanted=Wanted(since=since, until=TODAY))
    for theme in review.themes:
        assert theme.before is not None
        assert theme.before < since <= min(quote.day for quote in theme.quotes)


def test_themes_that_came_up_in_as_long_a_time_before_went_quiet_if_anything_was_said(
    rig: Rig,
) -> None:
    rig.fill()
    last = max(each.day for each in gathered(rig).sittings)
    span = Wanted(since=last + timedelta(days=1), until=TODAY)
    assert gathered(rig, wanted=span).quiet == ()
    rig.say((TODAY - date(2026, 1, 1)).days - 3, "Nothing like it.")
    later = gathered(rig, wanted=span)
    assert {each.name for each in later.quiet} == {"the garden", "the train"}
    assert later.themes == ()
    assert gathered(rig, wanted=replace(span, since=TODAY - timedelta(days=5))).quiet == ()


@pytest.mark.parametrize("asked", [{}, {"theme": "garden"}])
def test_heavy_decks_and_closed_entries_are_in_none_of_it_unless_named(
    rig: Rig, asked: dict[str, object]
) -> None:
    rig.fill()
    closed = rig.say(50, garden(200), change=lambda e: replace(e, closed=True))
    heavy = rig.say(52, garden(201), change=lambda e: replace(e, deck="hard"))
    rig.heavy.add("hard")
    review = gathered(rig, **asked)
    assert review.closed == 2
    assert not {closed.id, heavy.id} & set(review.entries)
    assert {each.day for each in review.sittings}.isdisjoint({date(2026, 2, 20), date(2026, 2, 22)})
    named = gathered(rig, named=Named(decks=frozenset({"hard"})), **asked)
    assert named.closed == 1
    assert date(2026, 2, 22) in named.themes[0].days


def test_what_speaks_of_danger_is_quoted_nowhere(rig: Rig) -> None:
    rig.fill()
    danger = "I want to kill myself in the garden tonight."
    rig.say(60, danger, danger)
    rig.say(61, danger, danger)
    assert not any("kill" in text for text in texts(gathered(rig)))


def test_another_speaker_is_quoted_only_with_her_yes(rig: Rig) -> None:
    def by_both(entry: Entry) -> Entry:
        hers = replace(entry.answers[0], speaker="mother")
        return replace(entry, speakers=("me", "mother"), answers=(hers, *entry.answers[1:]))

    rig.fill()
    silent = rig.say(50, garden(210), train(9), change=by_both)
    agreed = rig.say(
        52, garden(211), train(10), change=lambda e: replace(by_both(e), consent=AGREED)
    )
    found = gathered(rig, wanted=Wanted(since=date(2026, 2, 19), until=TODAY))
    said = {(quote.entry, quote.speaker) for quote in found.quotes}
    assert (agreed.id, "mother") in said
    assert (silent.id, "mother") not in said


def test_a_question_answered_on_two_days_lays_both_side_by_side(rig: Rig) -> None:
    rig.say(0, "She had a red coat. " + "And so on it went. " * 30)
    rig.say(9, "She laughed a lot.")
    (echo,) = gathered(rig).echoes
    assert echo.first.text.startswith("She had a red coat. And so on")
    assert echo.first.text.endswith("went.")
    assert echo.last.text == "She laughed a lot."
    recent = Wanted(since=date(2026, 1, 9), until=TODAY)
    assert gathered(rig, wanted=recent).echoes == (echo,)


def asked_as(words: str, prompt: str = "stones/first") -> Callable[[Entry], Entry]:
    def change(entry: Entry) -> Entry:
        (answer,) = entry.answers
        return replace(entry, answers=(replace(answer, asked=words, prompt=prompt),))

    return change


def test_an_answer_stands_under_the_words_that_it_was_given_to(rig: Rig) -> None:
    rig.say(0, "She had a red coat.", change=asked_as("What did she wear?"))
    rig.say(9, "A green one.", change=asked_as("Which coat was it?"))
    review = gathered(rig)
    (echo,) = review.echoes
    assert (echo.asked_first, echo.asked) == ("What did she wear?", "Which coat was it?")
    for shown in (terminal.page(review), html.unescape(pages.report(review, {}))):
        order = ["What did she wear?", "She had a red coat.", "Which coat was it?", "A green one."]
        after = shown.partition("Asked more than once")[2]
        places = [after.index(each) for each in order]
        assert places == sorted(places)


def test_no_line_of_a_quote_breaks_in_its_date() -> None:
    for letters in range(20, 80):
        said = DatedQuote(
            entry=ID, answer=1, word=1, day=date(2026, 12, 8), text=" ".join(["a"] * letters)
        )
        assert "8 December 2026" in terminal.quote(said)


def test_a_closing_is_no_question_that_was_asked_twice(rig: Rig) -> None:
    closing = asked_as("What do you hear?", "stones/closing")
    rig.say(0, "A tram.", change=closing)
    rig.say(9, "The rain.", change=closing)
    assert gathered(rig).echoes == ()


def unasked(entry: Entry) -> Entry:
    return replace(entry, answers=tuple(replace(each, asked="") for each in entry.answers))


def test_where_nothing_was_asked_nothing_was_asked_twice(rig: Rig) -> None:
    rig.say(0, "She had a red coat.", change=unasked)
    rig.say(9, "She laughed a lot.", change=unasked)
    assert gathered(rig).echoes == ()


def test_a_deck_is_read_once_however_many_entries_have_it(rig: Rig) -> None:
    rig.fill()
    decks = NoDecks()
    gathering(rig, decks).gather(LookedFor(quotes=6, today=TODAY))
    assert decks.asked
    assert len(decks.asked) == len(set(decks.asked))


def test_a_page_is_the_same_for_the_same_vault_and_loads_and_runs_nothing(rig: Rig) -> None:
    rig.fill()
    page = pages.report(gathered(rig), {})
    assert page == pages.report(gathered(rig), {})
    assert "default-src 'none'" in html.unescape(page)
    assert not re.search(r"<script|<link|<img|<iframe|https?://|\bon[a-z]+=", page)
    assert page.count("<svg") == page.count("<table") == page.count("<desc")


def test_no_words_are_markup(rig: Rig) -> None:
    rig.say(0, '<script>alert("1")</script> & <b>she</b>\x00 said.')
    rig.say(9, "</style><img src=x onerror=alert(1)>")
    page = pages.report(gathered(rig), {})
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;b&gt;she&lt;/b&gt; said." in page


def test_the_terminal_says_the_same_in_eighty_columns(rig: Rig) -> None:
    rig.fill()
    review = gathered(rig)
    told = terminal.page(review)
    assert max(map(len, told.splitlines())) <= 80
    plain = " ".join(told.split())
    assert all(" ".join(text.split()) in plain for text in texts(review))
    assert json.loads(json.dumps(terminal.as_json(review)))["themes"][0]["days"]


class Noted:
    """A vault with sound, and a folder beside it."""

    def __init__(self, rig: Rig, folder: Path) -> None:
        self.made = PagesFile(rig.files)
        self.folder = folder
        self.laying = Laying(
            vault=rig.vault,
            copies=CopyFolder(folder, Flac().encode),
            pages=self.made,
            now=lambda: NOW,
            progress=NoProgress(),
        )


def quoted(rig: Rig) -> Sequence[DatedQuote]:
    sentence = heard(rig)
    both = ((1, "Before that."), (3, "Tomatoes ripened."))
    return [
        DatedQuote(entry=ID, answer=1, word=word, day=sentence.day, text=text)
        for word, text in both
    ]


def test_sound_is_laid_beside_a_page_quote_by_quote(rig: Rig, tmp_path: Path) -> None:
    noted, quotes = Noted(rig, tmp_path / "out"), quoted(rig)
    noted.folder.mkdir()
    sounds = noted.laying.sounds("page", quotes)
    first, second = (sounds[quote] for quote in quotes)
    assert first.begin_s == 0
    assert second.begin_s == pytest.approx(first.end_s + BETWEEN_S, abs=0.001)
    assert 1.0 <= second.end_s - second.begin_s < 2.0
    (file,) = noted.folder.iterdir()
    assert file.name == second.file
    assert file.stat().st_mode & 0o077 == 0


def test_a_page_is_noted_without_any_word_and_replaces_nothing(rig: Rig, tmp_path: Path) -> None:
    noted, quotes = Noted(rig, tmp_path / "out"), quoted(rig)
    noted.folder.mkdir()
    noted.laying.page("a.html", sheets.html(quotes), [ID], "/somewhere/a.html")
    (page,) = noted.made.holding(ID)
    assert (page.place, page.made) == ("/somewhere/a.html", NOW)
    assert noted.made.holding("another") == []
    assert "Tomatoes" not in (tmp_path / "vault" / "pages.jsonl").read_text()
    with pytest.raises(VaultUnwritable):
        noted.laying.page("a.html", "other", [], "/somewhere/a.html")
    assert len(noted.made.holding(ID)) == 1


def test_a_sheet_names_another_speaker_before_it_is_written() -> None:
    quote = DatedQuote(entry=ID, answer=2, word=1, day=TODAY, text="Hers.", speaker="Anna")
    line = SheetLine(reference=f"{ID}/2:1", quote=quote)
    assert "“Hers.” (Anna)" in sheets.listed([line])
    assert sheets.as_json([line])[0]["speaker"] == "Anna"


def test_a_sheet_holds_what_was_picked_in_that_order_and_nothing_else(rig: Rig) -> None:
    sentence = heard(rig)
    sheet = Sheet(vault=rig.vault, picks=SheetFile(rig.files))
    assert sheet.add(f"{ID}/1:4").text == "Tomatoes ripened."
    sheet.add(sentence.reference)
    sheet.add(f"{ID}/1")
    said = [line.quote.text if line.quote else "" for line in sheet.lines()]
    assert said == ["Tomatoes ripened.", "Before that. Tomatoes ripened."]
    sheet.remove(1)
    assert [line.reference for line in sheet.lines()] == [f"{ID}/1"]
    with pytest.raises(EntryNotFound):
        sheet.remove(2)


def test_words_that_are_gone_are_told_and_never_written(rig: Rig) -> None:
    heard(rig)
    sheet = Sheet(vault=rig.vault, picks=SheetFile(rig.files))
    sheet.add(f"{ID}/1:4")
    rig.vault.update(ID, lambda e: replace(e, answers=(replace(e.answers[0], text="Before."),)))
    assert "Before" in render(rig.vault.load(ID))
    (line,) = sheet.lines()
    assert line.quote is None
    assert sheets.GONE in sheets.listed(sheet.lines())


def test_another_speakers_words_are_not_picked_without_her_yes(rig: Rig) -> None:
    heard(rig)
    hers = replace(rig.vault.load(ID).answers[0], speaker="mother")
    rig.vault.update(ID, lambda e: replace(e, speakers=("me", "mother"), answers=(hers,)))
    with pytest.raises(EntryNotFound):
        Sheet(vault=rig.vault, picks=SheetFile(rig.files)).add(f"{ID}/1")


def test_in_markdown_words_are_no_marks() -> None:
    quote = DatedQuote(entry=ID, answer=1, word=1, day=TODAY, text="*Not* <b>")
    assert r"> \*Not\* \<b\>" in sheets.markdown([quote])
