"""A microphone that went away, as it is shown and said."""

from voicereflect.core.session.speech.phrases import MICROPHONE_BACK, MICROPHONE_GONE
from voicereflect.errors import ReflectError
from voicereflect.flows.session.asking.prompting import Prompter
from voicereflect.flows.session.parts import Parts


class LostDevice:
    """What is said of it, and how the session would end without it."""

    def __init__(self, parts: Parts, prompter: Prompter) -> None:
        self._parts = parts
        self._prompter = prompter
        self.problem: ReflectError | None = None
        """Why the session ends, if the device does not come back."""

    def hold(self, problem: ReflectError | None, others: tuple[str, ...]) -> None:
        """Show that it is gone, and how to go on."""
        screen, self.problem = self._parts.screen, problem
        if problem is not None:
            # the numbers of others are said below, and are keys there
            screen.note(problem.sentence if others else problem.line)
        if self._parts.attended:
            screen.held(others)

    def tell(self) -> None:
        """Say so aloud."""
        self._parts.screen.note(MICROPHONE_GONE)
        self._prompter.tell(MICROPHONE_GONE)

    def found(self, *, is_back: bool) -> ReflectError | None:
        """Say so too, before whatever is asked next; give the problem if it is not back."""
        if not is_back:
            return self.problem
        self._parts.screen.note(MICROPHONE_BACK)
        self._prompter.lead(MICROPHONE_BACK)
        return None
