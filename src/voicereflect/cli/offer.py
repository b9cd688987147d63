"""`voicereflect` alone: the next thing to do, and how to see the rest."""

from voicereflect.cli.shared import note, say
from voicereflect.ui.decks import offers
from voicereflect.wiring import decks


def offer() -> None:
    """Say what comes next; nothing is begun."""
    if broken := decks.broken_off():
        say(offers.broken_off(broken))
    if decks.hears_nothing_yet():
        say(offers.NO_MODEL)
    next_thing = decks.next_thing()
    say(offers.sentence(next_thing.title, next_thing.minutes, next_thing.command))
    if other := next_thing.for_two:
        say(offers.for_two(other.title))
        say(f"  {other.command}")
    if next_thing.blind:
        note(offers.BLIND)
    note("`voicereflect --help` shows everything else.")
