from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.shipped import DECKS, HERS, PATHS, PROGRAMME, SPEAKERS
from tests.support.walking import walk
from voicereflect.core.decks.choosing import Person, may_open, questions
from voicereflect.core.programme.offering import next_deck
from voicereflect.core.programme.so_far import (
    PAIR_APART_DAYS,
    DeckSitting,
    Next,
    PickedChoice,
    ProgrammeSoFar,
    Reason,
    pair_by_date,
    person_in,
    resting_until,
)
from voicereflect.deck_model import Programme
from voicereflect.model import Deck

DAY = date(2026, 1, 5)
IN_ORDER = (
    *("who-holds-me", "everyday", "what-hurt", "evening", "both-at-once", "ready-or-not"),
    *("small-steps", "stages", "stages", "between-us", "perfect-mother", "her-struggles"),
    *(
        "her-struggles",
        "her-biography",
        "qualities",
        "what-was-missed",
        "once-otherwise",
        "younger-self",
    ),
    *("morning", "one-conflict", "i-messages", "boundaries", "the-pattern", "shared-time"),
    *("resentment", "expectations", "how-near", "speaker-and-listener", "small-steps"),
    *("expectations", "unsent-letter", "everyday", "then-and-now"),
)
EARLIER = tuple(deck for deck in dict.fromkeys(IN_ORDER) if deck != "then-and-now")
ALONE = tuple(deck for deck in EARLIER if not DECKS[deck].voices)


def who(never: frozenset[str] = frozenset(), **known: str) -> Person:
    return Person(known=known, facts=PROGRAMME.facts, never=never)


def offer(past: ProgrammeSoFar, today: date = DAY, person: Person | None = None) -> Next | None:
    return next_deck(PROGRAMME, DECKS, person or who(), past, today)


def all_of(deck: str) -> frozenset[str]:
    return frozenset(f"{deck}/{prompt.id}" for prompt in DECKS[deck].every_prompt)


def answered(*decks: str, day: date = DAY, picks: tuple[PickedChoice, ...] = ()) -> ProgrammeSoFar:
    return ProgrammeSoFar(
        sittings=tuple(DeckSitting(deck=deck, day=day, met=all_of(deck)) for deck in decks),
        picks=picks,
    )


def ready(choice: str, day: date = DAY, room: str = "yes") -> tuple[PickedChoice, ...]:
    return (
        PickedChoice(prompt="ready-or-not/ready", choice=choice, day=day),
        PickedChoice(prompt="ready-or-not/room", choice=room, day=day),
    )


def taken_by(person: Person, days: list[int]) -> list[tuple[date, str]]:
    """Take every offer, so many days apart; be ready, and able to say no."""
    return [(visit.day, visit.deck) for visit in walk(person, lambda _, menu: menu[0], days)]


def test_two_sessions_a_week_follow_the_order_of_the_practices() -> None:
    person = who(speaker="daughter", her="living", path="together")
    taken = [deck for _, deck in taken_by(person, [3, 4] * 25)]
    assert tuple(taken[: len(IN_ORDER)]) == IN_ORDER


people = st.builds(
    lambda s, h, p: who(**{k: v for k, v in (("speaker", s), ("her", h), ("path", p)) if v}),
    st.sampled_from(SPEAKERS),
    st.sampled_from(HERS),
    st.sampled_from(PATHS),
)


@given(people, st.lists(st.integers(0, 9), min_size=1, max_size=45))
@settings(deadline=None, max_examples=10)
def test_heavy_ones_are_a_week_apart_and_a_light_one_follows(
    person: Person, days: list[int]
) -> None:
    taken = taken_by(person, days)
    heavy = [when for when, deck in taken if DECKS[deck].depth == "heavy"]
    assert all((b - a).days >= 7 for a, b in pairwise(heavy))
    for (_, deck), (_, after) in pairwise(taken):
        if DECKS[deck].depth == "heavy":
            assert DECKS[after].depth == "light"
    first_heavy = next((n for n, (_, d) in enumerate(taken) if DECKS[d].depth == "heavy"), None)
    if first_heavy is not None:
        assert "who-holds-me" in [deck for _, deck in taken[:first_heavy]]


@given(people, st.sets(st.sampled_from(sorted(DECKS)), max_size=12))
@settings(deadline=None, max_examples=10)
def test_what_was_put_aside_for_good_is_never_offered(person: Person, never: set[str]) -> None:
    aside = Person(known=person.known, facts=person.facts, never=frozenset(never))
    taken = {deck for _, deck in taken_by(aside, [3, 4] * 15)}
    assert taken.isdisjoint(never)


def test_not_today_is_over_tomorrow() -> None:
    past = ProgrammeSoFar(not_today={"who-holds-me": DAY})
    today, tomorrow = offer(past), offer(past, DAY + timedelta(days=1))
    assert today is not None
    assert today.deck == "everyday"
    assert tomorrow is not None
    assert tomorrow.deck == "who-holds-me"


def test_nothing_heavy_comes_while_what_goes_before_it_is_put_off_for_today() -> None:
    past = ProgrammeSoFar(
        not_today={"who-holds-me": DAY}, sittings=(DeckSitting(deck="everyday", day=DAY),)
    )
    found = offer(past)
    assert found is not None
    assert DECKS[found.deck].depth != "heavy"


