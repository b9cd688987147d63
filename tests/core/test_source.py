"""Which sound a session hears, of everything that can be there."""

from itertools import product

import pytest

from voicereflect.core.sound.source import SourceFacts, SourceKind, choose_source, refuse_typing
from voicereflect.errors import NoMicrophone, ReflectError, SettingsError

NAMED = ("", "here")
YES_OR_NO = (False, True)


def chosen(facts: SourceFacts) -> SourceKind | type[ReflectError]:
    try:
        return choose_source(facts)[0]
    except ReflectError as error:
        return type(error)


@pytest.mark.parametrize("device", NAMED)
@pytest.mark.parametrize("hears", YES_OR_NO)
def test_a_microphone_is_never_replaced_without_a_word(device: str, *, hears: bool) -> None:
    for answers, no_input, has_samples in product(NAMED, NAMED, YES_OR_NO):
        facts = SourceFacts(
            answers=answers,
            device=device,
            hears=hears,
            no_input=no_input,
            deck="everyday",
            has_samples=has_samples,
        )
        if device and (answers or not hears):
            expected: SourceKind | type[ReflectError] = SettingsError
        elif answers:
            expected = SourceKind.RECORDINGS
        elif hears and not no_input:
            expected = SourceKind.MICROPHONE
        elif hears:
            expected = NoMicrophone
        else:
            expected = SourceKind.SAMPLES if has_samples else NoMicrophone
        assert chosen(facts) is expected
        if expected is SourceKind.SAMPLES:
            assert choose_source(facts)[1] == (no_input or "nobody is at the keyboard")


@pytest.mark.parametrize("others", [("--device",), ("--answers", "--hands-free")])
def test_typing_goes_with_nothing_that_means_sound(others: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError, match=others[0]):
        refuse_typing(others, attended=True)


def test_typing_needs_somebody_at_the_keyboard() -> None:
    refuse_typing((), attended=True)
    with pytest.raises(SettingsError, match="keyboard"):
        refuse_typing((), attended=False)
