"""Ten thousand walks through the programme, by dice: `python -m bench.walks [HOW MANY]`.

Facts, choices, side doors and days between sittings are drawn; the rules of
docs/practices.md must hold.
"""

import sys

from tests.core.test_promises import broken

WALKS = 10_000


def main(walks: int = WALKS) -> None:
    """Walk, and print what was broken."""
    found = {seed: problems for seed in range(walks) if (problems := broken(seed))}
    for seed, problems in found.items():
        print(f"walk {seed}: {'; '.join(problems)}")
    print(f"{walks} walks, {len(found)} broken: {'NOT KEPT' if found else 'kept'}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
