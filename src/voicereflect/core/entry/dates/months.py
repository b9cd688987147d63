"""Months by their names, as phones and people write them in some languages of Europe."""

from typing import Final

from voicereflect.core.words.folding import folded

_NAMES: Final = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber maerz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november desember",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada"
    " grudnia",
)
"""English, German, as in Austria, French, Spanish, Italian, Portuguese, Dutch, Swedish,
Danish and Norwegian, Polish."""
_SHORT: Final = ("sept", "juil", "mrz", "févr", "janv")
_SHORT_MONTHS: Final = (9, 7, 3, 2, 1)


def month_of(word: str) -> int | None:
    """Give the month of a name or of its first three letters; None for any other word."""
    return _MONTHS.get(folded(word))


def _known() -> dict[str, int]:
    numbered = [
        (folded(name), month)
        for names in _NAMES
        for month, name in enumerate(names.split(), start=1)
    ]
    known = dict(numbered) | {folded(s): m for s, m in zip(_SHORT, _SHORT_MONTHS, strict=True)}
    for name, month in numbered:  # where two languages differ, the one named first
        known.setdefault(name[:3], month)
    return known


_MONTHS: Final = _known()
