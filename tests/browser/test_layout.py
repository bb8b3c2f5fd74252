"""What every page must look like: sizes, widths, weight."""

import gzip
from itertools import pairwise

import pytest
from browser.asking import QUESTION, ask
from browser.conftest import Open
from playwright.sync_api import Page, Response, expect

pytestmark = pytest.mark.browser

PATHS = [
    "/", f"/ask?q={QUESTION}", "/ask?q=今天吃什么", "/ask?q=被催收逼得想跳楼", "/documents/jd-baitiao",
    "/documents/gbt-45251-2025", "/documents/complaint-12378", "/documents", "/topics", "/topics/上门", "/lenders",
    "/letters", "/contacts", "/about/limits", "/about/answers", "/about/privacy", "/about/accessibility", "/device",
    "/offline", "/nothing",
]  # fmt: skip
# A tick stands in its label, which is the target; what is not shown is none.
SMALL = """() => [...document.querySelectorAll("a, button, summary, textarea, input, label:has(input)")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.matches(".skip, label input"))
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.height && (box.height < 47.5 || box.width < 47.5))
  .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
TINY = """() => [...document.querySelectorAll("body *")]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .filter((e) => !e.closest(".quiet, sup, noscript"))
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 18).map((e) => e.outerHTML.slice(0, 90))"""
TIGHT = """() => [...document.querySelectorAll("p, li, dd")]
  .map((e) => [e, getComputedStyle(e)])
  .filter(([e, style]) => parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.59)
  .map(([e]) => e.outerHTML.slice(0, 90))"""
WIDE = "() => document.documentElement.scrollWidth - innerWidth"
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4")].map((e) => +e.tagName[1])"""


@pytest.mark.parametrize("path", PATHS)
def test_page_fits_every_width_text_size_and_thumb(scripted: Page, path: str) -> None:
    scripted.goto(path)
    for details in scripted.locator("details").all():
        details.evaluate("e => { e.open = true; }")
    assert scripted.evaluate(TINY) == []
    assert scripted.evaluate(TIGHT) == []
    for width in (320, 390, 1280):
        scripted.set_viewport_size({"width": width, "height": 844})
        assert scripted.evaluate(WIDE) <= 0, width
        assert scripted.evaluate(SMALL) == [], width
    scripted.set_viewport_size({"width": 320, "height": 844})
    scripted.evaluate("document.documentElement.classList.add('large')")
    assert scripted.evaluate(WIDE) <= 0, "30 px"
    scripted.evaluate("document.documentElement.classList.remove('large')")
    scripted.evaluate("document.documentElement.style.fontSize = '200%'")
    assert scripted.evaluate(WIDE) <= 0, "200 %"
    levels = scripted.evaluate(HEADINGS)
    assert levels.count(1) == 1
    assert all(next_ <= level + 1 for level, next_ in pairwise(levels))


@pytest.mark.parametrize("path", ["/", f"/ask?q={QUESTION}", "/documents/visit-laifenqi", "/documents/complaint-12378"])
def test_page_is_light_comes_from_here_and_is_quiet(device: Open, base: str, path: str) -> None:
    page = device().new_page()
    answers: list[Response] = []
    noise: list[str] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- Playwright marks its handlers
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto(path, wait_until="networkidle")
    assert all(answer.url.startswith(base) for answer in answers)
    assert len(answers) <= 6
    assert sum(len(gzip.compress(answer.body())) for answer in answers) <= 30_000
    assert noise == []


def test_nothing_jumps_while_a_page_comes_up(device: Open) -> None:
    page = device().new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) shift += e.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    ask(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("shift") <= 0.01


def test_dark_mode_follows_the_phone(device: Open) -> None:
    page = device(color_scheme="dark").new_page()
    page.goto("/")
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 23, 22)")


def test_page_can_be_put_on_the_home_screen(scripted: Page) -> None:
    scripted.goto("/")
    href = scripted.locator("link[rel=manifest]").get_attribute("href")
    manifest = scripted.request.get(str(href)).json()
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        assert scripted.request.get(f"/static/{icon['src']}").status == 200
