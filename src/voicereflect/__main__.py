"""Shuts the network, then starts the command line; knows nothing of what it will do.

Until Python is isolated it may find other people's modules under any name: so only what Python
has loaded by itself is imported here, and all else late.
"""

import gc
import os
import sys

ALLOCATED = 100_000
"""So many new objects are waited for before those that hold each other are looked for."""


def main() -> None:
    """Run one command, offline from the first line unless it is `models get`."""
    _isolate()
    collect_seldom()
    multiply_alone()
    _open_streams()
    from voicereflect.errors import NetworkOpen, SettingsError  # noqa: PLC0415

    try:
        _encode_as_asked()
        if wants_fetching(sys.argv[1:]):
            _begin_fetching()
        _shut_in(hub=wants_network(sys.argv[1:]))
    except (NetworkOpen, SettingsError) as error:
        sys.stderr.write(f"{error.what}\n{error.hint}\n")
        raise SystemExit(error.exit_code) from error
    # Late, because whatever the command line loads has to find the network shut already.
    from voicereflect.cli.app import run  # noqa: PLC0415

    run()


def collect_seldom() -> None:
    """Have Python look for rings of objects more seldom: a twelfth of what many entries cost."""
    gc.set_threshold(ALLOCATED)


def multiply_alone() -> None:
    """Have numpy multiply on one thread, in children too: several wait for one another, busily.

    It reads this once, while it is imported.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def wants_network(arguments: list[str]) -> bool:
    """Tell whether the first two words that are no options are `models get`."""
    words = [argument for argument in arguments if not argument.startswith("-")]
    return words[:2] == ["models", "get"]


def wants_fetching(arguments: list[str]) -> bool:
    """Tell whether the first word that is no option is `setup`, and no help is asked for."""
    words = [argument for argument in arguments if not argument.startswith("-")]
    return words[:1] == ["setup"] and "--help" not in arguments and "-h" not in arguments


def _begin_fetching() -> None:
    """Start the child that may fetch models: it has a network, and this process none from here."""
    from voicereflect.adapters.fetching import parent  # noqa: PLC0415

    parent.begin()


def _isolate() -> None:
    """Begin again without modules from PYTHONPATH, the current folder or a folder of the user.

    What Python itself loads before this line has been run by then: only `python -I -m voicereflect`
    keeps that away too. On Windows a program cannot put another in its place.
    """
    if not sys.flags.isolated and sys.platform != "win32":
        # what PYTHONUTF8 said is known by now, and would be forgotten
        begin = [sys.executable, "-I", "-X", f"utf8={sys.flags.utf8_mode}"]
        os.execv(sys.executable, [*begin, *sys.orig_argv[1:]])  # noqa: S606 - that is the point


def _open_streams() -> None:
    """Put nothing in place of a stream that is closed, or a file of the vault takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(number, True)  # noqa: FBT003 - it takes no keyword
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


def _encode_as_asked() -> None:
    """Do what PYTHONIOENCODING says, which an isolated Python does not read."""
    asked = os.environ.get("PYTHONIOENCODING", "")
    encoding, _, errors = asked.partition(":")
    if not asked or not sys.flags.ignore_environment:
        return
    from voicereflect.errors import SettingsError  # noqa: PLC0415

    for stream, handler in (
        (sys.stdin, errors or "strict"),
        (sys.stdout, errors or "strict"),
        (sys.stderr, "backslashreplace"),
    ):
        try:
            stream.reconfigure(encoding=encoding or None, errors=handler)  # type: ignore[union-attr]
        except LookupError as error:
            raise SettingsError(
                f"PYTHONIOENCODING: {error}.", hint="Unset it, or set it to utf-8."
            ) from error


def _shut_in(*, hub: bool) -> None:
    from voicereflect.adapters.offline import hide_memory, quiet_libraries, shut  # noqa: PLC0415

    if hub:
        hide_memory()
        quiet_libraries(hub=True)
    else:
        shut()


if __name__ == "__main__":
    main()
