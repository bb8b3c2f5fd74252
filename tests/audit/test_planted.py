"""A gate that cannot fail is none: each fails on a page whose faults are planted."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from audit import gates
from audit.axe import axe
from audit.gates import Gate, Measure
from audit.layout import NARROW, layout
from audit.lighthouse import AUDITS, CATEGORIES, lighthouse
from audit.links import links
from audit.lint import css, html
from audit.modes import PHONE, opened
from audit.pa11y import pa11y
from audit.planted_site import FOLDER
from audit.site import fetch
from audit.speed import speed
from audit.weight import weight
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def failed(measures: Sequence[Measure]) -> set[Gate]:
    return {measure.gate for measure in measures if not measure.passed}


def test_axe_fails(browser: Browser, planted: str) -> None:
    with opened(browser, PHONE) as page:
        assert failed(axe(page, planted, "planted")) == {gates.AXE, gates.CONTRAST}


def test_html_checkers_fail(planted: str, tmp_path: Path) -> None:
    assert failed(html({"planted": fetch(planted)}, tmp_path)) == {gates.VNU, gates.HTML_VALIDATE}


def test_stylelint_fails() -> None:
    assert failed(css(FOLDER)) == {gates.STYLELINT}


def test_layout_fails(browser: Browser, planted: str) -> None:
    with opened(browser, NARROW) as page:
        measures = layout(page, planted, "planted")
        assert failed(measures) == {gates.SIDEWAYS, gates.TARGETS, gates.TEXT_SIZE, gates.LINE_HEIGHT}
        assert failed(layout(page, planted, "planted", large=True)) >= {gates.LARGE_TEXT}
    assert any("px stays" in f or "stays" in f for m in measures for f in m.findings)


def test_weight_fails(browser: Browser, planted: str) -> None:
    with opened(browser, PHONE) as page:
        measures = weight(page, planted, "planted")
    assert failed(measures) == {gates.WEIGHT, gates.REQUESTS, gates.ELSEWHERE, gates.CONSOLE}


@pytest.mark.slow
def test_links_fail_on_the_page_and_the_fragment(planted: str) -> None:
    (measure,) = links(planted)
    assert not measure.passed
    assert {finding.partition(" ")[0].removeprefix(planted) for finding in measure.findings} >= {"gone", "#nowhere"}


@pytest.mark.slow
def test_pa11y_fails_by_both_runners(planted: str, tmp_path: Path) -> None:
    (measure,) = pa11y(planted, "planted", tmp_path)
    assert any(finding.startswith("WCAG2AA") for finding in measure.findings)
    assert any(finding.startswith("image-alt") for finding in measure.findings)


@pytest.mark.slow
def test_slow_phone_fails(browser: Browser, planted: str) -> None:
    assert failed(speed(browser, planted, "planted", runs=1)) == {gates.SLOW_LCP, gates.SLOW_INTERACTION}


@pytest.mark.slow
def test_lighthouse_fails_in_all_it_measures(planted: str, tmp_path: Path) -> None:
    assert failed(lighthouse(planted, "planted", tmp_path, runs=1)) == {*CATEGORIES.values(), *AUDITS.values()}
