"""The ways through the pages, as someone with a phone goes them, without and with JavaScript."""

from pathlib import Path

import pytest
from browser.asking import FIRST, PASTED, QUESTION, ask
from playwright.sync_api import Page, expect

from wenju.service.feedback import FeedbackFile
from wenju.service.settings import Settings

pytestmark = pytest.mark.browser


def test_question_is_typed_answered_and_traced_to_its_source(page: Page) -> None:
    ask(page)
    assert "?" not in page.url, "a question that was typed never stands in the address"
    expect(page.get_by_role("heading", name="先说结论")).to_be_visible()
    first = page.locator(".slot-verdict .said").first
    expect(first).to_contain_text(FIRST)
    expect(first.locator("blockquote")).to_be_hidden()
    first.locator("summary").tap()
    expect(first.locator("blockquote mark")).to_have_text(FIRST)
    first.get_by_role("link", name="打开整篇").tap()
    expect(page.locator("#quote")).to_have_text(FIRST)
    expect(page.locator("#quote")).to_be_in_viewport()


def test_going_back_from_a_source_shows_the_answer_again(page: Page) -> None:
    page.goto("/")
    page.wait_for_timeout(500)  # the worker of the script takes the page over
    ask(page)
    page.locator(".slot-verdict summary").first.tap()
    page.get_by_role("link", name="打开整篇").first.tap()
    expect(page.locator("#quote")).to_be_visible()
    page.go_back()
    expect(page.locator(".slot-verdict")).to_contain_text(FIRST)


def test_silence_looks_unlike_an_answer_and_leads_on(page: Page) -> None:
    ask(page, "今天中午吃什么好")
    expect(page.get_by_role("heading", name="这个问题不在范围里")).to_be_visible()
    expect(page.locator(".slot")).to_have_count(0)
    expect(page.locator("#question")).to_have_value("今天中午吃什么好")
    expect(page.get_by_role("link", name="按主题查看")).to_be_visible()
    expect(page.locator('.urgent a[href="tel:110"]')).to_be_visible()


def test_alert_comes_first_with_a_number_to_tap(page: Page) -> None:
    page.goto("/ask?q=被催收逼得想跳楼")
    expect(page.locator("article > *").first).to_have_class("alert")
    expect(page.get_by_role("link", name="拨打 12356")).to_have_attribute("href", "tel:12356")


def test_next_question_keeps_what_was_asked_in_view(page: Page) -> None:
    ask(page)
    expect(page.locator(".again")).to_contain_text(f"刚才问的：{QUESTION}")
    page.get_by_label("还想问什么").fill("他们晚上能打电话吗")
    page.get_by_role("button", name="查一查").tap()
    expect(page.get_by_label("前面问过")).to_contain_text(QUESTION)
    expect(page.locator(".asked")).to_contain_text("他们晚上能打电话吗")


def test_feedback_reaches_the_operator_without_the_question(page: Page, settings: Settings) -> None:
    file = FeedbackFile(settings.feedback_file)
    before = len(list(file.read()))
    ask(page)
    page.get_by_label("有错").check()
    page.get_by_text("说说为什么").tap()
    page.get_by_label("哪里有用，或哪里不对").fill("电话变了，打我13800138000")
    page.get_by_role("button", name="发出").tap()
    expect(page.get_by_text("收到了，谢谢你")).to_be_visible()
    row = list(file.read())[before]
    assert (row.verdict, row.reason, row.question) == ("wrong", "电话变了，打我【手机号】", None)
    assert row.passages[0] == "visit-laifenqi#verdict"


def test_feedback_brings_the_question_along_only_when_told_to(page: Page, settings: Settings) -> None:
    ask(page)
    page.get_by_label("没用").check()
    page.get_by_text("说说为什么").tap()
    page.get_by_label("把我的问题也发给运营的人").check()
    page.get_by_role("button", name="发出").tap()
    expect(page.get_by_text("收到了，谢谢你")).to_be_visible()
    assert list(FeedbackFile(settings.feedback_file).read())[-1].question == QUESTION


def test_answer_is_saved_as_one_file_that_needs_no_line(page: Page, tmp_path: Path) -> None:
    ask(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="存成文件").tap()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "问据.html"
    asked: list[str] = []
    saved = page.context.new_page()
    saved.on("request", lambda request: asked.append(request.url))
    saved.goto(file.as_uri())
    assert asked == [file.as_uri()]
    expect(saved.locator(".slot-verdict")).to_contain_text(FIRST)
    assert saved.locator(".slot-verdict").evaluate("e => getComputedStyle(e).borderTopWidth") == "2px"
    saved.locator(".slot-verdict summary").first.tap()
    expect(saved.locator("blockquote mark").first).to_have_text(FIRST)


def test_large_text_is_thirty_pixels_and_remembered(page: Page) -> None:
    ask(page)
    page.get_by_role("button", name="大字").tap()
    body = page.locator("body")
    expect(body).to_have_css("font-size", "30px")
    expect(page.locator(".slot-verdict")).to_contain_text(FIRST)
    page.goto("/letters")
    expect(body).to_have_css("font-size", "30px")
    page.get_by_role("button", name="标准").tap()
    expect(body).to_have_css("font-size", "20px")
    page.reload()
    expect(body).to_have_css("font-size", "20px")


def test_short_question_gives_a_link_and_a_pasted_message_never_does(page: Page) -> None:
    ask(page)
    page.get_by_text("分享给别人").tap()
    link = page.locator("[data-link]")
    expect(link).to_be_visible()
    page.goto(str(link.get_attribute("href")))
    expect(page.locator(".slot-verdict")).to_contain_text(FIRST)
    ask(page, PASTED)
    expect(page.locator("[data-link]")).to_have_count(0)


def test_letter_can_be_read_and_copied_whatever_the_browser(page: Page) -> None:
    page.goto("/letters")
    page.get_by_role("link", name="12378投诉材料怎么写").tap()
    expect(page.locator("[data-letter]")).to_contain_text("被投诉机构全称：")
    expect(page.locator("[data-letter]")).to_be_in_viewport()


def test_footer_leads_to_everything_there_is(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="目录").tap()
    links = page.locator("#browse a")
    expect(links.first).to_be_in_viewport()
    for path in [link.get_attribute("href") for link in links.all()]:
        response = page.request.get(str(path))
        assert response.status == 200, path


def test_error_page_speaks_kindly_and_keeps_the_numbers(page: Page) -> None:
    page.goto("/nothing")
    expect(page.get_by_role("heading", name="没有这个页面")).to_be_visible()
    expect(page.locator('.urgent a[href="tel:110"]')).to_be_visible()


def test_too_long_a_question_is_given_back_whole(unscripted: Page) -> None:
    unscripted.goto("/")
    unscripted.locator("#question").fill("问" * 2001)
    unscripted.get_by_role("button", name="查一查").tap()
    expect(unscripted.get_by_role("alert")).to_contain_text("2,000")
    assert len(unscripted.locator("#question").input_value()) == 2001
    unscripted.get_by_role("link", name="问题太长了").tap()
    expect(unscripted.locator("#question")).to_be_in_viewport()
