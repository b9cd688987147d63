"""Handles and names are kept: no look, no merge and no rebuild changes one by itself."""

from dataclasses import replace
from datetime import timedelta

from tests.core.themes.test_assembling import MADE, SEED, assembled, named
from tests.support.diaries import diary
from voicereflect.core.review.spans import spanned
from voicereflect.core.search.dates import Days
from voicereflect.core.themes import curation as rules
from voicereflect.core.themes.clustering.clusters import KnownExamples
from voicereflect.core.themes.clustering.finding import find
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.curation import CuratedTheme, Curation, still_kept
from voicereflect.core.themes.keeping import handle_from, held, named_unasked
from voicereflect.core.themes.known import KnownTheme
from voicereflect.core.themes.names import naming

GARDEN = ["I dug in the garden.", "We sat in our garden.", "The garden is dry.", "I like a garden."]


def test_a_look_again_gives_the_same_and_keeps_nothing_more() -> None:
    themes, kept = held(assembled(), Curation())
    again, still = held(assembled(kept), kept)
    assert still == kept
    assert [(each.handle, each.name) for each in again] == [(e.handle, e.name) for e in themes]
    assert len({each.handle for each in themes}) == len(themes)


def test_merging_two_themes_renames_no_other() -> None:
    themes, kept = held(assembled(), Curation())
    one, other, *rest = themes
    fresh, into = CuratedTheme(name=""), other.name
    merged = rules.changed(kept, one.name, fresh, lambda record: replace(record, into=into))
    after, _ = held(assembled(merged), merged)
    assert {(e.handle, e.name) for e in rest} < {(e.handle, e.name) for e in after}
    assert one.handle not in {each.handle for each in after}


def test_more_entries_and_another_model_change_no_handle_and_no_name() -> None:
    themes, kept = held(assembled(), Curation())
    shown = [each for each in themes if each.shown]
    more = assembled(kept, made=diary(1, 90), tuning=Tuning(smoothing=0.6))
    assert [(each.handle, each.name) for each in shown] == [
        (found.handle, found.name) for found in (find(more, each.handle) for each in shown)
    ]


def test_a_better_name_is_only_offered_and_a_given_one_is_left_alone() -> None:
    themes, kept = held(assembled(), Curation())
    first = themes[0]
    worse = tuple(replace(r, name="worse") if r.handle == first.handle else r for r in kept.records)
    theme = find(assembled(Curation(records=worse)), first.handle)
    assert (theme.name, theme.better) == ("worse", first.name)
    mine = rules.renamed(kept, first.name, CuratedTheme(name=""), "mine")
    assert find(assembled(mine), first.handle).better == ""


def test_of_a_theme_that_waits_for_a_yes_nothing_is_kept() -> None:
    examples = MADE[0][1]
    waiting = assembled(seeds=(KnownExamples(key=SEED.key, vectors=examples),))
    assert any(each.waits_for_yes for each in waiting)
    themes, kept = held(waiting, Curation())
    assert SEED.key not in {record.seed for record in kept.records}
    assert not any(each.handle for each in themes if each.waits_for_yes)


def test_a_name_goes_with_the_words_it_is_made_of_and_is_made_anew() -> None:
    themes, kept = held(assembled(), Curation())
    word = themes[0].name.split()[0]
    scrubbed = rules.without(kept, gone=lambda _: False, said=lambda text: text == word)
    assert not any(word in record.name.split() for record in scrubbed.records)
    again, named_anew = held(assembled(scrubbed), scrubbed)
    assert find(again, themes[0].handle).name == themes[0].name
    assert named_anew == kept


def test_what_is_found_no_more_is_not_listed_unless_a_hand_was_in_it() -> None:
    _, kept = held(assembled(), Curation())
    assert assembled(kept, tuning=Tuning(core=1.1)) == ()


def test_taking_a_change_back_keeps_what_was_found_since() -> None:
    plain = CuratedTheme(name="dog", handle="a2b", suggested=True)
    mine = CuratedTheme(name="mine", handle="c3d")
    assert still_kept(Curation(), Curation(records=(plain, mine))).records == (plain,)


def test_a_taken_handle_makes_a_longer_one() -> None:
    short = handle_from("somewhere", ())
    assert handle_from("somewhere", {short}).startswith(short)
    assert handle_from("somewhere", {short}) != short


def test_a_name_is_a_noun_with_what_it_is_said_with_or_two_nouns() -> None:
    dogs = ["I walked my dog.", "My dog barked.", "My dog slept.", "I fed my dog and left."]
    mixed = [
        "The rain fell.",
        "I saw the rain.",
        "The wind blew.",
        "A wind came.",
        "We ran.",
        "We ate.",
    ]
    given = naming.names({"a": dogs, "b": GARDEN, "c": mixed, "d": []})
    assert given == {"a": "my dog", "b": "garden", "c": "rain and wind", "d": "d"}


def test_no_name_is_one_that_another_theme_has() -> None:
    assert naming.names({"a": GARDEN}, {"garden": "another"})["a"] != "garden"
    assert naming.names({"a": GARDEN}, {"garden": "a"})["a"] == "garden"


def test_names_that_share_a_noun_are_twins() -> None:
    assert naming.share_a_noun("friends", "friend and bar")
    assert not naming.share_a_noun("my mother", "my father")


def test_within_a_span_what_began_and_what_went_quiet_are_counts_and_dates() -> None:
    theme = named(assembled(), assembled()[0].name)
    first, last = theme.days[0], theme.days[-1]
    (found,) = spanned([theme], Days(first, last)).came
    assert (found.before, found.days) == (None, theme.days)
    (found,) = spanned([theme], Days(theme.days[3], last)).came
    assert found.before == theme.days[2]
    after = theme.days[-1] + timedelta(days=2)
    (quiet,) = spanned([theme], Days(after, after + timedelta(days=2))).quiet
    assert (quiet.name, quiet.days, quiet.last) == (theme.name, len(theme.days), last)
    assert spanned([theme], Days(after, after)).quiet == ()


def test_what_is_sensitive_is_named_only_after_a_yes_and_what_is_hidden_too() -> None:
    known = [
        KnownTheme(key="seed:fear", title="Fear", examples=("I am afraid.",), sensitive=True),
        KnownTheme(key="seed:work", title="Work", examples=("I work.",), sensitive=False),
    ]
    fear = CuratedTheme(name="what I fear", seed="seed:fear")
    called_so = CuratedTheme(name="fear", examples=("I am afraid.",))
    work = CuratedTheme(name="work", seed="seed:work")
    garden = CuratedTheme(name="the garden", hidden=True)
    yes = [replace(each, confirmed=True) for each in (fear, called_so, garden)]
    assert named_unasked([fear, called_so, work, garden], known) == (work,)
    assert named_unasked([*yes, work], known) == (*yes, work)
