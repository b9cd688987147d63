"""Runs benchmarks by name, or all: `python -m bench [NAME...]`; knows only where they are."""

import sys
from importlib import import_module
from pathlib import Path

HELPERS = ("__init__", "__main__", "diary_vault", "product", "speech_set")


def names() -> list[str]:
    """Every benchmark."""
    return sorted(
        file.stem for file in Path(__file__).parent.glob("*.py") if file.stem not in HELPERS
    )


def main(chosen: list[str]) -> int:
    """Run the chosen ones, one after the other."""
    unknown = set(chosen) - set(names())
    if unknown:
        print(f"There is no {', '.join(sorted(unknown))}. There are: {', '.join(names())}.")
        return 2
    for name in chosen or names():
        import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
