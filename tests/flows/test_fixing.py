"""Claims about going through unsure words, over a real vault."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.fakes import StubLoudspeaker
from tests.support.vaults import ID, RATE_HZ, make_entry, make_vault
from voicereflect.adapters.vault.curated.vocabulary import NAME as VOCABULARY
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.entry.entries import is_persons, with_state, with_transcript
from voicereflect.core.words.mending import UnsureWord
from voicereflect.core.words.uncertain_segments import UncertainSegment
from voicereflect.errors import EntryNotFound, NoLoudspeaker, SettingsError
from voicereflect.flows.library.transcripts.fixing import Fixer, FixParts
from voicereflect.model import AnswerState, Entry, Segment, TakeInfo, Transcript, Word

TEXT = "She met casimir in lodz. He sang badly."
UNSURE = {"casimir", "lodz.", "sang"}
LENGTH_S = 9


@dataclass
class Person:
    """Types a line for each word shown, and remembers everything."""

    lines: list[str | None]
    before_typing: Callable[[int], None] = lambda _count: None
    asked_about: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    loudspeaker: StubLoudspeaker = field(default_factory=StubLoudspeaker)
    typed: int = 0

    def opened(self, entry: Entry, total: int) -> None:
        assert entry.id == ID
        self.totals.append(total)

    def doubt(self, doubt: UnsureWord, number: int, total: int) -> None:
        assert 1 <= number <= total
        self.asked_about.append(doubt.word.text)

    def uncertain_segment(self, number: int, found: UncertainSegment) -> None:
        assert number == 1
        self.offered.append(found.text)

    def ask(self, question: str = "") -> None:
        self.questions.append(question)

    def note(self, line: str) -> None:
        self.notes.append(line)

    def typed_line(self) -> str | None:
        self.before_typing(self.typed)
        self.typed += 1
        return self.lines.pop(0)


@pytest.fixture
def vault(tmp_path: Path) -> FolderVault:
    """An entry whose words last a second each."""
    vault = make_vault(Files(tmp_path))
    words = tuple(
        Word(
            text=f" {word}",
            start_s=float(n),
            end_s=n + 0.6,
            probability=0.3 if word in UNSURE else 0.9,
        )
        for n, word in enumerate(TEXT.split())
    )
    segment = Segment(words=words, avg_logprob=-0.2, no_speech=0.0)
    with vault.create(make_entry()):
        take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
        take.append(random.Random(1).randbytes(LENGTH_S * RATE_HZ * 2))
        take.finish()
    vault.add_transcript(
        ID,
        1,
        Transcript(
            model="m", language="en", made_at=datetime(2026, 1, 1, tzinfo=UTC), segments=(segment,)
        ),
    )

    def change(entry: Entry) -> Entry:
        entry = with_transcript(entry, 1, TEXT, silent=False)
        return with_state(entry, 1, AnswerState.DONE, duration_s=LENGTH_S)

    vault.update(ID, change)
    return vault


def fixer(vault: FolderVault, person: Person, *, attended: bool = True) -> Fixer:
    return Fixer(
        FixParts(
            vault=vault,
            loudspeaker=person.loudspeaker,
            screen=person,
            typed_line=person.typed_line,
            attended=attended,
        )
    )


def fix(vault: FolderVault, *lines: str | None, reference: str = "last") -> Person:
    person = Person(list(lines))
    fixer(vault, person).run(reference)
    return person


def text_of(vault: FolderVault) -> str:
    return vault.load(ID).answers[0].text


def test_every_unsure_word_is_asked_about_once_with_the_sound_around_it(vault: FolderVault) -> None:
    person = fix(vault, "", "", "")
    assert person.asked_about == ["casimir", "lodz.", "sang"]
    assert person.totals == [3]
    pcm = b"".join(vault.sound(ID, 1))
    begin, end = round(1.3 * RATE_HZ) * 2, round(3.3 * RATE_HZ) * 2
    assert person.loudspeaker.clips[0].pcm == pcm[begin:end]


def test_words_found_right_never_come_up_again_and_stay_the_machines(vault: FolderVault) -> None:
    fix(vault, "", "", "")
    assert fix(vault).asked_about == []
    assert not is_persons(vault.load(ID).answers[0])


def test_a_new_spelling_is_saved_as_the_persons(vault: FolderVault) -> None:
    fix(vault, "Kasimir", "n", "Łódź", "n", "")
    assert text_of(vault) == "She met Kasimir in Łódź. He sang badly."
    assert is_persons(vault.load(ID).answers[0])
    assert fix(vault).asked_about == []


def test_each_correction_is_saved_before_the_next_word_is_shown(vault: FolderVault) -> None:
    person = Person(["kasimir", None])
    texts: list[str] = []
    person.before_typing = lambda _: texts.append(text_of(vault))
    fixer(vault, person).run("last")
    assert texts[1] == TEXT.replace("casimir", "kasimir")


def test_later_leaves_a_word_for_next_time(vault: FolderVault) -> None:
    fix(vault, "N", "", "n")
    assert fix(vault, "q").asked_about == ["casimir"]
    assert text_of(vault) == TEXT


@pytest.mark.parametrize("stop", ["q", "Q ", None])
def test_stop_keeps_what_was_done(vault: FolderVault, stop: str | None) -> None:
    fix(vault, "kasimir", stop)
    assert text_of(vault) == TEXT.replace("casimir", "kasimir")
    assert fix(vault, "q").asked_about == ["lodz."]


def test_again_plays_again(vault: FolderVault) -> None:
    person = fix(vault, "r", "R", "q")
    assert len(person.loudspeaker.clips) == 3
    assert len(set(person.loudspeaker.clips)) == 1


def test_a_word_nobody_said_is_taken_out(vault: FolderVault) -> None:
    person = fix(vault, "-", "", "")
    assert text_of(vault) == "She met in lodz. He sang badly."
    assert person.asked_about == ["casimir", "lodz.", "sang"]


def test_several_words_may_stand_for_one(vault: FolderVault) -> None:
    person = fix(vault, "my brother", "n", "n")
    assert text_of(vault) == "She met my brother in lodz. He sang badly."
    assert person.asked_about == ["casimir", "lodz.", "sang"]


def test_a_corrected_name_can_join_the_vocabulary(vault: FolderVault) -> None:
    path = vault.root / VOCABULARY
    path.write_text("Zofia", "utf-8")
    person = fix(vault, "Kasimir", "y", "Łódź", "", "q")
    assert path.read_text("utf-8") == "Zofia\nKasimir\n"
    assert "Kasimir" in person.questions[1]


def test_a_name_that_is_known_is_not_offered(vault: FolderVault) -> None:
    vault.add_to_vocabulary("kasimir")
    assert fix(vault, "Kasimir", "q").questions == ["", ""]


def test_the_first_word_of_a_sentence_is_no_name_for_its_capital(vault: FolderVault) -> None:
    person = fix(vault, "We", "q", reference="last/1:1")
    assert person.asked_about[0] == "She"
    assert person.questions == ["", ""]


def test_one_can_begin_at_any_word_even_a_sure_one(vault: FolderVault) -> None:
    assert fix(vault, "", "", reference="last/1:6").asked_about == ["He", "sang"]


def test_an_edit_by_other_hands_is_kept_and_the_text_read_anew(vault: FolderVault) -> None:
    def edit(count: int) -> None:
        if count == 0:
            vault.update(
                ID,
                lambda entry: replace(
                    entry, answers=(replace(entry.answers[0], text=f"Once {TEXT}"),)
                ),
            )

    person = Person(["Kasimir", "Kasimir", "n", "q"], before_typing=edit)
    fixer(vault, person).run("last")
    assert len(person.notes) == 1
    assert text_of(vault) == f"Once {TEXT}".replace("casimir", "Kasimir")


def test_without_a_loudspeaker_it_goes_on_in_text_and_says_so_once(vault: FolderVault) -> None:
    nowhere = StubLoudspeaker(cannot=NoLoudspeaker("none.", hint="plug one in"))
    person = Person(["kasimir", "n", "q"], loudspeaker=nowhere)
    fixer(vault, person).run("last")
    assert len(person.notes) == 1
    assert "kasimir" in text_of(vault)


def test_without_a_terminal_nothing_is_asked(vault: FolderVault) -> None:
    person = Person([])
    with pytest.raises(SettingsError) as caught:
        fixer(vault, person, attended=False).run("last")
    assert "--json" in caught.value.hint


def test_programs_get_the_unsure_words_as_references_that_fix_takes(vault: FolderVault) -> None:
    doubts = fixer(vault, Person([]), attended=False).doubts("last")
    assert [(each.position, each.word.text) for each in doubts] == [
        (3, "casimir"),
        (5, "lodz."),
        (7, "sang"),
    ]
    assert fix(vault, "q", reference=f"{ID}/1:5").asked_about == ["lodz."]


def test_a_word_that_is_not_there_is_told(vault: FolderVault) -> None:
    with pytest.raises(EntryNotFound, match="no word 99"):
        fix(vault, reference="last/1:99")


def whispered(vault: FolderVault) -> None:
    """A later transcript that is sure of the same words, and unsure of two more."""
    words = tuple(
        Word(text=f" {word}", start_s=float(n), end_s=n + 0.6, probability=0.9)
        for n, word in enumerate(TEXT.split())
    )
    more = (
        Word(text=" Thank", start_s=4.7, end_s=4.8, probability=0.3),
        Word(text=" you.", start_s=4.8, end_s=4.95, probability=0.3),
    )
    transcript = Transcript(
        model="m",
        language="en",
        made_at=datetime(2026, 1, 2, tzinfo=UTC),
        segments=(Segment(words=words, avg_logprob=-0.2, no_speech=0.0),),
        unsure=(Segment(words=more, avg_logprob=-0.4, no_speech=0.1),),
    )
    vault.add_transcript(ID, 1, transcript)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("y", "She met casimir in lodz. Thank you. He sang badly."),
        ("Thanks, you.", "She met casimir in lodz. Thanks, you. He sang badly."),
        ("", TEXT),
    ],
)
def test_what_may_have_been_said_is_heard_and_then_taken_or_not(
    vault: FolderVault, typed: str, text: str
) -> None:
    whispered(vault)
    person = Person(lines=["r", typed])
    fixer(vault, person).run(ID)
    assert person.offered == ["Thank you."]
    assert len(person.loudspeaker.clips) == 2
    assert vault.load(ID).answers[0].text == text
    again = Person(lines=[])
    fixer(vault, again).run(ID)
    assert again.offered == []


def test_what_is_left_for_later_is_offered_again(vault: FolderVault) -> None:
    whispered(vault)
    fixer(vault, Person(lines=["n"])).run(ID)
    later = Person(lines=["q"])
    fixer(vault, later).run(ID)
    assert later.offered == ["Thank you."]
    assert vault.load(ID).answers[0].text == TEXT


@pytest.mark.parametrize("key", ["v", "1"])
def test_a_key_takes_the_word_of_the_vocabulary(vault: FolderVault, key: str) -> None:
    vault.add_to_vocabulary("Kasimir")
    person = fix(vault, key, "n", "n")
    assert text_of(vault) == "She met Kasimir in lodz. He sang badly."
    assert person.questions == ["", "", ""]


def test_without_a_word_to_take_a_number_is_a_number(vault: FolderVault) -> None:
    person = fix(vault, "v", "1", "n", "n")
    assert person.notes == ["Nothing in your vocabulary is like it."]
    assert text_of(vault) == "She met 1 in lodz. He sang badly."


def test_a_word_that_is_always_meant_is_put_in_where_the_machine_was_unsure(
    vault: FolderVault,
) -> None:
    vault.add_to_vocabulary("Kasimir")
    heard = vault.load(ID).answers[0].text
    fix(vault, "v!", "q")
    assert vault.vocabulary() == ("Kasimir",)
    assert vault.always() == {"casimir": "Kasimir"}
    vault.update(ID, lambda entry: replace(entry, answers=(replace(entry.answers[0], text=heard),)))
    person = fix(vault, "q")
    assert person.asked_about == ["lodz."]
    assert [note.split(".")[0] for note in person.notes] == ["Kasimir, as always for casimir"]
    assert text_of(vault) == "She met Kasimir in lodz. He sang badly."
    assert vault.transcripts(ID, 1)[-1].text == heard
    again = Person(lines=["casimir", "q"])
    fixer(vault, again).run(f"{ID}/1:3")
    assert text_of(vault) == heard


def test_a_word_the_machine_was_sure_of_is_never_put_in(vault: FolderVault) -> None:
    vault.add_to_vocabulary("met > Mette")
    fix(vault, "n", "n", "n")
    assert text_of(vault) == "She met casimir in lodz. He sang badly."
