"""The pages, without a script."""

import re

import pytest
from flask.testing import FlaskClient

QUESTION = "来分期发短信说要上门怎么应对"
PATHS = ["/", "/documents/visit-laifenqi", "/documents/civil-code", "/topics/上门", "/nothing", "/healthz"]


def test_home_asks_and_gives_the_numbers_that_matter(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<textarea id="question" name="question"' in page
    assert all(f'href="tel:{number}"' in page for number in ("110", "96110", "12356"))
    assert page.count('href="/ask?q=') == 6


def test_answer_page_shows_slots_and_numbered_sources(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": QUESTION}).text
    headings = re.findall(r'<h2 id="slot-\w+">(.*?)</h2>', page)
    assert headings == ["先说结论", "现在就做", "不要做", "你的权利", "留证据", "向谁求助", "依据"]
    assert "来分期发短信说上门，先核实现在的债权人是谁，核实之前不付款、不签字。" in page
    assert re.search(r'<li value="1">\s*<a href="/documents/visit-laifenqi#verdict">', page)


def test_source_mark_leads_to_the_sentence_highlighted(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": QUESTION}).text
    link = re.search(r'class="mark" href="(/documents/[^"#]+)#quote"', page)
    assert link
    source = client.get(link[1]).text
    assert source.count("<mark") == 1
    assert '<mark id="quote">来分期发短信说上门，先核实现在的债权人是谁，核实之前不付款、不签字。</mark>' in source


def test_regulation_marks_each_article_as_digest(client: FlaskClient) -> None:
    page = client.get("/documents/civil-code").text
    assert '<h2 id="第六百六十七条">第六百六十七条 <span class="badge">要点</span></h2>' in page
    assert "原文，取自" not in page
    assert client.get("/api/v1/documents/civil-code").json["passages"][0]["wording"] == "要点"  # type: ignore[index]


def test_silence_says_so_and_leads_on(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": "今天中午吃什么好"}).text
    assert "这个问题不在范围里" in page
    assert "12348" in page


@pytest.mark.parametrize("question", ["", "   ", "问" * 2001])
def test_question_that_cannot_be_asked_is_explained_on_the_form(client: FlaskClient, question: str) -> None:
    response = client.post("/ask", data={"question": question})
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert 'aria-invalid="true"' in response.text


def test_what_people_type_is_never_markup(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": "<script>alert(1)</script>催收上门"}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_alert_stands_before_the_answer_with_a_number_to_tap(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": "被催收逼得想跳楼"}).text
    assert page.index('class="alert"') < page.index('class="asked"')
    assert 'href="tel:12356"' in page


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_strict_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_page_that_is_not_there_says_so_kindly(client: FlaskClient) -> None:
    response = client.get("/nothing")
    assert response.status_code == 404
    assert "没有这个页面" in response.text


def test_superseded_law_is_marked_as_such(client: FlaskClient) -> None:
    page = client.get("/documents/public-security-punishment-law-2012").text
    assert "已失效" in page
    assert "2026-01-01 起失效" in page


def test_letter_shows_the_text_to_copy(client: FlaskClient) -> None:
    page = client.get("/documents/complaint-12378").text
    assert 'class="template"' in page
    assert "【" in page
