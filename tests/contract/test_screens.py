"""A screen shows whatever comes, in any order, and never raises; so do its stand-in and keys."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fakes import StubKeyboard, StubScreen
from tests.support.sittings import plan
from voicereflect.core.session.offers import ShownKey
from voicereflect.model import Answer, AnswerState
from voicereflect.ports.screen import Screen
from voicereflect.ui.console import PatientConsole
from voicereflect.ui.session.live import LiveScreen
from voicereflect.ui.session.still import StillScreen

Call = Callable[[Screen], None]


def still(*, quiet: bool) -> Screen:
    return StillScreen(attended=True, quiet=quiet, out=io.StringIO(), remarks=io.StringIO())


def live() -> Screen:
    console = PatientConsole(file=io.StringIO(), force_terminal=True, width=40, height=10)
    return LiveScreen(attended=True, console=console)


SCREENS: tuple[Callable[[], Screen], ...] = (
    StubScreen,
    lambda: still(quiet=False),
    lambda: still(quiet=True),
    live,
)
WORDS = st.text(max_size=60)
NUMBERS = st.integers(1, 4)
STATES = st.sampled_from(
    (AnswerState.DONE, AnswerState.PENDING, AnswerState.SILENT, AnswerState.UNSURE)
)
KEYS = st.lists(st.builds(ShownKey, WORDS, WORDS, main=st.booleans()), max_size=5)
ANSWERS = st.builds(
    lambda number, state, text: Answer(
        number=number, speaker="me", prompt="stones/first", asked="?", state=state, text=text
    ),
    NUMBERS,
    STATES,
    WORDS,
)


def called(
    name: str, *values: st.SearchStrategy[object], **named: st.SearchStrategy[object]
) -> st.SearchStrategy[Call]:
    return st.builds(
        lambda given, options: lambda screen: getattr(screen, name)(*given, **options),
        st.tuples(*values),
        st.fixed_dictionaries(named),
    )


SECONDS = st.floats(0, 1000)
CALLS = st.one_of(
    called("opened", st.just(plan().deck), WORDS),
    called("said", WORDS),
    called("asked", NUMBERS, NUMBERS, WORDS),
    called("offered", st.lists(WORDS, max_size=9)),
    called("put", WORDS, st.lists(WORDS, max_size=3)),
    called("quoted", WORDS, WORDS),
    called("paused", paused=st.booleans()),
    called("held", st.lists(WORDS, max_size=3)),
    called("restored", NUMBERS),
    called("listening", NUMBERS),
    called("level", st.floats(-90, 0), SECONDS),
    called("live", NUMBERS, WORDS),
    called("read", ANSWERS),
    called("keyed", KEYS),
    called("all_keys", KEYS),
    called("did", WORDS),
    called("picked", WORDS),
    called("unpicked"),
    called("warned", WORDS),
    called("awaiting_texts", done_s=SECONDS, total_s=SECONDS, saved=st.booleans()),
    called("note", WORDS),
    called("forget"),
    called("close"),
)


@given(calls=st.lists(CALLS, max_size=25))
@pytest.mark.parametrize("made", SCREENS, ids=["stub", "still", "quiet", "live"])
def test_whatever_comes_in_whatever_order_is_shown(
    made: Callable[[], Screen], calls: list[Call]
) -> None:
    screen = made()
    for call in calls:
        call(screen)
    screen.close()


def test_a_stand_in_for_a_keyboard_reports_keys_in_order_and_none_after_leaving() -> None:
    # what the real one reports is shown at a terminal of its own, in `test_keyboard`
    keyboard, heard = StubKeyboard("enter"), list[str]()
    with keyboard.listen(heard.append):
        keyboard.press("space")
    keyboard.press("q")
    assert heard == ["enter", "space"]
