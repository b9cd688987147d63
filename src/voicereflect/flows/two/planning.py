"""What two will be asked: a deck's prompts as turns, each with whoever has it."""

from dataclasses import replace

from voicereflect.core.entry.ids import Dice
from voicereflect.core.safety.consent import both_may_hear
from voicereflect.core.session.duo import Duo, turn_s
from voicereflect.deck_model import CLOSING
from voicereflect.flows.library.finding.history import History
from voicereflect.flows.session.asking.planning import PlanRequest, plan
from voicereflect.flows.session.parts import Plan, Question
from voicereflect.model import Deck, Entry
from voicereflect.ports.vault import Vault


def plan_for_two(
    request: PlanRequest, vault: Vault, history: History, dice: Dice, two: Duo
) -> Plan:
    """Choose prompts and words as for one, from nothing that one said alone.

    The yes to being recorded is none of the questions, and neither is the closing:
    whoever speaks there, speaks for both.

    Raises:
        DeckError: it is closed to these two.
    """

    def may_return(entry: Entry) -> bool:
        heard = all(both_may_hear(entry, each) for each in entry.answers)
        return heard and request.may_return(entry)

    asked = replace(request, speaker=two.owner, may_return=may_return, for_two=True)
    found = plan(asked, vault, history, dice)
    return replace(
        found,
        questions=_turns(request.deck, two, found.questions),
        entry=replace(found.entry, speakers=(two.owner, two.guest)),
        closing=_closing(found.questions),
        replan=None,
    )


def _turns(deck: Deck, two: Duo, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    prompts = {f"{deck.name}/{each.id}": each for each in deck.every_prompt}
    return tuple(
        replace(
            each,
            words=two.asked(each.words, prompts[each.prompt]),
            gentler=two.asked(each.gentler, prompts[each.prompt]),
            speaker=two.speaker_of(prompts[each.prompt]),
            turn_s=turn_s(deck),
        )
        for each in questions
        if each.prompt in prompts and not prompts[each.prompt].consent
    )


def _closing(questions: tuple[Question, ...]) -> str:
    return next((q.words for q in questions if q.prompt.endswith(f"/{CLOSING}")), "")
