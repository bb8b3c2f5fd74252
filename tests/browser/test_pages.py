"""The main way through the pages, as someone with a phone goes it."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_question_is_typed_answered_and_traced_to_its_source(page: Page) -> None:
    page.goto("/")
    page.get_by_label("粘贴短信，或写下你的问题").fill("来分期发短信说要上门怎么应对")
    page.get_by_role("button", name="查一查").tap()
    expect(page.get_by_role("heading", name="先说结论")).to_be_visible()
    first = page.locator(".slot-verdict p").first
    expect(first).to_contain_text("先核实现在的债权人是谁")
    first.get_by_role("link", name="来源 1").tap()
    expect(page.locator("mark")).to_have_text("来分期发短信说上门，先核实现在的债权人是谁，核实之前不付款、不签字。")
    expect(page.locator("mark")).to_be_in_viewport()


def test_silence_looks_unlike_an_answer_and_leads_on(page: Page) -> None:
    page.goto("/")
    page.get_by_label("粘贴短信，或写下你的问题").fill("今天中午吃什么好")
    page.get_by_role("button", name="查一查").tap()
    expect(page.get_by_role("heading", name="这个问题不在范围里")).to_be_visible()
    expect(page.locator(".slot")).to_have_count(0)


def test_alert_comes_first_with_a_number_to_tap(page: Page) -> None:
    page.goto("/ask?q=被催收逼得想跳楼")
    expect(page.locator("main > *").first).to_have_class("alert")
    expect(page.get_by_role("link", name="拨打 12356")).to_have_attribute("href", "tel:12356")


@pytest.mark.parametrize(
    "path",
    ["/", "/ask?q=微粒贷会上门吗", "/ask?q=今天吃什么", "/documents/civil-code", "/topics/上门", "/nothing"],
)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(path)
    assert page.locator("html").evaluate("e => e.scrollWidth") <= width


def test_nothing_is_loaded_from_elsewhere_and_nothing_fails(page: Page, base: str) -> None:
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto("/ask?q=微粒贷会上门吗")
    assert asked
    assert all(url.startswith(base) for url in asked)
    assert errors == []
