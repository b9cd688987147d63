"""The writer's thread: what is to be written is done in order, and what fails costs a line."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec

from voicereflect.errors import ReflectError, VaultError
from voicereflect.flows.session.queue import Inbox, Note

P = ParamSpec("P")
STAYS = "What was recorded stays, and the next start finishes it."


class WriterThread:
    """Does one task after the other; what is on disk stays, and recovery takes it up."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._told: set[type[ReflectError]] = set()
        self.unfinished: VaultError | None = None
        """Why something is left to be finished by whoever comes next."""

    def later(self, task: Callable[P, None], *args: P.args, **options: P.kwargs) -> None:
        """Do this when all before it is done."""
        done = self._executor.submit(self._safely, partial(task, *args, **options))
        done.add_done_callback(self._inbox.watch)

    def tell(self, error: ReflectError) -> None:
        """Say what went wrong; on a full disk not once for every file."""
        if isinstance(error, VaultError):
            self.unfinished = error
        if type(error) not in self._told:
            self._told.add(type(error))
            self._inbox.post(Note(f"{error.line} {STAYS}"))

    def close(self) -> None:
        """Wait until all is done."""
        self._executor.shutdown(wait=True)

    def _safely(self, task: Callable[[], None]) -> None:
        try:
            task()
        except ReflectError as error:
            self.tell(error)
