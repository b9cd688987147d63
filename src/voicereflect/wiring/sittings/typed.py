"""What a session is made of whose answers are typed: a keyboard, a page and the vault.

No device, no voice and no speech model is touched.
"""

import time
from functools import partial
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.adapters.keyboard import Keys, TypedText, attended
from voicereflect.wiring import decks, help_lines
from voicereflect.wiring.sealing.keys import begin_locked, is_locked
from voicereflect.wiring.sittings import session

if TYPE_CHECKING:
    from voicereflect.flows.session.loop import Session
    from voicereflect.flows.session.parts import Parts
    from voicereflect.ports.screen import Screen
    from voicereflect.wiring.sittings.locked import Planner
    from voicereflect.wiring.sound.devices import SessionWishes


def reflect(deck_name: str, wishes: "SessionWishes") -> "Session":
    """A typed session of one deck, ready to run.

    Raises:
        ReflectError: the deck is unknown or broken, a setting is, or it cannot be typed.
    """
    planned, own, _ = session.deck_planner(deck_name, wishes)
    return _typed(planned, own)


def talk(wishes: "SessionWishes") -> "Session":
    """A typed session without prompts, ready to run; it asks for no passphrase."""
    begin_locked(wiring.settings().vault)
    return _typed(session.talk_planner(), wishes)


def _typed(planned: "Planner", wishes: "SessionWishes") -> "Session":
    from voicereflect.core.sound.source import refuse_typing
    from voicereflect.flows.typed.sitting import TypedSession
    from voicereflect.ui.typed.screen import TypedPage

    others = {
        "--answers": wishes.answers,
        "--device": wishes.device,
        "--hands-free": wishes.hands_free,
    }
    refuse_typing([name for name, wished in others.items() if wished], attended=attended())
    language = wishes.language or wiring.settings().language
    screen = TypedPage(plain=wiring.plain())
    parts = _parts(screen, language)
    return TypedSession(parts, planned(parts.vault, language, "me"), TypedText(), screen)


def _parts(screen: "Screen", language: str) -> "Parts":
    from voicereflect.flows.session.parts import Parts
    from voicereflect.flows.session.welcome import greet, tell_english_only
    from voicereflect.flows.typed.silent import NoRecorder, NoTranscriber

    chosen = wiring.settings()
    tell_english_only(screen, language, calm=chosen.calm, hands_free=False)
    vault = session.opened_vault(chosen, screen, for_two=False)
    greet(vault, screen, is_locked=is_locked(vault.root))
    return Parts(
        voice=None,
        loudspeaker=None,
        recorder=NoRecorder(),
        keyboard=Keys(),
        attended=True,
        transcriber=NoTranscriber(),
        vault=vault,
        screen=screen,
        source="",
        now=wiring.now,
        monotonic_s=time.monotonic,
        memory=decks.preferences(),
        help_lines=help_lines.numbers(chosen.country),
        countries=help_lines.shipped(),
        remember_country=partial(wiring.set_setting, "country"),
        calm=chosen.calm,
        sense=session.sense_for(chosen, language),
        mirror=chosen.mirror,
    )
