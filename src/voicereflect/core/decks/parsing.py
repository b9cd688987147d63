"""A deck's tables to a deck: which keys there are and what each takes; no limits for the ear."""

from collections.abc import Iterable
from typing import Any, Final

from voicereflect.core.decks.reader import ID, Reader, shown
from voicereflect.core.entry.languages import NAMES
from voicereflect.core.store.toml_lines import KeyPath
from voicereflect.deck_model import Offered, Variant
from voicereflect.model import ANY_LANGUAGE, Deck, Prompt

DEPTHS: Final = ("light", "middle", "heavy")
LANGUAGES: Final = (ANY_LANGUAGE, *NAMES)
CLOSING: Final = "closing"
"""What the answer to a closing is filed under, as if it were a prompt's id."""

DECK_KEYS = (
    *("format", "edition", "title", "why", "minutes", "depth"),
    *("opening", "closing", "prompts"),
    *("practices", "coming", "needs", "when", "asks", "voices", "adults", "parts", "waits"),
    *("at_end", "silence_s", "offers", "turn_minutes", "language"),
)
STEP_KEYS = (
    *("id", "words", "gentler", "when", "asks", "variants", "menu", "ends", "rests"),
    *("heading", "beside", "earlier", "earlier_from", "without", "voice", "consent"),
    *("commits", "plans", "stage", "echo", "mirror", "always", "formerly"),
)
PROMPT_KEYS = (*STEP_KEYS, "steps")
_TAKEN_IDS = ("opening", CLOSING)


def read_deck(reader: Reader, table: dict[str, Any], name: str) -> Deck:
    """Read a whole deck; what is wrong is in the reader afterwards."""
    reader.known_keys(table, (), DECK_KEYS, "a deck")
    reader.whole(table, "format")
    return Deck(
        name=name,
        edition=reader.whole(table, "edition"),
        title=reader.text(table, (), "title"),
        why=reader.text(table, (), "why"),
        minutes=reader.whole(table, "minutes"),
        depth=reader.one_of(table, (), "depth", DEPTHS),
        opening=reader.texts(table, (), "opening"),
        prompts=_read_prompts(reader, table),
        closing=reader.texts(table, (), "closing"),
        practices=reader.numbers(table, "practices"),
        coming=reader.texts(table, (), "coming") if "coming" in table else (),
        needs=reader.names(table, "needs"),
        when=reader.when(table),
        asks=reader.names(table, "asks"),
        voices=reader.names(table, "voices"),
        adults=reader.flag(table, "adults"),
        parts=reader.flag(table, "parts"),
        waits=_read_days(reader, table, "waits"),
        at_end=reader.one_of(table, (), "at_end", ("keep", "ask")) if "at_end" in table else "keep",
        turn_minutes=reader.whole(table, "turn_minutes") if "turn_minutes" in table else 0,
        silence_s=reader.whole(table, "silence_s", least=0) if "silence_s" in table else None,
        offers=_read_offers(reader, table),
        language=reader.one_of(table, (), "language", LANGUAGES) if "language" in table else "",
    )


def _read_offers(reader: Reader, table: dict[str, Any]) -> tuple[Offered, ...]:
    offers = []
    for number, item in enumerate(reader.tables(table, "offers")):
        path = ("offers", number)
        reader.known_keys(item, path, ("deck", "say", "when"), "an offer")
        offers.append(
            Offered(
                deck=reader.text(item, path, "deck"),
                say=reader.texts(item, path, "say"),
                when=reader.when(item, path),
            )
        )
    return tuple(offers)


def _read_prompts(reader: Reader, table: dict[str, Any]) -> tuple[Prompt, ...]:
    given = table.get("prompts")
    if not (isinstance(given, list) and given and all(isinstance(item, dict) for item in given)):
        if "prompts" not in reader.mistyped[()]:
            what = "there are no prompts" if given in (None, []) else "these are not prompts"
            reader.add(("prompts",), what, "Begin each prompt with a line [[prompts]].")
        return ()
    prompts = tuple(
        _read_prompt(reader, item, ("prompts", number), PROMPT_KEYS)
        for number, item in enumerate(given)
    )
    _refuse_twins(reader, _with_steps(prompts))
    return prompts


def _with_steps(prompts: tuple[Prompt, ...]) -> Iterable[tuple[KeyPath, Prompt]]:
    for number, prompt in enumerate(prompts):
        yield ("prompts", number), prompt
        for at, step in enumerate(prompt.steps):
            yield ("prompts", number, "steps", at), step


