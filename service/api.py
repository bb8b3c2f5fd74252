"""The JSON endpoints."""

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Response, abort, current_app, request
from flask_openapi import APIBlueprint, Tag
from pydantic import BaseModel

from wenju.corpus.document import Kind
from wenju.index.snapshot import Snapshot
from wenju.service import contract, present
from wenju.service.privacy import masked
from wenju.service.problems import EMPTY, problem
from wenju.service.verify import verify

API = Tag(name="问据", description="逐句有出处的回答")
Responses = dict[str | int | HTTPStatus, Any]

PROBLEM = {
    "description": "出错了，以及怎样改正（RFC 9457）",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
}
PROBLEMS: Responses = dict.fromkeys((400, 413, 415, 422, 429, 500), PROBLEM)
ONE: Responses = dict.fromkeys((404, 422, 500), PROBLEM)
ALL: Responses = dict.fromkeys((422, 500), PROBLEM)

LARGEST_ANSWER = 262_144  # bytes of an answer sent back to be checked

Ask = Callable[[str, dt.date | None], contract.AnswerOut]


def _gives(model: type[BaseModel], problems: Responses) -> Responses:
    return {HTTPStatus.OK: model, **problems}


def blueprint(ask: Ask, snapshot: Callable[[], Snapshot]) -> APIBlueprint:  # noqa: C901 -- each endpoint is simple
    """Give the endpoints around one way of answering and one way to look documents up."""
    api = APIBlueprint("api", __name__, url_prefix="/api/v1", abp_tags=[API])

    @api.before_request
    def insist_on_json() -> Response | None:
        """Tell a program what it sent wrong, before its body is looked at field by field."""
        if request.method != "POST":
            return None
        if request.path.endswith("/verify"):
            request.max_content_length = LARGEST_ANSWER
        if not request.is_json:
            return problem(415)
        if request.get_json(silent=True) is None:
            return problem(400)
        return None

    @api.post("/ask", responses=_gives(contract.AnswerOut, PROBLEMS), summary="提问")
    def ask_by_post(body: contract.AskBody) -> Response:
        """Answer a question, or say that the corpus does not hold the answer."""
        return _asked(body.question, body.as_of)

    @api.get("/ask", responses=_gives(contract.AnswerOut, PROBLEMS), summary="提问（GET）")
    def ask_by_get(query: contract.AskQuery) -> Response:
        """Do the same for a question in the address."""
        return _asked(query.q, query.as_of)

    def _asked(question: str, as_of: dt.date | None) -> Response:
        if not question.strip():
            return problem(422, EMPTY, name="question-empty")
        return _json(ask(question, as_of))

    @api.post("/verify", responses=_gives(contract.VerifyOut, PROBLEMS), summary="复核旧答案")
    def verify_answer(body: contract.SavedAnswer) -> Response:
        """Say sentence by sentence whether an answer given earlier still stands."""
        return _json(verify(body, snapshot().corpus))

    @api.get("/search", responses=_gives(contract.SearchOut, PROBLEMS), summary="检索")
    def search(query: contract.SearchQuery) -> Response:
        """Find passages without composing an answer."""
        current = snapshot()
        hits = current.finder.search(current.finder.read(query.q), query.limit)
        return _json(
            contract.SearchOut(
                question=masked(query.q.strip()),
                hits=[present.hit_of(hit) for hit in hits],
                index=present.index_of(current.manifest),
            )
        )

    @api.get("/documents", responses=_gives(contract.DocumentsOut, ALL), summary="全部文档")
    def documents() -> Response:
        """List every document."""
        found = snapshot().corpus.documents.values()
        return _json(contract.DocumentsOut(documents=[present.head_of(document) for document in found]))

    @api.get("/documents/<document_id>", responses=_gives(contract.DocumentOut, ONE), summary="一篇文档")
    def document(path: contract.DocumentPath) -> Response:
        """Give one document whole; sentences of answers are cut out of its text."""
        found = snapshot().corpus.documents.get(path.document_id)
        if found is None:
            abort(404)
        return _json(present.document_of(found))

    @api.get("/topics", responses=_gives(contract.TopicsOut, ALL), summary="主题")
    def topics() -> Response:
        """List the topics and the articles filed under each."""
        corpus = snapshot().corpus
        articles = [d for d in corpus.documents.values() if d.kind is Kind.ARTICLE]
        rows = [
            contract.TopicOut(
                id=topic.id,
                title=topic.title,
                about=topic.about,
                documents=[d.id for d in articles if topic.id in d.topics],
            )
            for topic in corpus.topics.values()
        ]
        return _json(contract.TopicsOut(topics=rows))

    return api


def _json(value: BaseModel) -> Response:
    return current_app.response_class(value.model_dump_json(), content_type="application/json")
