"""The pages, without a script."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

QUESTION = "来分期发短信说要上门怎么应对"
PATHS = ["/", "/documents/visit-laifenqi", "/documents/civil-code", "/topics/上门", "/nothing", "/healthz"]


def test_home_asks_and_gives_the_numbers_that_matter(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<textarea id="question" name="question"' in page
    assert all(f'href="tel:{number}"' in page for number in ("110", "120", "12356"))
    assert page.count('href="/ask?q=') == 6


def test_answer_page_shows_slots_and_numbered_sources(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": QUESTION}).text
    headings = re.findall(r'<h2 id="slot-\w+">(.*?)</h2>', page)
    assert headings == ["先说结论", "现在就做", "不要做", "你的权利", "留证据", "向谁求助", "依据"]
    assert "来分期发短信说上门，先核实现在的债权人是谁，核实之前不付款、不签字。" in page
    assert '<a class="tap" href="/documents/visit-laifenqi#verdict">[1] 先说结论</a>' in page


def test_source_mark_leads_to_the_sentence_highlighted(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": QUESTION}).text
    link = re.search(r'href="(/documents/[^"#]+)#quote"', page)
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
    assert "2026年1月1日起失效" in page
    assert "不能当作今天的法律" in page


def test_letter_shows_the_text_to_copy(client: FlaskClient) -> None:
    page = client.get("/documents/complaint-12378").text
    assert 'class="template"' in page
    assert "【" in page


def test_answer_may_rest_on_the_phone_that_asked_and_nowhere_else(client: FlaskClient) -> None:
    asked = client.post("/ask", data={"question": QUESTION})
    assert asked.headers["Cache-Control"] == "private, no-cache"
    assert client.get("/ask", query_string={"q": QUESTION}).headers["Cache-Control"] == "no-store"


def test_text_of_ours_names_whose_facts_it_gives_and_a_rule_who_made_it(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": QUESTION}).text
    assert "据中国经济周刊等，2026年11月21日复核" in page
    cited = client.get("/api/v1/ask", query_string={"q": QUESTION}).json["citations"]
    issuer = next(c["publisher"] for c in cited if c["kind"] == "regulation" and c["effective"])
    assert re.search(rf"{re.escape(issuer)}，\d{{4}}年\d+月\d+日起施行，要点，不是法条原文", page)


def test_hotline_with_words_beside_it_becomes_a_number_to_tap(client: FlaskClient) -> None:
    page = client.get("/documents/jd-baitiao").text
    assert '<a class="call" href="tel:95118">拨打 95118</a> 京东一般客服' in page


def test_number_for_text_messages_is_never_a_number_to_tap(client: FlaskClient) -> None:
    page = client.get("/documents/call-12110").text
    assert "只收发短信，不是电话" in page
    assert "tel:12110" not in page
    assert 'href="tel:110"' in page
    assert "tel:12110" not in client.get("/contacts").text


def test_lender_without_a_hotline_says_so(client: FlaskClient) -> None:
    page = client.get("/documents/laifenqi").text
    assert "没有查到，不要用搜来的号码" in page


def test_missing_parts_are_said_plainly(client: FlaskClient) -> None:
    page = client.get("/ask", query_string={"q": "催收晚上十点以后还能打电话吗"})
    missing = client.get("/api/v1/ask", query_string={"q": "催收晚上十点以后还能打电话吗"}).get_json()["missing"]
    assert ("资料库里没有写到" in page.text) == bool(missing)


@pytest.mark.parametrize(
    "path",
    ["/documents", "/topics", "/lenders", "/letters", "/contacts", "/device", "/offline"]
    + [f"/about/{name}" for name in ("limits", "answers", "accessibility", "privacy")],
)
def test_page_to_browse_is_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_versioned_file_is_kept_for_good_and_goes_out_compressed(client: FlaskClient) -> None:
    link = re.search(r'href="(/static/wenju.css[?]v=[0-9a-f]{10})"', client.get("/").text)
    assert link
    with client.get(link[1], headers={"Accept-Encoding": "gzip"}) as style:
        assert style.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert style.headers["Content-Encoding"] == "gzip"
    with client.get("/static/wenju.css") as style:
        assert "immutable" not in style.headers["Cache-Control"]


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", ""])
def test_size_of_text_never_leads_elsewhere(client: FlaskClient, back: str) -> None:
    response = client.post("/size", data={"size": "large", "back": back})
    assert response.headers["Location"] == "/"
    assert "size=large" in response.headers["Set-Cookie"]


def test_question_that_came_too_fast_is_given_back(app: Flask) -> None:
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    client = app.test_client()
    responses = [client.post("/ask", data={"question": QUESTION}, environ_base=elsewhere) for _ in range(61)]
    refused = responses[-1]
    assert refused.status_code == 429
    assert "问得太快了" in refused.text
    assert f">{QUESTION}</textarea>" in refused.text
