"""What an operator sees, and what nobody may see."""

import json

import pytest
import structlog
from flask.testing import FlaskClient

from wenju.service.telemetry import configure_logs

QUESTION = "我叫张三，手机13800138000，催收要上门怎么办"


def test_log_has_how_it_ended_and_no_word_of_the_question(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    before = structlog.get_config()
    configure_logs("info")
    client.post("/api/v1/ask", json={"question": QUESTION})
    client.post("/ask", data={"question": QUESTION})
    client.get("/ask", query_string={"q": QUESTION})
    structlog.configure(**before)
    written = capsys.readouterr().err
    entries = [json.loads(line) for line in written.splitlines()]
    assert [entry["event"] for entry in entries] == ["request"] * 3
    assert entries[0]["endpoint"] == "ask_by_post"
    assert entries[0]["status"] == 200
    assert {"answer", "confidence", "index", "ms"} <= entries[0].keys()
    assert not any(word in written for word in ("张三", "13800138000", "上门"))


def test_metrics_count_answers_and_requests(client: FlaskClient) -> None:
    client.get("/api/v1/ask?q=今天中午吃什么好")
    page = client.get("/metrics").text
    assert 'wenju_answers_total{status="out_of_scope"}' in page
    assert 'wenju_requests_total{endpoint="ask_by_get",status="200"}' in page
    assert 'wenju_index_info{encoder="bundled",version="' in page


def test_health_and_readiness(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json["status"] == "ready"
