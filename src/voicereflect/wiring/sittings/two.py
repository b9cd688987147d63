"""Wires a session for two; loads it late, like `wiring`."""

import random
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.core.search.filters import WIDTH
from voicereflect.wiring import decks, library
from voicereflect.wiring.sittings import session
from voicereflect.wiring.sound import devices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicereflect.core.decks.choosing import Person
    from voicereflect.core.session.duo import Duo
    from voicereflect.core.words.comparing.sayback import Vector
    from voicereflect.flows.session.parts import Parts, Plan
    from voicereflect.flows.two.consent_take import Agreeing
    from voicereflect.flows.two.key_prompts import Asker
    from voicereflect.flows.two.sitting import Two
    from voicereflect.model import Deck


def two(deck_name: str, names: tuple[str, str] | None, wishes: devices.SessionWishes) -> "Two":
    """A session for two, ready to run.

    Raises:
        ReflectError: the deck is unknown, broken or closed, or a setting or device is.
    """
    from voicereflect.core.decks.choosing import ADULTS, resolve
    from voicereflect.core.decks.closed import in_one_room
    from voicereflect.flows.session.asking.planning import refuse_closed
    from voicereflect.flows.session.loop import Session
    from voicereflect.flows.two import sitting
    from voicereflect.ui.two.beside import BesidePage

    chosen = wiring.settings()
    deck = wiring.deck_folder(chosen).load(deck_name)
    person = in_one_room(deck, decks.person())
    refuse_closed(resolve(deck, person), for_two=True)
    language = wishes.language or deck.language or chosen.language
    wiring.expect_heard(chosen, language)
    parts = session.parts_for_two(replace(wishes, language=language), deck.name)
    return sitting.Two(
        sitting.DuoParts(
            deck=deck,
            names=names,
            asker=partial(_asker, parts),
            agreeing=partial(_agreeing, parts, language),
            plan=_planner(deck, parts, person, language),
            session=partial(Session, parts),
            vault=parts.vault,
            later=_later,
            remove=_remove,
            embed=_embedded,
            beside=BesidePage(),
            adults=person.known.get(ADULTS, ""),
            remember_adults=partial(decks.preferences().know, ADULTS),
        )
    )


def _planner(
    deck: "Deck", parts: "Parts", person: "Person", language: str
) -> "Callable[[Duo], Plan]":
    from voicereflect.flows.session.asking.planning import PlanRequest
    from voicereflect.flows.two.planning import plan_for_two

    request = PlanRequest(
        deck=deck,
        person=person,
        language=language,
        speaker="",
        now=wiring.now(),
        may_return=decks.may_return(somebody=parts.attended),
        for_two=True,
    )
    return partial(plan_for_two, request, parts.vault, decks.history(), random.SystemRandom())


def _asker(parts: "Parts") -> "Asker":
    from voicereflect.flows.two.key_prompts import Asker
    from voicereflect.ui.session.still import StillScreen

    return Asker(
        voice=parts.voice,
        second_voice=parts.second_voice,
        loudspeaker=parts.loudspeaker,
        keyboard=parts.keyboard,
        screen=StillScreen(attended=parts.attended),
        attended=parts.attended,
    )


def _agreeing(parts: "Parts", language: str, asker: "Asker") -> "Agreeing":
    """It has a speech worker of its own, which ends before the session's begins."""
    from voicereflect.flows.two.consent_take import Agreeing

    worker = wiring.transcriber(wiring.settings(), live=False)
    return Agreeing(asker, parts.recorder, worker, language=language, now=parts.now)


def _later(seconds: float, task: "Callable[[], None]") -> "Callable[[], None]":
    import threading

    timer = threading.Timer(seconds, task)
    timer.daemon = True
    timer.start()
    return timer.cancel


def _remove(entry_id: str, speaker: str) -> None:
    agreed = library.consents()
    agreed.withdraw(agreed.meant(entry_id, speaker))


def _embedded(texts: "Sequence[str]") -> "Sequence[Vector]":
    from voicereflect.core.search.float16 import from_half

    with library.meaning(wiring.settings()) as worker:
        vectors: list[list[float]] = from_half(worker.embed(texts), WIDTH).tolist()
    return vectors
