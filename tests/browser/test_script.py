"""What the script adds: masking before anything is sent, copying, letters, history, reading aloud, no line."""

import re
import threading
from urllib.parse import unquote

import pytest
from browser.asking import FIRST, QUESTION, ask
from browser.conftest import Open
from flask import Flask
from personal_data import KEPT, MASKED
from playwright.sync_api import Page, Request, expect
from werkzeug.serving import make_server

pytestmark = pytest.mark.browser


def test_script_masks_what_the_server_masks(scripted: Page) -> None:
    scripted.goto("/")
    examples = [*MASKED, *((kept, kept) for kept in KEPT)]
    shown = scripted.evaluate(
        """async (typed) => {
            const { masked } = await import(document.querySelector("script").src);
            return typed.map(masked);
        }""",
        [typed for typed, _ in examples],
    )
    assert shown == [shown for _, shown in examples]


def test_personal_data_is_pointed_out_and_never_leaves_the_phone(scripted: Page) -> None:
    sent: list[str] = []
    scripted.on("request", lambda request: sent.append(request.post_data or ""))
    scripted.goto("/")
    scripted.locator("#question").fill("催收打我手机13800138000，身份证11010519491231002X，说要上门")
    expect(scripted.locator("[data-found]")).to_contain_text("看到 1 个手机号、1 个身份证号")
    scripted.get_by_role("button", name="查一查").tap()
    expect(scripted.locator("[data-asked]")).to_contain_text("手机【手机号】，身份证【身份证号】")
    bodies = "".join(sent)
    assert "question=" in bodies
    assert "13800138000" not in bodies
    assert "11010519491231002X" not in bodies


def test_too_long_a_question_is_said_before_it_is_sent(scripted: Page) -> None:
    scripted.goto("/")
    scripted.locator("#question").fill("问" * 2003)
    expect(scripted.locator("[data-found]")).to_contain_text("多了 3 字")
    scripted.get_by_role("button", name="查一查").tap()
    expect(scripted).to_have_url(re.compile(r"/$"))
    expect(scripted.locator("#question")).to_be_focused()


def test_answer_is_copied_with_its_sources(scripted: Page) -> None:
    ask(scripted)
    scripted.get_by_role("button", name="复制文字").tap()
    expect(scripted.get_by_text("复制好了")).to_be_visible()
    copied = scripted.evaluate("navigator.clipboard.readText()")
    assert f"问：{QUESTION}" in copied
    assert f"【先说结论】\n{FIRST} [1]" in copied
    assert "【来源】\n来分期发短信说要上门，怎么应对 [1] 先说结论" in copied


def test_answer_prints_on_one_page_without_buttons(scripted: Page) -> None:
    ask(scripted)
    pages = scripted.pdf(format="A4").count(b"/Type /Page\n")
    assert pages == 1
    scripted.emulate_media(media="print")
    expect(scripted.locator(".slot-verdict")).to_be_visible()
    expect(scripted.locator(".sources")).to_be_visible()
    for gone in (".keep", ".feedback", ".again", ".foot", ".top .tool"):
        expect(scripted.locator(gone).first).to_be_hidden()


def test_answer_is_read_aloud_from_the_verdict_on(scripted: Page) -> None:
    scripted.add_init_script("window.spoken = []; speechSynthesis.speak = (u) => spoken.push([u.lang, u.text]);")
    ask(scripted)
    scripted.get_by_role("button", name="读给我听").tap()
    spoken = scripted.evaluate("spoken")
    assert ["zh-CN", FIRST] in spoken
    assert all(lang == "zh-CN" for lang, _ in spoken)


def test_letter_is_filled_in_and_copied_and_never_sent(scripted: Page) -> None:
    scripted.goto("/documents/complaint-to-lender", wait_until="networkidle")
    requests: list[Request] = []
    scripted.on("request", lambda request: requests.append(request))  # noqa: PLW0108 -- Playwright marks its handlers
    template = scripted.locator("[data-letter]")
    template.get_by_label("姓名").first.fill("张三")
    template.get_by_label("放款机构全称").fill("某某银行")
    template.get_by_label("编号").first.fill("HT-1")
    scripted.get_by_role("button", name="复制文书").tap()
    copied = scripted.evaluate("navigator.clipboard.readText()")
    assert "致：某某银行\n投诉人：张三，身份证号后四位【四位数字】" in copied
    assert [r.url for r in requests if "/static/" not in r.url] == []  # the browser may fetch its icon when it likes
    assert not any("张三" in unquote(f"{r.url}{r.post_data}") for r in requests)
    assert scripted.locator("[data-letter] [name], form [data-blank]").count() == 0
    scripted.get_by_role("button", name="清空").tap()
    expect(template.get_by_label("姓名").first).to_have_value("")


def test_history_is_off_until_switched_on_and_erased_with_one_tap(scripted: Page) -> None:
    ask(scripted)
    assert scripted.evaluate("localStorage.length") == 0
    scripted.goto("/device")
    scripted.get_by_role("button", name="打开记录").tap()
    ask(scripted)
    scripted.goto("/device")
    expect(scripted.get_by_role("button", name=QUESTION)).to_be_visible()
    scripted.get_by_role("button", name=QUESTION).tap()
    expect(scripted.locator(".slot-verdict")).to_contain_text(FIRST)
    scripted.goto("/device")
    scripted.get_by_role("button", name="全部清掉").tap()
    expect(scripted.get_by_role("button", name=QUESTION)).to_have_count(0)
    assert QUESTION not in str(scripted.evaluate("JSON.stringify(localStorage)"))


def test_without_a_line_the_shell_says_so_and_no_answer_was_kept(device: Open, app: Flask) -> None:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    page = device(base_url=f"http://127.0.0.1:{server.server_port}").new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()  # now the worker holds the page
    ask(page)
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
            (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat()"""
    )
    assert sorted(kept) == ["/offline", "/static/icon.svg", "/static/wenju.css", "/static/wenju.js"]
    server.shutdown()
    server.server_close()
    thread.join()
    page.get_by_role("link", name="问据").tap()
    expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
    expect(page.locator('a[href="tel:12356"]')).to_be_visible()
    expect(page.locator("body")).to_have_css("font-size", "20px")  # the style came from the shell


def test_question_stays_in_the_box_while_there_is_no_line(scripted: Page) -> None:
    scripted.goto("/")
    scripted.context.set_offline(True)
    scripted.locator("#question").fill(QUESTION)
    scripted.get_by_role("button", name="查一查").tap()
    expect(scripted.locator("[data-found]")).to_contain_text("现在没有网络，问题还在这里")
    scripted.context.set_offline(False)
    scripted.get_by_role("button", name="查一查").tap()
    expect(scripted.locator(".slot-verdict")).to_contain_text(FIRST)


def test_feedback_that_does_not_arrive_is_said_and_not_lost(scripted: Page) -> None:
    ask(scripted)
    scripted.route("**/feedback", lambda route: route.abort())
    scripted.get_by_role("radio", name="有用").check()
    scripted.get_by_role("button", name="发出").tap()
    expect(scripted.get_by_text("没能发出去")).to_be_visible()
    expect(scripted.get_by_role("radio", name="有用")).to_be_checked()
