"""A page in a real browser: pictures seen, nothing asked for, a quote heard from word to word."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.flows.test_looking_back import Noted, gathered, quoted
from tests.flows.test_themes import Rig
from tests.support.browser import browser
from voicereflect.ui.review import page as pages

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
FAULTS = """
(() => {
  const faults = [], all = (css) => [...document.querySelectorAll(css)];
  const rgb = (css) => css.match(/[0-9.]+/g).map(Number);
  const light = (css) => rgb(css).slice(0, 3).map((n) => n / 255)
    .map((n) => n <= .03928 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4)
    .reduce((sum, n, at) => sum + n * [.2126, .7152, .0722][at], 0);
  const behind = (e) => { while (e && rgb(getComputedStyle(e).backgroundColor)[3] === 0)
    e = e.parentElement; return getComputedStyle(e || document.body).backgroundColor; };
  let before = 0;
  for (const each of all('h1, h2, h3, h4')) {
    if (Number(each.tagName[1]) > before + 1) faults.push('a level is left out: ' + each.tagName);
    if (!each.textContent.trim()) faults.push('an empty heading');
    before = Number(each.tagName[1]);
  }
  if (all('h1').length !== 1 || all('main').length !== 1) faults.push('one h1 in one main');
  if (!document.documentElement.lang || !document.title) faults.push('a language and a title');
  const ids = all('[id]').map((e) => e.id);
  if (new Set(ids).size !== ids.length) faults.push('an id twice');
  for (const each of all('svg')) {
    const names = (each.getAttribute('aria-labelledby') || '').split(' ');
    if (each.getAttribute('role') !== 'img' || !names.every((id) => document.getElementById(id)))
      faults.push('a picture without a name');
    let next = each;
    while (next && !next.querySelector('table')) next = next.nextElementSibling;
    if (!next) faults.push('a picture without its table');
  }
  for (const each of all('table'))
    if (!each.caption || !each.querySelector('th[scope]')) faults.push('a table without headings');
  for (const each of all('audio'))
    if (!each.getAttribute('aria-label')) faults.push('a sound without a name');
  all('details').forEach((e) => { e.open = true; });
  for (const each of all('body *')) {
    const own = [...each.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || each.closest('svg, style')) continue;
    const both = [light(getComputedStyle(each).color), light(behind(each))];
    const contrast = (Math.max(...both) + .05) / (Math.min(...both) + .05);
    if (contrast < 4.5) faults.push(each.tagName + ' is too faint: ' + contrast.toFixed(1));
  }
  return faults;
})()
"""
"""What a checker of pages for everybody calls serious, as far as it can be seen in this page."""


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
