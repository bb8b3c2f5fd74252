"""Every gate on the real pages. The slow ones run in `make audit` only."""

from importlib.resources import files
from pathlib import Path

import pytest
from audit.axe import axe
from audit.conftest import Judge
from audit.gates import Measure
from audit.layout import NARROW, layout
from audit.lighthouse import lighthouse
from audit.links import links
from audit.lint import css, html
from audit.modes import MODES, Modes
from audit.pa11y import pa11y
from audit.report import REPORTS
from audit.site import Site
from audit.speed import speed
from audit.weight import weight
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
WEB = Path(str(files("wenju") / "web"))
STATES = ("home", "answer", "silence", "error", "source")


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_in_any_state(mode: str, modes: Modes, site: Site, judge: Judge) -> None:
    # Pages beyond the five states share their style sheet: once is enough for them.
    names = STATES if mode != "light" else tuple(site.pages)
    with modes.page(mode) as page:
        judge([m for name in names for m in axe(page, site.pages[name], f"{name} ({mode})")])


def test_every_page_can_be_read_and_hit(modes: Modes, site: Site, judge: Judge) -> None:
    with modes.page(viewport=NARROW) as page:
        judge([m for name, address in site.pages.items() for m in layout(page, address, name)])


def test_large_text_is_large_remembered_and_still_fits(modes: Modes, site: Site, judge: Judge) -> None:
    with modes.page("large", NARROW) as page:
        judge([m for name, address in site.pages.items() for m in layout(page, address, f"{name} (large)", large=True)])


def test_pages_are_light_and_ask_nobody_else(modes: Modes, site: Site, judge: Judge) -> None:
    measures: list[Measure] = []
    for name in STATES:
        with modes.page() as page:  # each with an empty cache
            measures += weight(page, site.pages[name], name)
    judge(measures)


def test_html_of_every_page_is_valid(site: Site, tmp_path: Path, judge: Judge) -> None:
    judge(html({name: site.fetch(name) for name in site.pages}, tmp_path))


def test_css_keeps_to_the_standard_rules(judge: Judge) -> None:
    judge(css(WEB))


@pytest.mark.slow
def test_every_link_and_fragment_leads_somewhere(site: Site, judge: Judge) -> None:
    judge(links(site.pages["home"]))


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_pa11y_finds_nothing(state: str, site: Site, tmp_path: Path, judge: Judge) -> None:
    judge(pa11y(site.pages[state], state, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("state", ["home", "answer"])
def test_slow_phone_on_a_slow_line_is_served_at_once(state: str, browser: Browser, site: Site, judge: Judge) -> None:
    judge(speed(browser, site.pages[state], state))


@pytest.mark.slow
@pytest.mark.parametrize("state", ["home", "answer"])
def test_lighthouse_is_content(state: str, site: Site, judge: Judge) -> None:
    judge(lighthouse(site.pages[state], state, REPORTS))
