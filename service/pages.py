"""The web pages. They need no script."""

import re
from collections.abc import Callable

from flask import Blueprint, Response, abort, make_response, render_template, request

from wenju.corpus.document import Kind
from wenju.index.snapshot import Snapshot
from wenju.service import contract, texts, views
from wenju.service.problems import EMPTY, TOO_LONG

EXAMPLES = (
    "短信说今天下午上门催收，是真的吗",
    "催收打电话给我家人和同事怎么办",
    "催收晚上十点以后还能打电话吗",
    "网贷还不上，怎么谈延期",
    "收到支付令，几天内可以提异议",
    "催收让我转账到个人微信",
)
SPAN = re.compile(r"(\d{1,6})-(\d{1,6})")

Ask = Callable[[str], contract.AnswerOut]


def blueprint(ask: Ask, snapshot: Callable[[], Snapshot]) -> Blueprint:
    """Give the pages around one way of answering and one way to look documents up."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def home() -> str:
        return render_template("home.html", examples=EXAMPLES, topics=snapshot().corpus.topics.values(), question="")

    @pages.route("/ask", methods=["GET", "POST"])
    def answer() -> Response:
        asked = (request.form.get("question") or request.args.get("q") or "").strip()
        wrong = EMPTY if not asked else TOO_LONG if len(asked) > contract.LONGEST_QUESTION else None
        if wrong:
            return make_response(
                render_template(
                    "home.html",
                    examples=EXAMPLES,
                    topics=snapshot().corpus.topics.values(),
                    question=asked,
                    error=wrong,
                ),
                422,
            )
        out = ask(asked)
        view = views.answer_view(out, snapshot().corpus.documents)
        return make_response(render_template("answer.html", view=view, slot_titles=texts.SLOT_TITLE))

    @pages.get("/documents/<document_id>")
    def document(document_id: str) -> str:
        corpus = snapshot().corpus
        found = corpus.documents.get(document_id)
        if found is None:
            abort(404)
        span = SPAN.fullmatch(request.args.get("quote", ""))
        relied = [(target, corpus.documents[target.partition("#")[0]]) for target in found.relies_on]
        return render_template(
            "document.html",
            document=found,
            sections=list(views.sections(found)),
            badges=views.badges(found),
            quote=(int(span[1]), int(span[2])) if span else None,
            relied=relied,
        )

    @pages.get("/topics/<topic_id>")
    def topic(topic_id: str) -> str:
        corpus = snapshot().corpus
        found = corpus.topics.get(topic_id)
        if found is None:
            abort(404)
        filed = [d for d in corpus.documents.values() if topic_id in d.topics and d.kind is not Kind.REGULATION]
        return render_template("topic.html", topic=found, documents=filed, kinds=views.KIND_NAME)

    return pages
