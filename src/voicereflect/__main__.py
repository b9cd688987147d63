"""Shuts the network, then starts the command line; knows nothing of what it will do."""

import os
import sys
from collections.abc import Sequence
from itertools import islice

from voicereflect.adapters.offline import quiet_libraries, shut
from voicereflect.errors import NetworkOpen


def main() -> None:
    """Run one command, offline from the first line unless it is `models get`."""
    _open_streams()
    if wants_network(sys.argv[1:]):
        quiet_libraries(hub=True)
    else:
        _shut_or_leave()
    # Late, because whatever the command line loads has to find the network shut already.
    from voicereflect.cli.app import run  # noqa: PLC0415

    run()


def _open_streams() -> None:
    """Put nothing in place of a stream that is closed, or a file of the vault takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(number, True)  # noqa: FBT003 - it takes no keyword
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


def wants_network(arguments: Sequence[str]) -> bool:
    """Tell whether the first two words that are no options are `models get`."""
    words = (argument for argument in arguments if not argument.startswith("-"))
    return list(islice(words, 2)) == ["models", "get"]


def _shut_or_leave() -> None:
    try:
        shut()
    except NetworkOpen as error:
        sys.stderr.write(f"{error.what}\n{error.hint}\n")
        raise SystemExit(error.exit_code) from error


if __name__ == "__main__":
    main()
