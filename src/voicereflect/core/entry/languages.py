"""The languages the speech models write, by code and by name; knows no model."""

from collections.abc import Mapping, Sequence

from voicereflect.errors import SettingsError
from voicereflect.model import ANY_LANGUAGE, Transcript

_NAMES = """
af Afrikaans, am Amharic, ar Arabic, as Assamese, az Azerbaijani, ba Bashkir, be Belarusian,
bg Bulgarian, bn Bengali, bo Tibetan, br Breton, bs Bosnian, ca Catalan, cs Czech, cy Welsh,
da Danish, de German, el Greek, en English, es Spanish, et Estonian, eu Basque, fa Persian,
fi Finnish, fo Faroese, fr French, gl Galician, gu Gujarati, ha Hausa, haw Hawaiian, he Hebrew,
hi Hindi, hr Croatian, ht Haitian Creole, hu Hungarian, hy Armenian, id Indonesian, is Icelandic,
it Italian, ja Japanese, jw Javanese, ka Georgian, kk Kazakh, km Khmer, kn Kannada, ko Korean,
la Latin, lb Luxembourgish, ln Lingala, lo Lao, lt Lithuanian, lv Latvian, mg Malagasy, mi Maori,
mk Macedonian, ml Malayalam, mn Mongolian, mr Marathi, ms Malay, mt Maltese, my Burmese,
ne Nepali, nl Dutch, nn Nynorsk, no Norwegian, oc Occitan, pa Punjabi, pl Polish, ps Pashto,
pt Portuguese, ro Romanian, ru Russian, sa Sanskrit, sd Sindhi, si Sinhala, sk Slovak,
sl Slovenian, sn Shona, so Somali, sq Albanian, sr Serbian, su Sundanese, sv Swedish, sw Swahili,
ta Tamil, te Telugu, tg Tajik, th Thai, tk Turkmen, tl Tagalog, tr Turkish, tt Tatar,
uk Ukrainian, ur Urdu, uz Uzbek, vi Vietnamese, yi Yiddish, yo Yoruba, zh Chinese
"""
NAMES = dict(each.strip().split(" ", 1) for each in _NAMES.split(","))


_KIN = ("no nn da", "bs hr sr", "id ms", "hi ur", "cs sk", "gl pt", "af nl", "de lb yi")


def are_kin(one: str, other: str) -> bool:
    """Tell whether a model takes one of two languages for the other where nobody is wrong."""
    return one == other or any({one, other} <= set(each.split()) for each in _KIN)


def code(wanted: str) -> str:
    """Give a language's code as the models know it, or `auto`.

    Raises:
        ValueError: there is no such language.
    """
    found = wanted.strip().lower()
    if found not in NAMES and found != ANY_LANGUAGE:
        raise ValueError(f"must be a code like 'en' or 'de', or {ANY_LANGUAGE!r}, not {wanted!r}")
    return found


def asked_for(wanted: str | None) -> str | None:
    """Give the code of a language that was typed, if one was.

    Raises:
        SettingsError: there is no such language.
    """
    try:
        return None if wanted is None else code(wanted)
    except ValueError as error:
        raise SettingsError(
            f"--language {error}.", hint="`auto` lets the speech model tell which it hears."
        ) from error


def expect_heard(language: str, known: Sequence[str], model: str) -> None:
    """Refuse a language that the model cannot hear: it would write words nobody said.

    Raises:
        SettingsError: it cannot.
    """
    if len(known) == 1 and known[0] in NAMES and language != known[0]:
        only = NAMES[known[0]]
        raise SettingsError(
            f"The speech model {model} hears {only} only, and the language is to be "
            f"{NAMES.get(language, 'detected')}.",
            hint="Set another model, such as base, or the language to " + only + ".",
        )


def name_of(code: str) -> str:
    """Name a language in words; a code that nobody knows stays as it is."""
    return NAMES.get(code, code)


def cannot_tell(known: Sequence[str], model: str) -> str:
    """Say that a model of one language hears no other one; empty where it hears several."""
    if len(known) != 1 or known[0] not in NAMES:
        return ""
    only = NAMES[known[0]]
    return f"The speech model {model} hears {only} only: it cannot tell another language from it."


def not_english(counts: Mapping[str, int]) -> str:
    """Say how many entries are in which other languages than English; empty where none is."""
    others = {code: n for code, n in counts.items() if code not in ("", "en", ANY_LANGUAGE)}
    if not others:
        return ""
    names = sorted(map(name_of, others))
    listed = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    verb = "is" if sum(others.values()) == 1 else "are"
    return f"{sum(others.values())} of {sum(counts.values())} entries {verb} in {listed}"


def only_english(language: str, what: str) -> str:
    """Say that something knows English alone; empty where English is spoken."""
    if language == "en":
        return ""
    other = "another language" if language == ANY_LANGUAGE else name_of(language)
    return f"{what} in English only, and not in {other}."


def detected(transcript: Transcript, reference: str) -> str:
    """Say which language was detected and how surely, or that another one than given is spoken."""
    if transcript.heard:
        return (
            f"It sounds like {name_of(transcript.heard)}, so nothing of that is settled as "
            f"{name_of(transcript.language)}. `voicereflect transcribe {reference} "
            f"--language {transcript.heard}` writes it down."
        )
    if transcript.language_probability is None:
        return ""
    name = name_of(transcript.language)
    return f"Language: {name} ({transcript.language_probability:.0%})".replace("%", " %")
