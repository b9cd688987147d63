"""What practices ask of every deck, over everybody who may speak; what a test can hold of it."""

import re

import pytest

from tests.support.shipped import (
    DECKS,
    HERS,
    PATHS,
    PROGRAMME,
    PROGRAMMES,
    SPEAKERS,
    everybody,
    heard_by,
    once_for_each_kind,
    person,
    sittings,
)
from voicereflect.core.decks.choosing import Person, may_open, questions, resolve, silence_s
from voicereflect.core.decks.rotation import GATHERING
from voicereflect.core.words.speakable import SPOKEN_LIMITS
from voicereflect.model import Deck

FAMILY = {"speaker": "daughter", "her": "living", "path": "together"}
FOUR = {"contact", "empathy", "forgiveness", "together"}
PRESENT = re.compile(
    r"\b(?:ask|tell|call|meet|visit|see|phone|write to|send|invite) (?:her|your mother)\b"
    r"|\bshe(?:'s| is| has(?! died)| does| says| feels| wants| loves| likes| can| will| lives)\b"
    r"|\b(?:is|does|has|can|will) (?:she|your mother)\b"
    r"|\byour mother (?:is|has|does|says|feels|wants|loves|likes|can|will|lives)\b"
    r"|\bshe (?!was\b|has died\b|died\b|does\b)\w+s\b"
    r"|\bnext time (?:you (?:see|meet|call)|she)\b|\b(?:will|would|could|can) you (?:two|both)\b",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"\b(?:ask|tell|call|meet|visit|phone|write to|send|invite|forgive|thank) "
    r"(?:her|your mother)\b|\bforgiv|\bher (?:side|chair|point of view)\b"
    r"|\b(?:toward|for|with) her you could\b|\bhow (?:may|must|might) it have been for\b"
    r"|\b(?:a request|both of you could|the two of you could|reconcil(?:e|ed) with)\b",
    re.IGNORECASE,
)


@once_for_each_kind
def told_to(deck: Deck, who: Person) -> set[str]:
    """Everything this deck can say or show to somebody, from what is coming to the closing."""
    words = resolve(deck, who).filled((*deck.coming, *deck.opening, *deck.closing))
    shown = {one.prompt.heading for _, asked in sittings(deck, who) for one in asked}
    return {*heard_by(deck, who), *words, *shown, deck.title}


each_deck = pytest.mark.parametrize("deck", [DECKS[n] for n in sorted(DECKS)], ids=lambda d: d.name)


@each_deck
def test_of_the_dead_nothing_is_said_in_the_present_and_nobody_is_sent_to_them(deck: Deck) -> None:
    for speaker in SPEAKERS:
        for path in PATHS:
            who = person(speaker, "died", path, call="your mother")
            if may_open(deck, who):
                assert [text for text in told_to(deck, who) if PRESENT.search(text)] == []


@each_deck
@pytest.mark.parametrize("path", ["alone", "not-sure", ""])
def test_on_a_path_alone_nobody_is_asked_for_any_of_the_four(deck: Deck, path: str) -> None:
    for speaker in SPEAKERS:
        for her in HERS:
            who = person(speaker, her, path, call="your mother")
            if not may_open(deck, who):
                continue
            assert FOUR.isdisjoint(deck.asks)
            for _, asked in sittings(deck, who):
                assert [one.prompt.id for one in asked if FOUR & {*one.asks}] == []
                assert not any(one.mirror for one in asked)
            assert [text for text in told_to(deck, who) if ALONE.search(text)] == []
            for here, _ in sittings(deck, who):
                for offer in resolve(deck, who).offers(here):
                    opened = DECKS[offer.deck]
                    assert not may_open(opened, who) or FOUR.isdisjoint(opened.asks)


@each_deck
def test_whoever_it_is_every_sitting_fits_an_ear(deck: Deck) -> None:
    tops = {prompt.id for prompt in deck.prompts}
    for who in everybody():
        if may_open(deck, who):
            for _, asked in sittings(deck, who):
                assert sum(one.prompt.id in tops for one in asked) <= SPOKEN_LIMITS.prompts
                assert len({one.prompt.id for one in asked}) == len(asked)
                assert all("{" not in text for one in asked for text in one.words)


@each_deck
def test_every_deck_is_open_to_somebody_and_stands_in_the_programme(deck: Deck) -> None:
    assert any(may_open(deck, who) for who in everybody())
    assert deck.name in {name for each in PROGRAMMES.values() for name in each.names}


@each_deck
def test_a_heavy_deck_waits_longest_and_a_light_one_least(deck: Deck) -> None:
    expected = {"light": 8, "middle": 15, "heavy": 30}[deck.depth]
    assert silence_s(deck) == (None if deck.name == "what-was-missed" else expected)


