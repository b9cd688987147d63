"""Claims about finding what was said."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.libraries import MODEL, Library, StubMeaning, entry_id, spoken
from voicereflect.adapters.vault.files import Files
from voicereflect.core.search.filters import EVERYTHING, SYNTHETIC, Wanted
from voicereflect.core.search.neighbours import VectorTable
from voicereflect.errors import MeaningFailed, ModelMissing, SettingsError
from voicereflect.flows.library.finding.search import Found, Search, short_names
from voicereflect.model import Entry
from voicereflect.ui.library import listing

MISSING = ModelMissing("It is not installed.", hint="Fetch it.")


class Desk:
    """A search over a real vault and index, with a meaning that needs no model."""

    def __init__(
        self,
        folder: Path,
        *entries: Entry,
        meaning: StubMeaning | None = None,
        files: type[Files] = Files,
    ) -> None:
        self.library = Library(folder, files)
        self.library.keep(*entries)
        self.meaning = meaning or StubMeaning()
        self.notes: list[str] = []
        self.search = Search(
            index=self.library.index,
            pages=self.library.vault,
            meaning=self.meaning,
            model=MODEL,
            gather=VectorTable,
            progress=self.library.progress,
            note=self.notes.append,
        )

    def find(self, typed: str, wanted: Wanted = EVERYTHING, *, exact: bool = False) -> Found:
        return self.search.find(typed, wanted, limit=10, exact=exact)

    def texts(self, typed: str, wanted: Wanted = EVERYTHING, *, exact: bool = False) -> list[str]:
        return [hit.spot.text for hit in self.find(typed, wanted, exact=exact).hits]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(
        tmp_path,
        *(spoken(n, f"The garden was wet on day {n}.") for n in range(6)),
        spoken(7, "We ate. I met Deborah in the garden."),
        spoken(8, "Rain all day."),
    )


def test_a_hit_carries_the_reference_of_its_first_word(desk: Desk) -> None:
    (first, *_) = desk.find("Deborah").hits
    assert first.spot.reference == f"{entry_id(7)}/1:3"
    assert first.spot.text == "I met Deborah in the garden."
    assert [first.spot.text[a:b] for a, b in first.marks] == ["Deborah"]


def test_names_and_rare_words_lead(desk: Desk) -> None:
    assert desk.texts("wet garden Deborah")[0] == "I met Deborah in the garden."
    assert desk.texts("the garden, rain")[0] == "Rain all day."


def test_a_word_that_nobody_said_is_told_with_what_is_spelt_alike(desk: Desk) -> None:
    found = desk.find("gardn")
    assert (found.unsaid, found.instead) == (("gardn",), ("garden",))
    assert desk.find("garden").unsaid == ()
    assert desk.find("gardens").unsaid == ()  # another form of it was said


def test_words_that_no_sentence_has_together_are_told(desk: Desk) -> None:
    assert not desk.find("Deborah rain").has_all
    assert desk.find("Deborah garden").has_all


def test_more_sentences_with_the_words_are_counted(desk: Desk) -> None:
    found = desk.search.find("garden", EVERYTHING, limit=2, exact=True)
    assert (len(found.hits), found.more) == (2, 5)


@pytest.mark.parametrize("typed", ["soren", "Søren", "SOREN"])
def test_strokes_are_found_without_them_and_marked(tmp_path: Path, typed: str) -> None:
    (hit,) = Desk(tmp_path, spoken(1, "I met Søren again.")).find(typed, exact=True).hits
    assert [hit.spot.text[a:b] for a, b in hit.marks] == ["Søren"]


def test_what_has_no_letter_is_no_hit(tmp_path: Path) -> None:
    assert Desk(tmp_path, spoken(1, "…")).texts("anything") == []


def test_quotes_alone_ask_no_model(desk: Desk) -> None:
    assert desk.texts('"in the garden"') == ["I met Deborah in the garden."]
    assert desk.meaning.asked == []


def test_quotes_and_words_find_only_what_holds_the_quotes(desk: Desk) -> None:
    assert desk.texts('"met deborah" rain') == ["I met Deborah in the garden."]


def test_meaning_alone_can_find_a_passage(desk: Desk) -> None:
    assert "Rain all day." in desk.texts("all day")


def test_every_passage_is_embedded_once(desk: Desk) -> None:
    desk.find("garden")
    desk.find("garden")
    assert len(desk.meaning.asked) == 9 + 2


def test_filters_hold_for_words_and_for_meaning(desk: Desk) -> None:
    entry = spoken(7, "")
    desk.library.vault.update(entry.id, lambda entry: replace(entry, tags=("walk",)))
    hits = desk.find("garden day rain", Wanted(tags=("walk",))).hits
    assert {hit.spot.entry for hit in hits} == {entry.id}


@pytest.mark.parametrize("fails_after", [0, 1, 2])
def test_without_meaning_words_are_searched_and_that_is_said_once(
    tmp_path: Path, fails_after: int
) -> None:
    problem = MISSING if not fails_after else MeaningFailed("It stopped.", hint="Wait.")
    meaning = StubMeaning(problem=problem, fails_after=fails_after)
    desk = Desk(tmp_path, spoken(1, "Tulips."), spoken(2, "Roses."), meaning=meaning)
    if fails_after == 2:
        desk.find("roses")
        desk.meaning.fails_after = 0
        desk.meaning.problem = MeaningFailed("It stopped.", hint="Wait.")
        desk.library.keep(spoken(3, "Tulips, too."))
    found = desk.find("tulips")
    assert "Tulips." in [hit.spot.text for hit in found.hits]
    assert not found.by_meaning
    assert len(desk.notes) == 1
    assert desk.notes[0].startswith("Searching by words alone")


def test_exact_asks_no_model_even_if_there_is_one(desk: Desk) -> None:
    assert desk.texts("deborah", exact=True) == ["I met Deborah in the garden."]
    assert desk.meaning.asked == []
    assert desk.notes == []


@pytest.mark.parametrize("typed", ["", "  ", "?!", '""'])
def test_nothing_typed_is_a_usage_error(desk: Desk, typed: str) -> None:
    with pytest.raises(SettingsError):
        desk.find(typed)


def test_nothing_like_it_is_no_hit(tmp_path: Path) -> None:
    assert Desk(tmp_path).find("tulips").hits == ()


def test_a_damaged_index_is_made_again_in_the_middle_of_a_search(desk: Desk) -> None:
    desk.find("garden")
    desk.library.index.__exit__(None, None, None)
    (desk.library.folder / "cache/index.sqlite").write_bytes(b"spoilt" * 2000)
    assert len(desk.texts("garden")) == 7


def test_what_nobody_said_is_labelled(tmp_path: Path) -> None:
    entry = spoken(1, "Tulips.")
    answers = (replace(entry.answers[0], speaker=SYNTHETIC),)
    desk = Desk(tmp_path, replace(entry, answers=answers, speakers=(SYNTHETIC,)))
    (hit,) = desk.find("tulips").hits
    assert listing.SAMPLE in listing.hit(hit, {}, listing.MARKS)
    assert listing.hit_json(hit)["synthetic"] is True
    (line,) = desk.library.index.lines(EVERYTHING)
    assert listing.SAMPLE in listing.line(line)
    assert listing.SAMPLE in "".join(listing.day_back(line))


def test_a_long_sentence_is_wrapped_with_its_marks_in_place(tmp_path: Path) -> None:
    text = " ".join(["water"] * 20 + ["tulips"] + ["stone"] * 20) + "."
    desk = Desk(tmp_path, spoken(1, text))
    (hit,) = desk.find("tulip", exact=True).hits
    shown = listing.hit(hit, {}, listing.MARKS).splitlines()
    assert all(len(line) <= 80 for line in shown)
    assert " ".join(line.strip() for line in shown[1:]) == text.replace("tulips", "*tulips*")


@pytest.mark.parametrize(
    ("ids", "short"),
    [(["1-abcd", "2-efgh"], "abcd"), (["1-abcd", "2-abcd"], "1-abcd"), (["odd", "1-abcd"], "abcd")],
)
def test_four_letters_are_enough_unless_two_share_them(ids: Sequence[str], short: str) -> None:
    assert short_names(ids, {"1-abcd"}) == {"1-abcd": short}


def test_a_closed_entry_is_named_and_not_quoted(tmp_path: Path) -> None:
    closed = replace(spoken(1, "The garden of the closed one."), closed=True)
    desk = Desk(tmp_path, closed, spoken(2, "The garden of the open one."))
    for typed, exact in (("garden closed", False), ("garden", True), ('"closed one"', True)):
        found = desk.find(typed, exact=exact)
        assert all("open" in hit.spot.text for hit in found.hits)
        assert found.withheld == (entry_id(1),)
    told = listing.withheld(found.withheld, found.names)
    assert found.names[entry_id(1)] in told
    assert "garden" not in told
    assert desk.find("rain").withheld == ()


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("今天我和妈妈去了花园。", "花园"),
        ("今日は母と庭に行きました。", "庭"),
        ("東京タワーを見た。", "タワー"),
        ("엄마는 정원에 있었다.", "엄마"),
        ("วันนี้ฉันไปสวนกับแม่", "สวน"),
        ("\u039f κήπος ήταν υγρός.", "κηπος"),
        ("Я ещё помню её ёлку.", "елку"),
        ("הַגַּן הָיָה רָטֹב", "הגן"),
        ("الحَدِيقَة", "الحديقة"),
        ("Grüße aus Łódź, Søren.", "lodz"),
        ("मेरी माँ बगीचे में थी।", "माँ"),
    ],
)
def test_a_word_is_found_in_any_script(tmp_path: Path, said: str, typed: str) -> None:
    desk = Desk(tmp_path, spoken(1, said), spoken(2, "Rain all day."), spoken(3, "园花。妈今。"))
    (hit,) = desk.find(typed, exact=True).hits
    assert hit.spot.text == said
    assert hit.marks


def test_a_search_by_meaning_says_which_entries_it_knows_by_their_words_alone(
    tmp_path: Path,
) -> None:
    german = replace(spoken(1, "Der Garten war nass."), language="de")
    desk = Desk(tmp_path, german, spoken(2, "Rain all day."))
    desk.find("garden")
    assert any("1 of 2 entries is in German" in note for note in desk.notes)
    desk.notes.clear()
    desk.find("garden", exact=True)
    assert desk.notes == []
