"""A page in a real browser: pictures seen, nothing asked for, a quote heard from word to word."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.flows.test_looking_back import Noted, gathered, quoted
from tests.flows.test_themes import Rig
from tests.support.browser import axe, browser
from voicereflect.ui.review import page as pages
from voicereflect.ui.review import sheet as sheets

LATE_S = 0.3
"""A browser looks at the time a few times a second."""
PLAYED = """
new Promise((done) => {
  const audio = document.querySelectorAll('audio')[NUMBER];
  let begun = null;
  audio.addEventListener('playing', () => { begun = audio.currentTime; });
  audio.addEventListener('pause', () => done([begun, audio.currentTime]));
  audio.addEventListener('error', () => done(['error', audio.error.message]));
  audio.play().catch((error) => done(['refused', String(error)]));
})
"""
WITHOUT_TABLE = """
(() => {
  const all = (css) => [...document.querySelectorAll(css)];
  all('details').forEach((e) => { e.open = true; });
  return all('svg').filter((each) => {
    let next = each;
    while (next && !next.querySelector('table')) next = next.nextElementSibling;
    return !next;
  }).length;
})()
"""
"""Pictures that no table of their numbers follows; what is folded is opened."""
FAULTS = "axe.run().then((found) => found.violations.map((each) => each.id))"


def test_a_page_shows_its_pictures_asks_for_nothing_and_plays_a_quote(tmp_path: Path) -> None:
    rig = Rig(tmp_path)
    rig.fill()
    quotes, noted = quoted(rig), Noted(rig, tmp_path / "out")
    noted.folder.mkdir()
    sounds = noted.laying.sounds("page", quotes)
    review = gathered(rig)
    theme = replace(review.themes[0], quotes=tuple(quotes))
    text = pages.report(replace(review, themes=(theme,)), sounds)
    file = noted.folder / "page.html"
    file.write_text(text)
    with browser(tmp_path / "profile") as page:
        page.open(file, width=360)
        assert page.value("document.documentElement.scrollWidth") <= 360
        boxes = "[...document.querySelectorAll('svg path')].map((p) => p.getBBox().width)"
        assert min(page.value(boxes)) > 0
        style = "getComputedStyle(document.querySelector('.bar')).fill"
        assert page.value(style) != "rgb(0, 0, 0)"
        assert page.value(WITHOUT_TABLE) == 0
        page.value(axe())
        for scheme in ("light", "dark"):
            scheme_is = [{"name": "prefers-color-scheme", "value": scheme}]
            page.ask("Emulation.setEmulatedMedia", features=scheme_is)
            assert page.value(FAULTS) == [], scheme
        second = sounds[quotes[1]]
        begun, ended = page.value(PLAYED.replace("NUMBER", "1"))
        assert begun == pytest.approx(second.begin_s, abs=LATE_S)
        assert ended == pytest.approx(second.end_s, abs=LATE_S)
        assert all(each.startswith(("file:", "about:", "data:")) for each in page.requests())
        assert page.complaints() == []


def test_a_sheet_holds_nothing_that_shuts_anybody_out_and_a_fault_would_be_found(
    tmp_path: Path,
) -> None:
    rig = Rig(tmp_path)
    rig.fill()
    file = tmp_path / "sheet.html"
    file.write_text(sheets.html(quoted(rig)))
    with browser(tmp_path / "profile") as page:
        page.open(file, width=360)
        page.value(axe())
        assert page.value(FAULTS) == []
        page.value("document.documentElement.removeAttribute('lang')")
        assert page.value(FAULTS) == ["html-has-lang"]