def test_what_one_heard_oneself_say_is_asked_last_and_never_where_a_row_fixes_the_ending() -> None:
    gathering = [deck for deck in DECKS.values() if deck.gather]
    assert len(gathering) >= 10
    for deck in gathering:
        assert deck.depth == "middle"
        assert deck.prompts[-1].id == GATHERING
        assert {1, 4, 12, 17, 27, 28}.isdisjoint(deck.practices)
    assert not any(p.id == GATHERING for d in DECKS.values() if not d.gather for p in d.prompts)


def test_all_thirty_two_practices_have_a_deck() -> None:
    assert {number for deck in DECKS.values() for number in deck.practices} == set(range(1, 33))


def test_the_mirror_is_never_held_up_to_hurt_letters_or_silence() -> None:
    for name in ("unsent-letter", "what-hurt", "never-said"):
        assert not any(prompt.mirror for prompt in DECKS[name].every_prompt)


def test_what_hurt_asks_for_nobodys_reasons_and_follows_up_once() -> None:
    deck = DECKS["what-hurt"]
    assert [p.words for p in deck.prompts if "more" in p.id] == [("Is there more?",)]
    assert not any(prompt.asks for prompt in deck.every_prompt)
    said = " ".join(heard_by(deck, person("daughter", "living", "together"))).casefold()
    for word in ("thank", "her side", "your part", "forgive", "understand"):
        assert word not in said


@pytest.mark.parametrize("name", ["unsent-letter", "younger-self", "what-was-missed"])
def test_only_a_mother_is_offered_owning_it(name: str) -> None:
    deck = DECKS[name]
    assert ("owning-it", (("speaker", ("mother",)),)) in [(o.deck, o.when) for o in deck.offers]


def test_owning_it_is_closed_on_a_path_alone() -> None:
    for path in ("alone", "not-sure", ""):
        assert not may_open(DECKS["owning-it"], person("mother", "living", path))


@pytest.mark.parametrize("name", ["unsent-letter", "never-said"])
def test_a_letter_and_a_secret_ask_what_becomes_of_them(name: str) -> None:
    assert DECKS[name].at_end == "ask"


def test_sending_waits_a_day_and_asks_how_silence_would_be() -> None:
    deck = DECKS["sending"]
    assert deck.waits == (("unsent-letter", 1),)
    assert ("If no answer comes, how will that be?",) in [prompt.words for prompt in deck.prompts]


def test_two_voices_agree_first_and_were_asked_alone_before() -> None:
    for deck in DECKS.values():
        if deck.voices:
            first = deck.prompts[0]
            assert first.consent
            assert first.voice == deck.voices[1]
            assert deck.adults
            refused = {**FAMILY, "ready-or-not/room": "no"}
            assert not may_open(deck, Person(known=refused, facts=PROGRAMME.facts))


@pytest.mark.parametrize("name", ["speaker-and-listener", "line-together"])
def test_what_is_about_the_two_of_them_waits_for_a_yes_said_alone(name: str) -> None:
    deck = DECKS[name]
    assert "together" in deck.asks
    assert deck.when == (("ready-or-not/room", ("yes",)),)


def test_a_life_story_needs_her_yes_and_two_adults_and_nothing_else() -> None:
    deck = DECKS["interview"]
    assert deck.adults
    assert deck.prompts[0].consent
    assert may_open(deck, Person(known=FAMILY, facts=PROGRAMME.facts))


def test_equal_turns_for_speaker_and_listener() -> None:
    turns = [prompt.voice for prompt in DECKS["speaker-and-listener"].every_prompt][1:]
    assert turns.count("first") == turns.count("second")


def test_she_is_only_invited_to_speak_where_nothing_was_refused() -> None:
    deck = DECKS["interview"]
    answers = {"ready-or-not/room": "no"}
    who = person("daughter", "living", "together", **answers)
    assert may_open(deck, person("daughter", "living", "together"))
    assert not may_open(deck, type(who)(known={**who.known, **answers}, facts=who.facts))


def test_her_struggles_are_said_once_not_to_excuse() -> None:
    for name in ("her-struggles", "my-struggles"):
        deck = DECKS[name]
        for prompt in deck.prompts:
            for text in prompt.words:
                assert ("not excusing" in text or "not to excuse" in text) == (prompt.id == "tell")
    assert sum(len(p.menu) for p in DECKS["her-struggles"].prompts) == 15


