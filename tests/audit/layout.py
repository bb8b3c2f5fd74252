"""Whether a page can be read and hit: on the smallest phone, with twice the text, with a thumb."""

from typing import Any

from audit.gates import LARGE_TEXT, LINE_HEIGHT, SIDEWAYS, TARGETS, TEXT_SIZE, Measure, counted
from audit.tools import HERE
from playwright.sync_api import Page

NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
LOOK = (HERE / "layout.js").read_text(encoding="utf-8")


def layout(page: Page, address: str, name: str, *, large: bool = False) -> list[Measure]:
    """Measure a page at 320 px, at 1280 px, and at 320 px with twice the text."""
    page.goto(address)
    page.set_viewport_size(NARROW)
    narrow = page.evaluate(LOOK)
    measures = [
        counted(SIDEWAYS, f"{name} at 320 px", narrow["sideways"]),
        counted(TARGETS, name, narrow["targets"]),
        counted(LARGE_TEXT if large else TEXT_SIZE, name, _small(narrow["texts"], large=large)),
        counted(LINE_HEIGHT, name, _tight(narrow["texts"])),
    ]
    if not large:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        doubled = page.evaluate(LOOK)
        measures.append(counted(SIDEWAYS, f"{name} at 320 px and 200 %", doubled["sideways"] + _fixed(narrow, doubled)))
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size(DESKTOP)
        measures.append(counted(SIDEWAYS, f"{name} at 1280 px", page.evaluate(LOOK)["sideways"]))
    return measures


def _small(texts: list[dict[str, Any]], *, large: bool) -> list[str]:
    """Give what is under 18 px; in large mode body text under 30 px, and the rest under 24 px."""
    least = {True: 30, False: 24} if large else {True: 18, False: 18}
    return [f"{t['where']} {t['size']:g} px" for t in texts if t["size"] < least[t["body"]]]


def _tight(texts: list[dict[str, Any]]) -> list[str]:
    return [f"{t['where']} {t['lines']:.2f}" for t in texts if t["body"] and t["lines"] < 1.6 - 0.005]


def _fixed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Give the texts that do not follow the reader's size."""
    doubled = {t["where"]: t["size"] for t in after["texts"]}
    return [
        f"{t['where']} stays {t['size']:g} px"
        for t in before["texts"]
        if doubled.get(t["where"], 2 * t["size"]) < 1.4 * t["size"]
    ]
