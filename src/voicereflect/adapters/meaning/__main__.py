"""The embedding worker's process: shuts the network, then loads what it needs."""

import os
import sys

from voicereflect.adapters.offline import shut_child


def main() -> None:
    """Speak framed messages on standard input and output."""
    shut_child()
    # after the network is shut, and after nothing can print into the messages
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from voicereflect.adapters.meaning.worker import serve  # noqa: PLC0415

    serve(sys.stdin.buffer, out)


if __name__ == "__main__":
    main()