def _read_prompt(
    reader: Reader, table: dict[str, Any], path: KeyPath, keys: tuple[str, ...]
) -> Prompt:
    reader.known_keys(table, path, keys, "a prompt")
    needs_words = not table.get("variants") or "words" in table
    prompt = Prompt(
        id=reader.text(table, path, "id"),
        words=reader.texts(table, path, "words") if needs_words else (),
        gentler=_optional(reader, table, path, "gentler"),
        when=reader.when(table, path),
        asks=reader.names(table, "asks", path),
        variants=_read_variants(reader, table, path),
        steps=_read_steps(reader, table, path),
        menu=reader.sayings(table, "menu", path),
        ends=reader.names(table, "ends", path),
        rests=_read_days(reader, table, "rests", path),
        heading=_optional(reader, table, path, "heading"),
        beside=_optional(reader, table, path, "beside"),
        earlier=reader.names(table, "earlier", path),
        earlier_from=_read_end(reader, table, path),
        without=reader.texts(table, path, "without") if "without" in table else (),
        voice=_optional(reader, table, path, "voice"),
        consent=reader.flag(table, "consent", path),
        commits=reader.flag(table, "commits", path),
        plans=_optional(reader, table, path, "plans"),
        stage=reader.whole(table, "stage", path) if "stage" in table else 0,
        echo=reader.flag(table, "echo", path),
        mirror=reader.flag(table, "mirror", path),
        always=reader.flag(table, "always", path),
        formerly=reader.names(table, "formerly", path),
    )
    _check_id(reader, prompt, path)
    return prompt


def _read_steps(reader: Reader, table: dict[str, Any], path: KeyPath) -> tuple[Prompt, ...]:
    return tuple(
        _read_prompt(reader, item, (*path, "steps", number), STEP_KEYS)
        for number, item in enumerate(reader.tables(table, "steps", path))
    )


def _read_variants(reader: Reader, table: dict[str, Any], path: KeyPath) -> tuple[Variant, ...]:
    variants = []
    for number, item in enumerate(reader.tables(table, "variants", path)):
        place = (*path, "variants", number)
        reader.known_keys(item, place, ("when", "words", "gentler", "asks"), "a variant")
        variants.append(
            Variant(
                when=reader.when(item, place),
                words=reader.texts(item, place, "words"),
                gentler=_optional(reader, item, place, "gentler"),
                asks=reader.names(item, "asks", place),
            )
        )
        if not variants[-1].when:
            reader.add(place, "this variant has no condition", 'Write when = { name = "value" }.')
    return tuple(variants)


def _read_days(
    reader: Reader, table: dict[str, Any], key: str, path: KeyPath = ()
) -> tuple[tuple[str, int], ...]:
    given = dict(reader.pairs(table, key, path))
    wrong = [name for name, days in given.items() if type(days) is not int or days < 1]
    for name in wrong:
        instead = f"Write a number of days, such as {key} = {{ {name} = 28 }}."
        reader.add((*path, key, name), f'"{name}" is {shown(given[name])}', instead)
    return tuple((name, days) for name, days in given.items() if name not in wrong)


def _read_end(reader: Reader, table: dict[str, Any], path: KeyPath) -> str:
    if "earlier_from" not in table:
        return "last"
    return reader.one_of(table, path, "earlier_from", ("last", "first"))


def _optional(reader: Reader, table: dict[str, Any], path: KeyPath, key: str) -> str:
    return reader.text(table, path, key) if key in table else ""


def _check_id(reader: Reader, prompt: Prompt, path: KeyPath) -> None:
    if prompt.id in _TAKEN_IDS:
        instead = "Choose another id; this one belongs to the deck itself."
        reader.add((*path, "id"), f'"{prompt.id}" cannot be a prompt\'s id', instead)
    elif prompt.id and not ID.fullmatch(prompt.id):
        instead = "Use small letters a to z, digits and single hyphens, as in first-years."
        reader.add((*path, "id"), f"{shown(prompt.id)} cannot be an id", instead)


def _refuse_twins(reader: Reader, prompts: Iterable[tuple[KeyPath, Prompt]]) -> None:
    seen: set[str] = set()
    for path, prompt in prompts:
        if prompt.id in seen:
            what = f"a second prompt has the id {shown(prompt.id)}"
            reader.add((*path, "id"), what, "Give each prompt an id of its own.")
        seen.add(prompt.id or " ")