def test_not_ready_is_not_raised_for_four_weeks() -> None:
    done = IN_ORDER[: IN_ORDER.index("ready-or-not")]
    person = who(speaker="daughter", her="living", path="together")
    past = answered(*done, "ready-or-not", picks=ready("not-ready")[:1])
    for days in (1, 27):
        found = offer(past, DAY + timedelta(days=days), person)
        assert found is not None
        assert found.deck != "ready-or-not"
    again = offer(past, DAY + timedelta(days=28), person)
    assert again is not None
    assert again.deck == "ready-or-not"


@given(st.integers(0, 400))
def test_a_deck_for_two_stands_beside_what_one_can_do_alone(days: int) -> None:
    person = who(speaker="daughter", her="living", path="together")
    done = answered(*ALONE, "morning", picks=ready("ready"))
    found = offer(done, DAY + timedelta(days=10 + days), person)
    assert found is not None
    assert (found.deck, found.for_two) == ("small-steps", "speaker-and-listener")


def test_a_deck_for_two_is_offered_by_itself_where_nothing_else_is_left() -> None:
    person = who(speaker="daughter", her="living", path="together")
    together = Programme(name="ours", edition=1, title="Ours", why="To talk.", order=("interview",))
    assert next_deck(together, DECKS, person, ProgrammeSoFar(), DAY) == Next(
        deck="interview", reason=Reason.ORDER
    )


def test_a_deck_for_two_is_named_no_sooner_than_its_turn() -> None:
    person = who(speaker="daughter", her="living", path="together")
    found = offer(answered("who-holds-me", picks=ready("ready")), DAY + timedelta(days=1), person)
    assert found is not None
    assert found.for_two == ""


def test_together_waits_for_ready_and_for_a_room_in_which_no_is_all_right() -> None:
    person = who(speaker="daughter", her="living", path="together")
    later = DAY + timedelta(days=10)
    for choice, room, expected in (
        ("ready", "yes", "speaker-and-listener"),
        ("ready", "no", "what-i-needed"),
        ("ready", "unsure", "what-i-needed"),
        ("not-ready", "yes", "what-i-needed"),
    ):
        found = offer(answered(*ALONE, "morning", picks=ready(choice, room=room)), later, person)
        assert found is not None
        assert (found.for_two or found.deck) == expected


def test_a_deck_rests_after_the_newest_choice_only() -> None:
    deck = DECKS["ready-or-not"]
    assert resting_until(deck, ready("not-ready")[:1]) == DAY + timedelta(days=28)
    later = PickedChoice(prompt="ready-or-not/ready", choice="ready", day=DAY + timedelta(days=1))
    assert resting_until(deck, (*ready("not-ready")[:1], later)) is None


@given(st.lists(st.integers(0, 400), min_size=2, max_size=8))
def test_then_and_now_are_the_oldest_and_the_newest_by_date(days: list[int]) -> None:
    dated = [(str(n), DAY + timedelta(days=day)) for n, day in enumerate(days)]
    pair = pair_by_date(dated)
    if max(days) - min(days) < PAIR_APART_DAYS:
        assert pair is None
    else:
        assert pair is not None
        when = dict(dated)
        assert (when[pair[0]], when[pair[1]]) == (min(when.values()), max(when.values()))


@given(
    room=st.sampled_from(["no", "unsure", "none", "", "yes"]),
    speaker=st.sampled_from(SPEAKERS),
)
def test_without_a_yes_alone_nothing_together_is_ever_offered_or_asked(
    room: str, speaker: str
) -> None:
    person = who(speaker=speaker, her="living", path="together")
    here = person_in(PROGRAMME, person, ProgrammeSoFar(picks=ready("ready", room=room)))
    asked = {one for deck in DECKS.values() for one in _asked_of(deck, here)}
    assert ("together" in asked) == (room == "yes")
    open_to_two = {deck.name for deck in DECKS.values() if deck.voices and may_open(deck, here)}
    told = {"interview", "life-for-two"}
    assert bool(open_to_two - told) == (room == "yes")
    assert (told <= open_to_two) == bool(told & open_to_two) == (room != "no")


def test_the_latest_answer_about_the_room_counts() -> None:
    person = who(her="living", path="together")
    for first, last, opens in (("yes", "no", False), ("no", "yes", True), ("yes", "", False)):
        picks = (*ready("ready", room=first), *ready("ready", DAY + timedelta(days=9), room=last))
        here = person_in(PROGRAMME, person, ProgrammeSoFar(picks=picks))
        assert may_open(DECKS["speaker-and-listener"], here) == opens


def test_a_choice_left_open_later_ends_no_rest() -> None:
    deck = DECKS["ready-or-not"]
    rested = resting_until(deck, ready("not-ready"))
    left_open = PickedChoice(prompt="ready-or-not/ready", choice="", day=DAY + timedelta(days=3))
    assert resting_until(deck, (*ready("not-ready"), left_open)) == rested


def test_a_deck_for_adults_is_not_offered_where_one_of_two_is_not() -> None:
    person = who(her="living", path="together", adults="no")
    here = person_in(PROGRAMME, person, ProgrammeSoFar(picks=ready("ready")))
    assert not any(may_open(deck, here) for deck in DECKS.values() if deck.adults)


def _asked_of(deck: Deck, person: Person) -> set[str]:
    if not may_open(deck, person):
        return set()
    return {*deck.asks, *(each for one in questions(deck, person) for each in one.asks)}
