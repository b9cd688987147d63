"""Has saved answers looked at for danger, beside the session, so that nothing waits for it long.

Knows an answer, and a yes or a no; nothing of it is kept. Without the embedding model, or
where its process is gone, the patterns look alone.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.errors import ModelError
from voicereflect.flows.session.queue import Inbox, Looked
from voicereflect.model import Answer
from voicereflect.ports.index import Sense

LOOK_S: Final = 2.0
"""What the patterns found counts from then on; only the end of a session waits so long."""


class DangerWatch:
    """Asks the sense about one answer after the other, from a thread of its own."""

    def __init__(self, sense: Sense | None, inbox: Inbox) -> None:
        """Start nothing; without a sense the patterns look alone."""
        self._sense = sense
        self._inbox = inbox
        self._asking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="looking")

    def prepare(self) -> None:
        """Have the sense loaded while an answer is being written down."""
        if self._sense is not None:
            self._asking.submit(self._start, self._sense).add_done_callback(self._inbox.watch)

    def look(self, answer: Answer) -> None:
        """Post `Looked` within `LOOK_S`, and a second time if the sense is later than that."""
        plain = Looked(answer, speaks_of_danger(answer.text))
        if self._sense is None:
            self._inbox.post(plain)
            return
        late = self._inbox.post_later(plain, LOOK_S)
        asked = self._asking.submit(self._ask, self._sense, plain)
        asked.add_done_callback(lambda _: late.cancel())
        asked.add_done_callback(self._inbox.watch)

    def close(self) -> None:
        """End the sense, also where it is still being asked."""
        self._asking.shutdown(wait=False, cancel_futures=True)
        sense = self._sense
        if sense is not None:
            sense.stop()
            self._asking.shutdown()
            sense.close()

    def _start(self, sense: Sense) -> None:
        try:
            sense.start()
        except ModelError:
            self._sense = None

    def _ask(self, sense: Sense, plain: Looked) -> None:
        danger = plain.danger
        try:
            danger = sense.notices(plain.answer.text)
        except ModelError:
            self._sense = None
            sense.close()
        self._inbox.post(replace(plain, danger=danger))
