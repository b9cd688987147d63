"""What becomes of a file that somebody or something mangles: bytes and values, never the same."""

import os
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st

INPUTS = int(os.environ.get("FUZZ_INPUTS") or 2 * settings().max_examples)
"""For each reader; `python -m bench.faults` takes many more."""
SLOWEST = timedelta(seconds=5)
"""No reader takes longer over any of them."""
NASTY = (
    *("[" * 3000, "{" * 3000, "x = " + "[" * 3000, "9" * 5000, "0x" + "f" * 5000),
    *(".inf", "inf", "-nan", "NaN", "Infinity", "1e400", "-1", "4294967296", "1e308"),
    *('"\\ud800"', "\\ud800", "0001-01-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-11:00"),
    *("../../x", "null", "true", '""', "[]", "{}", "\ufeff", "\0", "\r", "\u2028", "'", "&a [*a]"),
    *(
        "99999999T999999Z-abcd",
        "\u0662" * 8,
        "- " * 500,
        "!!binary aGk=",
        "!!set {a}",
        "=",
        "<<: 1",
    ),
)


@st.composite
def mangled(draw: st.DrawFn, sound: bytes) -> bytes:
    """Change a few places of a sound file: put in, take out, or replace a value."""
    data = sound
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.sampled_from([0, 1, 3, 12, 40])))
        piece = draw(
            st.one_of(
                st.sampled_from(NASTY).map(lambda text: text.encode("utf-8", "surrogatepass")),
                st.binary(max_size=4),
            )
        )
        data = data[:at] + piece + data[end:]
    return data


@st.composite
def other_values(draw: st.DrawFn, sound: str) -> str:
    """Put something else in place of one value, after a colon, an equals sign or a comma."""
    lines = sound.split("\n")
    number = draw(st.integers(0, len(lines) - 1))
    for sign in (": ", " = ", ", "):
        if sign in lines[number]:
            parts = lines[number].split(sign)
            place = draw(st.integers(1, len(parts) - 1))
            parts[place] = draw(st.sampled_from(NASTY))
            lines[number] = sign.join(parts)
            break
    return "\n".join(lines)
