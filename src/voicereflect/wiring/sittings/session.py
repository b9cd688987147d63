"""What a spoken session is made of: its plan, its vault, the screen that fits."""

import random
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.adapters.keyboard import Keys, attended
from voicereflect.wiring import decks, help_lines, library
from voicereflect.wiring.sealing.keys import LOCKED, begin_locked, is_locked
from voicereflect.wiring.sittings import locked
from voicereflect.wiring.sound import devices
from voicereflect.wiring.sound.devices import SessionWishes

if TYPE_CHECKING:
    from voicereflect.adapters.portaudio.probe import Survey
    from voicereflect.config import Settings
    from voicereflect.flows.session.loop import Session
    from voicereflect.flows.session.parts import Parts, Plan
    from voicereflect.ports.index import Sense
    from voicereflect.ports.screen import Screen
    from voicereflect.ports.vault import Vault
    from voicereflect.wiring.sittings.locked import Planner
    from voicereflect.wiring.sound.voices import Voices


ENGLISH = "en"


def reflect(deck_name: str, wishes: SessionWishes) -> "Session":
    """A spoken session of one deck, ready to run.

    Raises:
        ReflectError: the deck is unknown or broken, or a setting or device is.
    """
    if not (wishes.hands_free or wishes.answers or wishes.device):
        decks.use_samples_if_heard(deck_name)
    planned, own, name = deck_planner(deck_name, wishes)
    return _session(planned, own, name)


def deck_planner(deck_name: str, wishes: SessionWishes) -> "tuple[Planner, SessionWishes, str]":
    """What plans a session of one deck, the wishes with the deck's own language, and its name.

    Raises:
        ReflectError: the deck is unknown or broken, or a setting is.
    """
    from voicereflect.flows.session.asking.planning import PlanRequest, plan

    is_locked = locked.begin_without_key(deck_name)
    deck = wiring.deck_folder(wiring.settings()).load(deck_name)
    own = replace(wishes, language=wishes.language or deck.language or None)
    if is_locked:
        return locked.planner(deck), own, deck.name
    kept = decks.history(patience_ms=wiring.PATIENCE_MS)
    programmes = decks.programmes(kept)
    person = programmes.person(deck)

    def planned(vault: "Vault", language: str, speaker: str) -> "Plan":
        request = PlanRequest(
            deck=deck,
            person=person,
            language=language,
            speaker=speaker,
            now=wiring.now(),
            settled=programmes.store.read().settled,
            steps=programmes.steps(),
            programme=programmes.naming(deck.name),
            may_return=decks.may_return(somebody=attended() or wishes.hands_free),
        )
        return plan(request, vault, kept, random.SystemRandom())

    return planned, own, deck.name


def talk(wishes: SessionWishes) -> "Session":
    """A session without prompts, ready to run; it asks for no passphrase."""
    begin_locked(wiring.settings().vault)
    return _session(talk_planner(), wishes, "talk")


def talk_planner() -> "Planner":
    """What plans a session without prompts."""
    from voicereflect.flows.session.asking.planning import free_talk

    def planned(_vault: "Vault", language: str, speaker: str) -> "Plan":
        dice = random.SystemRandom()
        return free_talk(language=language, speaker=speaker, now=wiring.now(), dice=dice)

    return planned


def parts_for_two(wishes: SessionWishes, deck_name: str) -> "Parts":
    """The outside world of a session that two hold; nothing tells of what one said alone."""
    parts, _ = _parts(wishes, deck_name, for_two=True)
    return replace(parts, calm=False, mirror=False)


def _session(planned: "Planner", wishes: SessionWishes, deck_name: str) -> "Session":
    from voicereflect.flows.session.loop import Session
    from voicereflect.wiring.sound.voices import pack

    language = wishes.language or wiring.settings().language
    wiring.expect_heard(wiring.settings(), language)
    found, speaker = _parts(wishes, deck_name)
    parts = replace(
        found,
        countries=help_lines.shipped(),
        remember_country=partial(wiring.set_setting, "country"),
        introduces=wishes.hands_free and decks.is_to_introduce(),
        pack=pack(),
    )
    return Session(parts, planned(parts.vault, language, speaker))


