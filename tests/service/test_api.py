"""The JSON endpoints, as a program meets them."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from wenju.corpus.reader import shipped
from wenju.index.encoder import Encoder
from wenju.index.snapshots import Snapshots
from wenju.service.app import create_app
from wenju.service.keeper import SnapshotKeeper
from wenju.service.settings import Settings

QUESTION = "来分期发短信说要上门怎么应对"
FIELDS = [
    "question", "status", "confidence", "alerts", "message", "slots", "missing", "citations", "closest", "next_step",
    "index", "disclaimer",
]  # fmt: skip
CITATION = [
    "number", "document_id", "passage_id", "kind", "title", "locator", "publisher", "url", "published", "effective",
    "reviewed", "status", "version", "wording",
]  # fmt: skip


def test_answer_has_every_field_of_the_contract(client: FlaskClient) -> None:
    response = client.post("/api/v1/ask", json={"question": QUESTION})
    assert response.status_code == 200
    assert list(response.json) == FIELDS
    assert list(response.json["citations"][0]) == CITATION
    assert list(response.json["slots"][0]) == ["slot", "title", "sentences"]
    assert list(response.json["slots"][0]["sentences"][0]) == ["text", "citation", "start", "end", "sha256"]
    assert list(response.json["index"]) == ["version", "built_at", "encoder"]


def test_silence_has_every_field_too(client: FlaskClient) -> None:
    response = client.get("/api/v1/ask?q=今天中午吃什么好")
    assert list(response.json) == FIELDS
    assert response.json["slots"] == []


def test_get_and_post_answer_alike(client: FlaskClient) -> None:
    by_post = client.post("/api/v1/ask", json={"question": QUESTION}).json
    assert client.get("/api/v1/ask", query_string={"q": QUESTION}).json == by_post


def test_offsets_cut_the_sentence_out_of_the_document(client: FlaskClient) -> None:
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).json
    cited = {c["number"]: c["document_id"] for c in answer["citations"]}
    sentence = answer["slots"][0]["sentences"][0]
    text = client.get(f"/api/v1/documents/{cited[sentence['citation']]}").json["text"]
    assert text[sentence["start"] : sentence["end"]] == sentence["text"]


@pytest.mark.parametrize(
    ("body", "content_type", "status", "detail"),
    [
        (b"", "application/json", 400, "请求读不懂"),
        (b'{"question": "', "application/json", 400, "请求读不懂"),
        (b"\xff\xfe\x00\x01" * 9, "application/json", 400, "请求读不懂"),
        (b"\x00\x01\x02", "application/octet-stream", 415, "Content-Type"),
        (b"question=hi", "text/plain", 415, "Content-Type"),
        (b'{"question": "' + b"x" * 100_000 + b'"}', "application/json", 413, "32 KB"),
        (json.dumps({"question": "问" * 2_001}).encode(), "application/json", 422, "2,000"),
        (b'{"question": ""}', "application/json", 422, "问题是空的"),
        (b'{"question": "  \\n "}', "application/json", 422, "问题是空的"),
        (b"{}", "application/json", 422, "question"),
        (b'{"question": 5}', "application/json", 422, "question"),
        (b'{"question": "hi", "secret": "13800138000"}', "application/json", 422, "secret"),
        (b'["question"]', "application/json", 422, "正文"),
        (b'"question"', "application/json", 422, "正文"),
        (b"null", "application/json", 400, "请求读不懂"),
    ],
)
def test_wrong_request_gets_a_problem_that_says_how_to_put_it_right(
    client: FlaskClient, body: bytes, content_type: str, status: int, detail: str
) -> None:
    response = client.post("/api/v1/ask", data=body, content_type=content_type)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = json.loads(response.data)
    assert problem.keys() == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert detail in problem["detail"]
    assert "13800138000" not in response.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/ask", 422),
        ("/api/v1/ask?q=", 422),
        ("/api/v1/nothing", 404),
        ("/api/v1/documents/nothing", 404),
    ],
)
def test_wrong_address_gets_a_problem(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")


def test_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    response = client.delete("/api/v1/ask")
    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))


def test_search_gives_passages_best_first(client: FlaskClient) -> None:
    found = client.get("/api/v1/search", query_string={"q": QUESTION, "limit": 3}).json
    scores = [hit["score"] for hit in found["hits"]]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert found["hits"][0]["document_id"] == "visit-laifenqi"


def test_documents_and_topics_are_listed(client: FlaskClient) -> None:
    documents = {d["id"]: d for d in client.get("/api/v1/documents").json["documents"]}
    assert documents["public-security-punishment-law-2025"]["status"] == "in-force"
    topics = client.get("/api/v1/topics").json["topics"]
    assert topics[0]["id"] == "真假"
    assert "visit-laifenqi" in topics[1]["documents"]


def test_saved_answer_is_rechecked_sentence_by_sentence(client: FlaskClient) -> None:
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).json
    found = client.post("/api/v1/verify", json=answer).json
    assert found["stands"] is True
    assert len(found["sentences"]) == sum(len(slot["sentences"]) for slot in answer["slots"])
    answer["slots"][0]["sentences"][0]["text"] = "催收可以进门。"
    answer["citations"][-1]["document_id"] = "nothing"
    verdicts = [s["verdict"] for s in client.post("/api/v1/verify", json=answer).json["sentences"]]
    assert verdicts[0] == "changed"
    assert "gone" in verdicts
    assert "stands" in verdicts


def test_openapi_document_matches_what_is_served(client: FlaskClient, app: Flask) -> None:
    document = client.get("/openapi.json").json
    served = {
        rule.rule.replace("<document_id>", "{document_id}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert set(document["paths"]) == served
    answer = document["components"]["schemas"]["AnswerOut"]
    assert set(answer["properties"]) == set(FIELDS)
    assert sorted(answer["required"]) == sorted(FIELDS)
    ask = document["paths"]["/api/v1/ask"]["post"]
    assert {"200", "400", "413", "415", "422", "429", "500"} <= ask["responses"].keys()
    assert "application/problem+json" in ask["responses"]["422"]["content"]


def test_each_client_may_ask_only_so_often(built: Snapshots, encoder: Encoder) -> None:
    settings = Settings(corpus=(shipped(),), snapshots=built.folder, rate="2 per minute", trusted_proxies=1)
    client = create_app(settings, SnapshotKeeper(built, encoder)).test_client()

    def ask(address: str) -> int:
        return client.get("/api/v1/ask?q=你好", headers={"X-Forwarded-For": address}).status_code

    assert [ask("203.0.113.7") for _ in range(3)] == [200, 200, 429]
    assert ask("203.0.113.8") == 200
    refused = client.get("/api/v1/ask?q=你好", headers={"X-Forwarded-For": "203.0.113.7"})
    assert refused.content_type == "application/problem+json"
    assert int(refused.headers["Retry-After"]) > 0
    assert client.get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 200


def test_settings_are_only_read_from_the_environment_at_the_edge() -> None:
    rooms = Path(__file__).parents[2]
    readers = {
        file.name
        for room in ("corpus", "index", "service")
        for file in (rooms / room).rglob("*.py")
        if "os.environ" in file.read_text(encoding="utf-8")
    }
    assert readers == {"cli.py", "server.py"}


def test_failure_of_ours_shows_no_trace(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError("13800138000")

    monkeypatch.setitem(app.view_functions, "api.topics", broken)
    response = client.get("/api/v1/topics")
    assert (response.status_code, response.content_type) == (500, "application/problem+json")
    assert not any(word in response.text for word in ("ZeroDivision", "Traceback", "13800138000"))