def test_stages_are_told_in_the_order_of_a_life() -> None:
    told = [prompt for prompt in DECKS["stages"].prompts if prompt.id != GATHERING]
    stages = [prompt.stage for prompt in told]
    assert stages == list(range(1, 9))
    assert all(prompt.variants for prompt in told if prompt.stage != 7)


def test_three_takes_of_the_pattern_stand_side_by_side() -> None:
    besides = {p.id: p.beside for p in DECKS["the-pattern"].prompts if p.beside}
    assert besides == {"her-and-me": "her-mother-and-her", "me-and-now": "her-and-me"}
    menu = {say for prompt in DECKS["the-pattern"].prompts for _, say in prompt.menu}
    assert {"it stopped with me", "I see no pattern"} <= menu


def test_a_recent_loss_is_met_with_light_things_only() -> None:
    deck = DECKS["without-her"]
    here = {"door": "died", "recent": "recent"}
    who = person("daughter", "died", "alone")
    assert [o.deck for o in resolve(deck, who).offers(here)] == ["who-holds-me", "everyday"]
    asked = [one.prompt.id for one in questions(deck, who, here=here)]
    assert asked == ["recent", "memory"]


@pytest.mark.parametrize("said", [{}, {"recent": ""}, {"recent": "none"}])
def test_where_nobody_says_how_recent_a_loss_is_it_is_met_like_a_recent_one(
    said: dict[str, str],
) -> None:
    who = person("daughter", "died", "alone")
    asked = [one.prompt.id for one in questions(DECKS["without-her"], who, here=said)]
    assert asked == ["recent", "memory"]


@pytest.mark.parametrize(
    ("here", "asked"),
    [
        ({"recent": "longer"}, ["recent", "stays", "notice", "next"]),
        ({"door": "unwilling"}, ["door", "own-side", "own-life", "next"]),
        ({"door": "not-safe"}, ["door", "not-believed", "safe-now", "next"]),
        ({"door": "died", "recent": "longer"}, ["door", "recent", "stays", "notice", "next"]),
        ({"door": ""}, ["door", "any"]),
        ({"door": "none"}, ["door", "any"]),
    ],
)
def test_each_door_has_its_questions_and_none_stays_without(
    here: dict[str, str], asked: list[str]
) -> None:
    who = person("daughter", "" if "door" in here else "died", "alone")
    chosen = questions(DECKS["without-her"], who, here=here)
    assert [one.prompt.id for one in chosen] == asked


@pytest.mark.parametrize("path", ["alone", "not-sure", ""])
@pytest.mark.parametrize("her", ["living", "died", "not-known", ""])
def test_on_a_path_alone_the_programme_offers_no_deck_that_asks_for_any_of_the_four(
    path: str, her: str
) -> None:
    for speaker in SPEAKERS:
        who = person(speaker, her, path)
        for name in PROGRAMME.names:
            if may_open(DECKS[name], who):
                assert FOUR.isdisjoint(DECKS[name].asks), name
                assert not DECKS[name].voices, name


def test_what_is_shown_of_a_deck_for_the_living_alone_is_closed_to_those_who_mourn() -> None:
    for path in PATHS:
        for name in ("interview", "speaker-and-listener", "line-together", "sending"):
            assert not may_open(DECKS[name], person("daughter", "died", path))


def test_a_telling_that_was_declined_is_not_spoken_of_in_the_closing() -> None:
    deck = DECKS["her-side"]
    who = person("daughter", "living", "together")
    asked = questions(deck, who, here={"hers": "decline"})
    assert [one.prompt.id for one in asked] == ["mine", "hers"]
    for text in resolve(deck, who).filled(deck.closing):
        assert not re.search(r"\b(?:two|both) telling|\bher chair\b|\bback in\b", text)


def test_every_interview_begins_with_not_that() -> None:
    assert all("not that" in text for text in DECKS["interview"].opening)


@each_deck
def test_no_opening_or_closing_praises_absolves_or_promises(deck: Deck) -> None:
    for text in (*deck.closing, *deck.opening):
        assert not re.search(
            r"\b(?:more than that|good job|strong of you|courage|forgiven|it will be|better now"
            r"|not your fault|proud|congratulat|amazing|great)\b",
            text,
            re.IGNORECASE,
        )


@pytest.mark.parametrize("path", ["alone", "not-sure", ""])
def test_alone_both_small_steps_and_good_time_are_for_oneself(path: str) -> None:
    for speaker in SPEAKERS:
        for her in HERS:
            who = person(speaker, her, path)
            for name in ("small-steps", "shared-time"):
                for one in questions(DECKS[name], who):
                    told = " ".join((*one.words, one.gentler))
                    assert not re.search(r"\b(?:someone|person|friend|whom|trust|meet)\b", told)
