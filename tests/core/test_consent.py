"""What another speaker agreed to, and what follows; whatever stands in the file."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.support.vaults import make_entry
from voicereflect.core.entry.page import entry_text
from voicereflect.core.entry.page.further_keys import OF_ENTRY, read, written
from voicereflect.core.safety.consent import (
    NOTHING,
    both_may_hear,
    consent_of,
    counting,
    is_shared,
    may_count,
    others_of,
    with_consent,
)
from voicereflect.model import Answer, Consent, Entry

NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12)
CONSENTS = st.builds(
    Consent,
    kept=st.booleans(),
    themes=st.booleans(),
    sayback=st.booleans(),
    withdrawn=st.sampled_from(["", "2026-11-24T10:00:00+01:00"]),
)


def shared(consent: Consent | None = None) -> Entry:
    """Two voices in turn, the second one Ruth's."""
    entry = replace(make_entry(answers=4), speakers=("me", "Ruth"))
    answers = tuple(
        replace(each, speaker="Ruth" if each.number % 2 else "me", text=f"Sentence {each.number}.")
        for each in entry.answers
    )
    entry = replace(entry, answers=answers)
    return with_consent(entry, "Ruth", consent) if consent else entry


def written_so(consent: object) -> Entry:
    """What is read from a file that somebody wrote `consent` into."""
    return replace(shared(), **read({"consent": consent}, OF_ENTRY))


def numbers(answers: tuple[Answer, ...]) -> list[int]:
    return [each.number for each in answers]


@given(NAMES, CONSENTS, NAMES, CONSENTS)
def test_what_was_agreed_is_read_back_from_the_file(
    one: str, first: Consent, other: str, second: Consent
) -> None:
    entry = with_consent(with_consent(make_entry(), one, first), other, second)
    again = entry_text.parse(entry_text.render(entry), "entry.md")
    assert again == entry
    assert consent_of(again, other) == second
    assert consent_of(again, one) == (second if one == other else first)


def test_without_a_yes_only_the_owners_words_count() -> None:
    for consent in (None, NOTHING, Consent(kept=True), Consent(kept=True, sayback=True)):
        assert numbers(counting(shared(consent))) == [2, 4]


def test_with_a_yes_hers_count_until_she_takes_them_back() -> None:
    yes = Consent(kept=True, themes=True)
    assert numbers(counting(shared(yes))) == [1, 2, 3, 4]
    assert numbers(counting(shared(replace(yes, withdrawn="2026-11-24")))) == [2, 4]


def test_a_list_of_names_from_older_files_still_means_that_their_words_count() -> None:
    old = written_so(["Ruth"])
    assert all(may_count(old, each) for each in old.answers)
    assert entry_text.parse(entry_text.render(old), "entry.md") == old
    assert "- Ruth" in entry_text.render(old)
    changed = with_consent(old, "Ida", NOTHING)
    assert consent_of(changed, "Ruth") == Consent(kept=True, themes=True)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_whatever_somebody_wrote_there_is_no_yes(there: object) -> None:
    entry = written_so({"Ruth": {"kept": 1, "themes": there}})
    assert may_count(entry, entry.answers[0]) == (there is True)
    if not isinstance(there, list):
        odd = written_so(there)
        assert not may_count(odd, odd.answers[0])


def test_other_keys_beside_a_consent_survive() -> None:
    entry = written_so({"Ruth": {"kept": True, "note": "by letter"}})
    after = with_consent(entry, "Ruth", Consent(kept=True, themes=True))
    assert written(after, OF_ENTRY)["consent"]["Ruth"] == {
        "kept": True,
        "note": "by letter",
        "themes": True,
        "sayback": False,
    }


@given(CONSENTS)
def test_in_company_nothing_spoken_alone_returns(consent: Consent) -> None:
    alone = make_entry(answers=3)
    assert not any(both_may_hear(alone, each) for each in alone.answers)
    assert all(may_count(alone, each) for each in alone.answers)
    entry = shared(consent)
    hers = consent.kept and not consent.withdrawn
    returning = [each.number for each in entry.answers if both_may_hear(entry, each)]
    assert returning == ([1, 2, 3, 4] if hers else [2, 4])


def test_a_consent_is_a_trace_of_company_and_of_another_speaker() -> None:
    assert not is_shared(make_entry())
    entry = with_consent(make_entry(), "Ruth", NOTHING)
    assert is_shared(entry)
    assert others_of(entry) == ("Ruth",)
