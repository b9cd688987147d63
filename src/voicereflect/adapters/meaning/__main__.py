"""The embedding worker's process: shuts the network, then loads what it needs."""

import sys

from voicereflect.adapters.child.inside import begin


def main() -> None:
    """Speak framed messages on standard input and output."""
    out = begin()
    # after the network is shut, and after nothing can print into the messages
    from voicereflect.adapters.meaning.worker import serve  # noqa: PLC0415

    serve(sys.stdin.buffer, out)


if __name__ == "__main__":
    main()
