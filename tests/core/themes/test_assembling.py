"""The person's word over the machine's: moves, exact words, merges, names; after any rebuild."""

from dataclasses import replace

from tests.support import diaries
from tests.support.diaries import Diary, diary
from voicereflect.core.themes import curation as rules
from voicereflect.core.themes.assembling import Material, assemble
from voicereflect.core.themes.claims import Claim, Claimant
from voicereflect.core.themes.clustering.clusterer import begin
from voicereflect.core.themes.clustering.clusters import KnownExamples
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.curation import CuratedQuote, CuratedTheme, Curation
from voicereflect.core.themes.keeping import quote_of, record_of
from voicereflect.core.themes.known import KnownTheme
from voicereflect.core.themes.names.phrases import Phrases, plainly
from voicereflect.core.themes.passages import PassagePlace
from voicereflect.core.themes.theme import Theme

MADE = diary(1, 60)
NOTHING = Curation()
TUNING = Tuning()
SEED = KnownTheme(key="seed:x", title="the seed", examples=("a", "b"), sensitive=True)


def assembled(
    curation: Curation = NOTHING,
    *,
    made: Diary = MADE,
    tuning: Tuning = TUNING,
    seeds: tuple[KnownExamples, ...] = (),
    closed: frozenset[str] = frozenset(),
) -> tuple[Theme, ...]:
    clusterer = begin(seeds, tuning, width=diaries.WIDTH)
    claims: dict[PassagePlace, Claim] = {}
    claimant = Claimant(curation, {}, smoothing=0.4)
    for number, (entry, rows) in enumerate(made):
        clusterer.add(entry, rows)
        claims |= claimant.claims(number, entry, rows)
    return assemble(
        Material(
            source=diaries.Said(made),
            keys=clusterer.keys,
            assigned=clusterer.assigned(),
            claims=claims,
            closed=closed,
            known=(SEED,),
            curation=curation,
        )
    )


def named(themes: tuple[Theme, ...], name: str) -> Theme:
    (theme,) = [each for each in themes if each.name == name]
    return theme


def test_found_themes_are_named_by_their_own_words() -> None:
    names = [theme.name for theme in assembled() if theme.shown]
    assert {name.split(" ")[0] for name in names} & set(diaries.WORDS[:4])
    assert len(names) == len(set(names))


def test_a_name_survives_a_rebuild_with_another_model() -> None:
    theme = assembled()[0]
    curation = Curation(records=(replace(record_of(theme), name="mine"),))
    other = assembled(curation, tuning=Tuning(smoothing=0.1, assign=0.45, linked=0.3))
    quotes = {quote_of(each) for each in named(other, "mine").sentences}
    assert set(curation.records[0].quotes) <= quotes


def test_what_was_named_stays_where_nothing_is_found_any_more() -> None:
    theme = assembled()[0]
    curation = Curation(records=(replace(record_of(theme), name="mine", pinned=True),))
    nothing = assembled(curation, tuning=Tuning(core=1.1))
    mine = named(nothing, "mine")
    assert mine.unmatched
    assert mine.shown
    assert {quote_of(each) for each in mine.sentences} == set(curation.records[0].quotes)


def test_a_moved_sentence_is_where_it_was_put() -> None:
    one, two = assembled()[:2]
    quote = quote_of(one.sentences[0])
    curation = rules.moved(Curation(records=(record_of(two),)), quote, two.name)
    after = assembled(curation)
    assert quote in {quote_of(each) for each in named(after, two.name).sentences}
    assert sum(quote_of(s) == quote for theme in after for s in theme.sentences) == 1


def test_a_sentence_moved_to_no_theme_is_in_none() -> None:
    quote = quote_of(assembled()[0].sentences[0])
    after = assembled(rules.moved(Curation(), quote, ""))
    assert quote not in {quote_of(s) for theme in after for s in theme.sentences}


