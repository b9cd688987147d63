"""Looks at saved answers for danger, beside the session, so that no question waits for it.

Knows an answer, and a yes or a no; nothing of it is kept. Without the embedding model,
or where its process ends, the patterns look alone.
"""

from concurrent.futures import ThreadPoolExecutor

from voicereflect.core.calm import speaks_of_danger
from voicereflect.errors import ModelError
from voicereflect.flows.inbox import Inbox, Looked
from voicereflect.model import Answer
from voicereflect.ports import Sense


class Looking:
    """One thread that asks the sense, one answer after the other."""

    def __init__(self, sense: Sense | None, inbox: Inbox) -> None:
        """Start nothing; without a sense the patterns look alone."""
        self._sense = sense
        self._inbox = inbox
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="looking")

    def look(self, number: int, answer: Answer) -> None:
        """Post `Looked` when it is known."""
        looking = self._thread.submit(self._look, number, answer)
        looking.add_done_callback(self._inbox.watch)

    def close(self) -> None:
        """Wait for the answer that is being looked at, and end the sense."""
        self._thread.shutdown(cancel_futures=True)
        if self._sense is not None:
            self._sense.close()

    def _look(self, number: int, answer: Answer) -> None:
        self._inbox.post(Looked(number, answer, self._speaks_of_danger(answer.text)))

    def _speaks_of_danger(self, text: str) -> bool:
        if self._sense is not None:
            try:
                return self._sense.notices(text)
            except ModelError:
                self._sense = None
        return speaks_of_danger(text)
