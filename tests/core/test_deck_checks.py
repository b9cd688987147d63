import pytest

from voicereflect.core.decks.file.checks import check, most_asked
from voicereflect.core.decks.file.reading import parse
from voicereflect.core.decks.file.template import new_deck
from voicereflect.core.decks.rotation import FREELY
from voicereflect.deck_model import Fact, FactChoice

FACTS = (Fact(id="pet", ask="Which?", choices=(FactChoice(id="cat", say="a cat"),)),)
GOOD = new_deck("pets")


def found(old: str, new: str) -> list[str]:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    return [f"{p.line}: {p.what}" for p in check(text, "pets", facts=FACTS)]


def test_a_good_deck_has_no_problems() -> None:
    assert check(GOOD, "pets", facts=FACTS) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("What do you want to hear yourself say?", "word " * 31, "31 words, where 30"),
        ("What do you want to hear yourself say?", "Who? And what?", "2 question marks"),
        ("What do you want to hear yourself say?", "Why is it so?", 'begins with "Why"'),
        ("What do you want to hear yourself say?", "Is it healing?", 'it says "healing"'),
        ("What do you want to hear yourself say?", "How is {dog}?", '"{dog}" is nothing that can'),
        ("minutes = 8 ", "minutes = 16 ", "16 minutes, where 15"),
        ('depth = "light"', 'depth = "heavy"', "a heavy deck says what is coming"),
        ('depth = "light"', 'needs = ["dog"]\ndepth = "light"', '"dog" is nothing that can'),
        ("A minute to hear yourself.", FREELY, "asks for privacy itself"),
        ("echo = true", 'given = { a = { pet = "cat" } }', '"a" is no choice'),
        ("echo = true", 'when = { pet = "dog" }', '"pet" is never "dog"'),
        ("echo = true", 'when = { first = "a" }', '"first" is nothing that can'),
        ("echo = true", 'beside = "second"', 'there is no prompt "second"'),
        ("echo = true", 'earlier = ["pets/second"]', 'there is no prompt "pets/second"'),
        ("echo = true", 'voice = "second"', "none of the voices"),
        ("echo = true", 'menu = { a = "a", b = "b", c = "c", d = "d", e = "e" }', "5 choices"),
        ("echo = true", 'menu = { none = "nothing" }', '"none" is a choice already'),
        ("echo = true", 'ends = ["a"]\nmenu = { b = "b" }', '"a" is no choice'),
        ("echo = true", "rests = { b = 0 }", '"b" is 0'),
        ('id = "each-time"', 'id = "gather"', "cannot be a prompt's id"),
        ("minutes = 8 ", "gather = true\nminutes = 8 ", "a light deck does not gather"),
        ("minutes = 8 ", f'line = "{"a " * 30}"\nminutes = 8 ', "59 letters, where"),
        ("minutes = 8 ", 'about = "cats"\nminutes = 8 ', '"about" is "cats"'),
    ],
)
def test_each_problem_is_found(old: str, new: str, said: str) -> None:
    assert any(said in each for each in found(old, new))


def test_every_problem_is_found_at_one_look_in_the_order_of_lines() -> None:
    text = GOOD.replace("minutes = 8 ", "minutes = 99 ").replace("echo", "ecco")
    problems = check(text.replace("How is it now?", "Why?"), "pets", facts=FACTS)
    assert len(problems) == 3
    assert [each.line for each in problems] == sorted(each.line for each in problems)


def test_a_sixth_prompt_needs_parts_or_conditions() -> None:
    more = "".join(f'\n[[prompts]]\nid = "more-{n}"\nwords = ["Number {n}?"]\n' for n in range(4))
    assert most_asked(parse(GOOD + more, "pets")) == 6
    assert any("6 prompts" in each.what for each in check(GOOD + more, "pets", facts=FACTS))
    with_parts = GOOD.replace("edition = 1", "parts = true\nedition = 1", 1) + more
    assert check(with_parts, "pets", facts=FACTS) == ()
    either = more.replace('id = "more-3"', 'id = "more-3"\nwhen = { pet = "" }')
    either = either.replace('id = "more-2"', 'id = "more-2"\nwhen = { pet = "cat" }')
    assert check(GOOD + either, "pets", facts=FACTS) == ()


def test_conditions_that_meet_in_very_many_ways_are_looked_over_at_once() -> None:
    facts = tuple(
        Fact(id=f"fact-{n}", ask="Which?", choices=(FactChoice(id="yes", say="yes"),))
        for n in range(40)
    )
    more = "".join(
        f'\n[[prompts]]\nid = "more-{n}"\nwhen = {{ fact-{n} = "yes" }}\nwords = ["Number {n}?"]\n'
        for n in range(40)
    )
    assert most_asked(parse(GOOD + more, "pets")) == 42
    assert ["prompts" in each.what for each in check(GOOD + more, "pets", facts=facts)] == [True]