def _parts(wishes: SessionWishes, deck_name: str, *, for_two: bool = False) -> "tuple[Parts, str]":
    """The outside world of a session, and who speaks there."""
    from voicereflect.flows.session.parts import Parts
    from voicereflect.flows.session.welcome import greet

    present = attended()
    chosen = wiring.settings()
    language = wishes.language or chosen.language
    screen = _screen(chosen, language, attended=present, hands_free=wishes.hands_free)
    survey, spoken, vault = _looked_around(chosen, screen, language, for_two=for_two)
    with spoken.closed_on_error():
        source = devices.source(chosen, survey, wishes, deck_name, attended=present)
    greet(vault, screen, is_locked=is_locked(vault.root))
    parts = Parts(
        voice=spoken.first,
        second_voice=spoken.second,
        pause_s=chosen.voice_pause_ms / 1000,
        loudspeaker=devices.loudspeaker(chosen, survey, screen, needed=wishes.hands_free),
        recorder=source.recorder,
        keyboard=Keys(),
        attended=present,
        transcriber=wiring.transcriber(
            chosen, live=wishes.hands_free or wiring.moving(attended=present)
        ),
        vault=vault,
        screen=screen,
        source=source.name,
        now=wiring.now,
        monotonic_s=time.monotonic,
        memory=decks.preferences(),
        help_lines=help_lines.numbers(chosen.country),
        hands_free=wishes.hands_free,
        quiet=wiring.read_aloud(attended=present),
        calm=chosen.calm,
        sense=sense_for(chosen, language) if not for_two else None,
        mirror=chosen.mirror,
    )
    return parts, source.speaker


def _looked_around(
    chosen: "Settings", screen: "Screen", language: str, *, for_two: bool
) -> "tuple[Survey, Voices, Vault]":
    """Look for devices in a child, while the voice begins to load and the vault is opened."""
    from concurrent.futures import ThreadPoolExecutor

    from voicereflect.adapters.portaudio.library import survey_once
    from voicereflect.wiring.sound.voices import voices

    with ThreadPoolExecutor(max_workers=1) as executor:
        looking = executor.submit(survey_once)
        spoken = voices(chosen, language)
        vault = opened_vault(chosen, screen, for_two=for_two)
        return looking.result(), spoken, vault


def sense_for(chosen: "Settings", language: str) -> "Sense | None":
    """What notices danger by meaning: it learnt English alone."""
    if not chosen.calm or language != ENGLISH:
        return None
    return library.meaning(chosen, danger=True)


def opened_vault(chosen: "Settings", screen: "Screen", *, for_two: bool) -> "Vault":
    """The vault, once it can be written and what broke off earlier is mended."""
    vault = wiring.vault(chosen)
    vault.expect_writable()  # better told now than after the first answer
    lines = (LOCKED,) if is_locked(chosen.vault) else library.recovered()[0]
    for line in lines:
        if not for_two:  # it tells of what one said alone
            screen.note(line)
    return vault


def _screen(chosen: "Settings", language: str, *, attended: bool, hands_free: bool) -> "Screen":
    """A screen that fits, and tells what of a session does not know the language."""
    from voicereflect.flows.session.welcome import tell_english_only
    from voicereflect.ui.session.live import LiveScreen
    from voicereflect.ui.session.still import StillScreen

    screen = (
        LiveScreen(attended=attended)
        if wiring.moving(attended=attended)
        else StillScreen(attended=attended, quiet=wiring.read_aloud(attended=attended))
    )
    tell_english_only(screen, language, calm=chosen.calm, hands_free=hands_free)
    return screen
