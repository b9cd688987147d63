"""The asking side: starts the child while there is a network to inherit, and asks it later.

Knows a child process; no hub, no model.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from voicereflect import errors
from voicereflect.adapters.child import frames
from voicereflect.adapters.child.process import Child, python
from voicereflect.errors import ModelError, ModelFetchFailed
from voicereflect.ports.screen import Progress

COMMAND: Final = (*python("voicereflect"), "models", "get", "-")
_begun: list[Child] = []


def begin() -> None:
    """Start the child; to be called once, before this process shuts its network.

    Where it cannot be started, whoever asks it is told.
    """
    with suppress(OSError):
        _begun.append(Child(COMMAND))


class ChildFetcher:
    """Asks the child that was begun, and ends it, with all that it started."""

    def __init__(self, child: Child | None = None) -> None:
        """Remember the child; none means the one that was begun."""
        self._child = child or (_begun[0] if _begun else None)

    def get(self, name: str, announce: Callable[[str], None], progress: Progress) -> bool:
        if self._child is None or not self._child.send(frames.encode({"is": "get", "name": name})):
            raise _gone()
        while message := self._child.read():
            said = message[0]
            match said["is"]:
                case "tell":
                    announce(said["line"])
                case "step":
                    progress.step(said["what"], done=said["done"], total=said["total"])
                case "failed":
                    raise _error(said)
                case _:
                    return bool(said["fetched"])
        raise _gone()

    def close(self) -> None:
        """End the child at once: what came is kept."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.end(None)


def _gone() -> ModelFetchFailed:
    return ModelFetchFailed(
        "What fetches models ended before it was done.",
        hint="Run the same command again: what has come is kept.",
    )


def _error(said: dict[str, Any]) -> ModelError:
    kind = getattr(errors, said["kind"], ModelFetchFailed)
    if not (isinstance(kind, type) and issubclass(kind, ModelError)):
        kind = ModelFetchFailed
    return kind(said["what"], hint=said["hint"])
