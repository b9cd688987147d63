"""A session for two: a yes first, equal turns, and at the end she is asked first.

Knows ports and core. Nothing of an entry that one spoke alone comes near it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from voicereflect.core.entry.decisions import decided
from voicereflect.core.safety.consent import consent_of, with_consent
from voicereflect.core.session import duo
from voicereflect.core.session.duo import Duo
from voicereflect.core.session.offers import opening_offers
from voicereflect.core.session.speech.phrases import CHOICES, DELETED, OPTIONS
from voicereflect.core.session.state import Choice, Fate
from voicereflect.core.words import passages
from voicereflect.core.words.comparing.sayback import Sayback, Vector, laid_side_by_side
from voicereflect.errors import DeckError, EntryNotFound, ModelError, ReflectError
from voicereflect.flows.session.loop import Session
from voicereflect.flows.session.parts import FirstTake, Plan
from voicereflect.flows.two.consent_take import Agreeing
from voicereflect.flows.two.key_prompts import Asker, Stopped
from voicereflect.flows.two.unrecorded import Later, run_unheard
from voicereflect.model import AnswerState, Consent, Deck, Entry
from voicereflect.ports.screen import BesideScreen
from voicereflect.ports.vault import Vault

YES: Final = 1
FATES: Final = {1: Fate.KEEP, 2: Fate.CLOSE}
DELETE: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DuoParts:
    """What a session for two is made of."""

    deck: Deck
    names: tuple[str, str] | None
    asker: Callable[[], Asker]
    """Somebody to ask, before and after the session."""
    agreeing: Callable[[Asker], Agreeing]
    plan: Callable[[Duo], Plan]
    session: Callable[[Plan], Session]
    vault: Vault
    later: Later
    remove: Callable[[str, str], None]
    """Destroy what a speaker said in an entry."""
    embed: Callable[[Sequence[str]], Sequence[Vector]]
    beside: BesideScreen
    adults: str
    """What was said of both being adults: `yes`, `no` or nothing."""
    remember_adults: Callable[[str], None]


class Two:
    """One session for two."""

    def __init__(self, parts: DuoParts) -> None:
        self._parts = parts
        self._consent = duo.consent_of_deck(parts.deck)
        self._duo = duo.duo_of(parts.deck, parts.names)

    def run(self) -> Entry | None:
        """Hold it; give the entry, or None where nothing was kept.

        Raises:
            DeckError: not both are adults.
            ReflectError: what ended the session early, after all was saved.
        """
        try:
            with self._parts.asker().opened() as asker:
                plan = self._begun(asker)
        except Stopped:
            return None
        if plan is None:
            return None
        problem: ReflectError | None = None
        try:
            self._parts.session(plan).run()
        except ReflectError as error:
            problem = error
        entry = self._ended(plan.entry.id)
        if problem is not None:
            raise problem
        return entry

    def _begun(self, asker: Asker) -> Plan | None:
        """Everything before the first turn; without a yes the turns too."""
        parts, deck = self._parts, self._parts.deck
        self._ask_whether_adults(asker)
        plan = parts.plan(self._duo)
        asker.screen.said(" ".join(plan.opening))
        if asker.attended:
            asker.screen.keyed(opening_offers())
        asker.speaker.say(*plan.opening)
        asker.wait()
        asker.say(duo.PAUSE_OR_STOP)
        said = parts.agreeing(asker).hear(
            f"{deck.name}/{self._consent.id}",
            self._consent.words[0],
            self._duo.guest,
            say_yes=self._duo.put(duo.SAY_YES),
        )
        if said is None:
            asker.say(duo.NOT_RECORDED)
        plan = self._agreed_who_begins(asker)
        asker.say(duo.turn_line(deck))
        if said is None:
            run_unheard(asker, plan.questions, parts.later)
            asker.say(plan.closing)
            return None
        return _with_first(plan, self._duo, said)

    def _ask_whether_adults(self, asker: Asker) -> None:
        parts = self._parts
        if not parts.deck.adults or parts.adults == "yes":
            return
        while asker.attended and (option := asker.choose(duo.ADULTS_LINE, duo.YES_OR_NO)):
            if option == YES:
                parts.remember_adults("yes")
                return
            if asker.choose(duo.NOT_ADULTS, duo.YES_OR_NO) == YES:
                break  # nothing is remembered: it is asked again next time
        raise DeckError(
            f"{parts.deck.name} is for two adults",
            hint="In a terminal it asks whether both are eighteen or older, each time anew.",
        )

    def _agreed_who_begins(self, asker: Asker) -> Plan:
        parts = self._parts
        if duo.may_change_over(parts.deck):
            two = self._duo
            guest_begins = asker.choose(duo.WHO_BEGINS, (two.owner, two.guest)) == 2
            self._duo = duo.duo_of(parts.deck, parts.names, guest_begins=guest_begins)
        asker.screen.note(self._duo.in_order)
        return parts.plan(self._duo)

    # Afterwards

    def _ended(self, entry_id: str) -> Entry | None:
        """Ask her first, then the owner; what is left open stays as it is."""
        vault = self._parts.vault
        try:
            entry = vault.load(entry_id)
        except EntryNotFound:
            return None
        with self._parts.asker().opened() as asker:
            try:
                self._ask_guest(asker, entry)
                kept = self._ask_owner(asker, entry_id)
                asker.say(self._parts.plan(self._duo).closing)
            except Stopped:
                kept = True
        return vault.load(entry_id) if kept else None

    def _ask_guest(self, asker: Asker, entry: Entry) -> None:
        guest = self._duo.guest
        if asker.choose(self._duo.put(duo.KEEP_OR_REMOVE), duo.KEEP_REMOVE) == 2:
            self._parts.remove(entry.id, guest)
            asker.say(duo.REMOVED)
            return
        sayback = self._laid_side_by_side(asker, entry)
        themes = asker.choose(self._duo.put(duo.MAY_COUNT), duo.YES_OR_NO) == YES
        agreed = Consent(kept=True, themes=themes, sayback=sayback)
        self._parts.vault.update(entry.id, lambda now: _unless_withdrawn(now, guest, agreed))

    def _laid_side_by_side(self, asker: Asker, entry: Entry) -> bool:
        """Compare, if both say yes; tell whether she did."""
        if not duo.said_backs(self._parts.deck) or not asker.attended:
            return False
        guest_agrees = asker.choose(self._duo.put(duo.LAY_BESIDE), duo.YES_OR_NO) == YES
        if (
            not guest_agrees
            or asker.choose(self._duo.put(duo.LAY_BESIDE_TOO), duo.YES_OR_NO) != YES
        ):
            asker.say(duo.NOT_LAID)
            return guest_agrees
        found = self._compared(asker, self._parts.vault.load(entry.id))
        if not any(each.said_back or each.also_said for each in found):
            asker.say(duo.NOTHING_TO_LAY)
            return guest_agrees
        self._parts.beside.show(found)
        try:
            asker.wait()
        finally:
            self._parts.beside.hide()
        return guest_agrees

    def _compared(self, asker: Asker, entry: Entry) -> tuple[Sayback, ...]:
        texts = {
            each.prompt.partition("/")[2]: each.text
            for each in entry.answers
            if each.state is AnswerState.DONE
        }
        found = []
        for said, back in duo.said_backs(self._parts.deck):
            one, other = (
                [each.text for each in passages.split(texts.get(name, ""))] for name in (said, back)
            )
            if one and other:
                try:
                    vectors = self._parts.embed([*one, *other])
                except ModelError as error:
                    asker.screen.note(error.line)
                    return ()
                found.append(
                    laid_side_by_side(one, vectors[: len(one)], other, vectors[len(one) :])
                )
        return tuple(found)

    def _ask_owner(self, asker: Asker, entry_id: str) -> bool:
        """What becomes of the entry; False if it was destroyed."""
        vault = self._parts.vault
        if self._parts.deck.at_end != "ask" or not asker.attended:
            return True
        option = asker.choose(CHOICES[Choice.FATE], _said(Choice.FATE))
        if option == DELETE and (
            asker.choose(CHOICES[Choice.DELETION], _said(Choice.DELETION)) == YES
        ):
            vault.destroy(entry_id)
            asker.say(DELETED)
            return False
        if option in FATES:
            vault.update(entry_id, lambda now: decided(now, closed=FATES[option] is Fate.CLOSE))
        return True


def _said(choice: Choice) -> tuple[str, ...]:
    return tuple(say for _, say in OPTIONS[choice])


def _with_first(plan: Plan, two: Duo, said: FirstTake) -> Plan:
    entry = with_consent(plan.entry, two.guest, Consent(kept=True))
    deck = replace(plan.deck, at_end="keep")  # she is asked before anything is decided
    return replace(plan, deck=deck, opening=(), entry=entry, first=said)


def _unless_withdrawn(entry: Entry, speaker: str, agreed: Consent) -> Entry:
    """She may have taken all back from another window meanwhile."""
    return entry if consent_of(entry, speaker).withdrawn else with_consent(entry, speaker, agreed)