def test_a_merged_theme_holds_both() -> None:
    one, two = assembled()[:2]
    curation = Curation(records=(replace(record_of(one), into=two.name), record_of(two)))
    after = assembled(curation)
    merged = named(after, two.name)
    assert len(merged.sentences) == len(one.sentences) + len(two.sentences)
    assert one.key not in {theme.key for theme in after}


def test_merging_in_a_circle_loses_nothing() -> None:
    one, two = assembled()[:2]
    curation = Curation(
        records=(
            replace(record_of(one), into=two.name),
            replace(record_of(two), into=one.name),
        )
    )
    count = sum(len(theme.sentences) for theme in assembled())
    assert sum(len(theme.sentences) for theme in assembled(curation)) == count


def test_exact_words_come_before_what_the_register_decided() -> None:
    curation = Curation(records=(CuratedTheme(name="music", words=("piano",)),))
    after = assembled(curation)
    with_word = {
        f"{entry.id}/1:{p.word}" for entry, _ in MADE for p in entry.passages if "piano" in p.text
    }
    assert {each.reference for each in named(after, "music").sentences} == with_word


def test_words_added_to_a_theme_that_was_found_take_their_sentences() -> None:
    theme = assembled()[0]
    with_word = {
        f"{entry.id}/1:{p.word}" for entry, _ in MADE for p in entry.passages if "piano" in p.text
    }
    curation = Curation(records=(replace(record_of(theme), words=("piano",)),))
    after = named(assembled(curation), theme.name)
    assert after.key == theme.key
    before = {each.reference for each in theme.sentences}
    assert not with_word <= before
    assert {each.reference for each in after.sentences} == before | with_word


def test_exact_words_are_whole_words_with_their_endings() -> None:
    phrases = Phrases(["my eye", "plague"])
    assert phrases.stand_in(plainly("Oh, My eyes were sore."))
    assert phrases.stand_in(plainly("the plague's end"))
    assert not phrases.stand_in(plainly("my eyebrows; a plagued town"))
    assert not Phrases([]).stand_in("anything")


def test_exact_words_do_not_stand_within_a_phrase_that_means_something_else() -> None:
    phrases = Phrases(["my mother"], ["my mother-in-law"])
    assert not phrases.stand_in(plainly("My mother-in-law's letters came."))
    assert phrases.stand_in(plainly("My mother-in-law wrote to my mother."))


def test_a_sensitive_theme_is_shown_only_with_a_yes() -> None:
    anchors = diaries.direction("topic 0")[None].repeat(2, axis=0)
    seeds = (KnownExamples(key=SEED.key, vectors=anchors),)
    quiet = named(assembled(seeds=seeds), "the seed")
    assert quiet.recurs
    assert not quiet.shown
    yes = Curation(records=(CuratedTheme(name="the seed", seed=SEED.key, confirmed=True),))
    assert named(assembled(yes, seeds=seeds), "the seed").shown


def test_a_hidden_theme_is_not_shown() -> None:
    record = record_of(assembled()[0])
    after = assembled(Curation(records=(replace(record, hidden=True),)))
    assert not named(after, record.name).shown


def test_closed_entries_are_counted_and_not_open() -> None:
    theme = assembled()[0]
    first = theme.sentences[0].entry
    after = named(assembled(closed=frozenset({first})), theme.name)
    assert after.days == theme.days
    assert [each.open for each in after.sentences if each.entry == first] == [False] * sum(
        each.entry == first for each in theme.sentences
    )


def test_a_rename_takes_along_what_points_to_the_name() -> None:
    quote = CuratedQuote(entry="e", answer=1, words="w")
    before = rules.moved(
        Curation(records=(CuratedTheme(name="a", into="b"), CuratedTheme(name="b"))), quote, "b"
    )
    after = rules.renamed(before, "b", CuratedTheme(name="b"), "c")
    assert [each.name for each in after.records] == ["a", "c"]
    assert after.records[0].into == "c"
    assert after.moves[0].to == "c"
