"""Which words may leave in an export; the one rule for all formats."""

from dataclasses import replace

from voicereflect.core.safety.consent import consent_of, owner_of
from voicereflect.core.search.filters import Wanted
from voicereflect.model import Answer, Entry


def with_those_that_may(entry: Entry, wanted: Wanted) -> Entry:
    """Leave only the answers that are wanted, and of other speakers those they agreed to.

    What was set aside in a sitting that broke off is on its way to the trash, and leaves nowhere.
    What they agreed to is that their words count beside the owner's, and not taken back.
    """
    kept = (each for each in entry.answers if not each.set_aside)
    answers = (each for each in kept if _agreed(entry, each) and _wants(wanted, each))
    return replace(entry, answers=tuple(answers))


def withheld(entry: Entry) -> int:
    """Count answers that their speakers have not agreed to."""
    return sum(not _agreed(entry, each) for each in entry.answers)


def _agreed(entry: Entry, answer: Answer) -> bool:
    if answer.speaker == owner_of(entry):
        return True
    consent = consent_of(entry, answer.speaker)
    return consent.kept and consent.themes and not consent.withdrawn


def _wants(wanted: Wanted, answer: Answer) -> bool:
    named = (answer.prompt, answer.prompt.rpartition("/")[2])
    return (
        (not wanted.prompt or wanted.prompt in named)
        and (not wanted.speaker or wanted.speaker.lower() == answer.speaker.lower())
        and (wanted.state is None or wanted.state is answer.state)
    )
