"""Every flow with nothing but keys, without and with JavaScript: each stop on the way can be seen."""

import pytest
from browser.asking import FIRST, QUESTION
from playwright.sync_api import Locator, Page, expect

from wenju.service.feedback import FeedbackFile
from wenju.service.settings import Settings

pytestmark = pytest.mark.browser
MOST_STOPS = 80  # an answer has some fifty
SEEN = """() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  return getComputedStyle(at).outlineWidth === "3px" && box.bottom > 0 && box.top < innerHeight;
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML")
        if target.evaluate("e => e === document.activeElement"):
            return
    expect(target).to_be_focused()


def ask(page: Page) -> None:
    """Ask from the home page."""
    page.goto("/")
    tab_to(page, page.locator("#question"))
    page.keyboard.insert_text(QUESTION)
    tab_to(page, page.get_by_role("button", name="查一查"))
    page.keyboard.press("Enter")
    page.locator(".slot-verdict").wait_for()


def test_first_key_leads_past_the_header(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#question")).to_be_focused()


def test_answer_is_asked_for_traced_to_its_source_and_found_again(page: Page) -> None:
    page.goto("/")
    page.wait_for_timeout(500)  # the worker of the script takes the page over
    ask(page)
    first = page.locator(".slot-verdict .said").first
    tab_to(page, first.locator("summary"))
    page.keyboard.press("Enter")
    expect(first.locator("blockquote mark")).to_be_visible()
    tab_to(page, first.get_by_role("link", name="打开整篇"))
    page.keyboard.press("Enter")
    expect(page.locator("#quote")).to_have_text(FIRST)
    expect(page.locator("#quote")).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".slot-verdict")).to_contain_text(FIRST)


def test_feedback_is_chosen_explained_and_sent(page: Page, settings: Settings) -> None:
    file = FeedbackFile(settings.feedback_file)
    before = len(list(file.read()))
    ask(page)
    tab_to(page, page.get_by_label("有用", exact=True))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("没用")).to_be_checked()
    tab_to(page, page.get_by_text("说说为什么"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("哪里有用，或哪里不对"))
    page.keyboard.insert_text("看不懂")
    tab_to(page, page.get_by_label("把我的问题也发给运营的人"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="发出"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("收到了，谢谢你")).to_be_visible()
    row = list(file.read())[before]
    assert (row.verdict, row.reason, row.question) == ("useless", "看不懂", QUESTION)


def test_large_text_is_switched_on_and_off(page: Page) -> None:
    page.goto("/")
    for name, size in (("大字", "30px"), ("标准", "20px")):
        tab_to(page, page.get_by_role("button", name=name))
        page.keyboard.press("Enter")
        expect(page.locator("body")).to_have_css("font-size", size)
        page.reload()


def test_letter_is_filled_in_and_copied(scripted: Page) -> None:
    scripted.goto("/documents/complaint-to-lender")
    template = scripted.locator("[data-letter]")
    tab_to(scripted, template.get_by_label("放款机构全称").first)
    scripted.keyboard.insert_text("某某银行")
    tab_to(scripted, template.get_by_label("姓名").first)
    scripted.keyboard.insert_text("张三")
    tab_to(scripted, scripted.get_by_role("button", name="复制文书"))
    scripted.keyboard.press("Enter")
    expect(scripted.get_by_text("复制好了")).to_be_visible()
    assert "致：某某银行\n投诉人：张三，" in scripted.evaluate("navigator.clipboard.readText()")


def test_next_question_is_asked_below_the_answer(page: Page) -> None:
    ask(page)
    tab_to(page, page.get_by_label("还想问什么"))
    page.keyboard.insert_text("他们晚上能打电话吗")
    tab_to(page, page.get_by_role("button", name="查一查"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("前面问过")).to_contain_text(QUESTION)
    expect(page.locator(".asked")).to_contain_text("他们晚上能打电话吗")


def test_answer_is_saved_as_a_file(page: Page) -> None:
    ask(page)
    tab_to(page, page.get_by_role("button", name="存成文件"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "问据.html"


def test_answer_is_copied_and_read_aloud(scripted: Page) -> None:
    scripted.add_init_script("window.spoken = []; speechSynthesis.speak = (u) => spoken.push([u.lang, u.text]);")
    ask(scripted)
    for name in ("复制文字", "读给我听"):
        scripted.get_by_role("button", name=name).focus()
        scripted.keyboard.press("Enter")
    assert ["zh-CN", FIRST] in scripted.evaluate("spoken")
    assert f"问：{QUESTION}" in scripted.evaluate("navigator.clipboard.readText()")


def test_history_is_switched_on_used_and_erased(scripted: Page) -> None:
    scripted.goto("/device")
    tab_to(scripted, scripted.get_by_role("button", name="打开记录"))
    scripted.keyboard.press("Enter")
    ask(scripted)
    scripted.goto("/device")
    tab_to(scripted, scripted.get_by_role("button", name=QUESTION))
    scripted.keyboard.press("Enter")
    expect(scripted.locator(".slot-verdict")).to_contain_text(FIRST)
    scripted.goto("/device")
    tab_to(scripted, scripted.get_by_role("button", name="全部清掉"))
    scripted.keyboard.press("Enter")
    expect(scripted.get_by_role("button", name=QUESTION)).to_have_count(0)


def test_lender_is_reached_from_the_table_of_contents(page: Page) -> None:
    page.goto("/")
    tab_to(page, page.get_by_role("link", name="目录"))
    page.keyboard.press("Enter")
    page.goto("/lenders")
    tab_to(page, page.locator("main a[href^='/documents/']").first)
    page.keyboard.press("Enter")
    expect(page.get_by_text("官方客服").first).to_be_visible()
