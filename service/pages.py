"""The pages for asking. They need no script."""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, render_template, request

from wenju.index.snapshot import Snapshot
from wenju.service import assets, contract, device, texts, views
from wenju.service.privacy import masked
from wenju.service.problems import EMPTY, TOO_LONG

EXAMPLES = (
    "短信说今天下午上门催收，是真的吗",
    "催收打电话给我家人和同事怎么办",
    "催收晚上十点以后还能打电话吗",
    "网贷还不上，怎么谈延期",
    "收到支付令，几天内可以提异议",
    "催收让我转账到个人微信",
)
EARLIER = 3  # questions that stay in view while one asks on
EARLIER_LENGTH = 200  # characters of each
# A phone that goes back to an answer shows it again instead of asking to send the question once more; nobody on the
# way may keep it.
OF_THIS_PHONE = "private, no-cache"

Ask = Callable[[str], contract.AnswerOut]


def blueprint(ask: Ask, snapshot: Callable[[], Snapshot]) -> Blueprint:
    """Give the pages around one way of answering and one way to look documents up."""
    pages = Blueprint("pages", __name__)

    def form(question: str = "", error: str | None = None) -> str:
        topics = snapshot().corpus.topics.values()
        return render_template("home.html", examples=EXAMPLES, topics=topics, question=question, error=error)

    def asked() -> tuple[str, str | None]:
        """Give the question and what is wrong with it."""
        # Browsers send line ends as two characters; a person counts one.
        typed = (request.form.get("question") or request.args.get("q") or "").replace("\r\n", "\n").strip()
        return typed, EMPTY if not typed else TOO_LONG if len(typed) > contract.LONGEST_QUESTION else None

    @pages.get("/")
    def home() -> str:
        return form()

    @pages.route("/ask", methods=["GET", "POST"])
    def answer() -> Response:
        question, wrong = asked()
        if wrong:
            return make_response(form(question, wrong), 422)
        view = views.answer_view(ask(question), snapshot().corpus)
        response = make_response(render_template("answer.html", view=view, earlier=_earlier(), texts=texts))
        if request.method == "POST":
            response.headers["Cache-Control"] = OF_THIS_PHONE
        return device.remember_size(response)

    @pages.post("/save")
    def save() -> Response:
        """Give the answer as one file that needs no line."""
        question, wrong = asked()
        if wrong:
            return make_response(form(question, wrong), 422)
        view = views.answer_view(ask(question), snapshot().corpus)
        page = render_template(
            "answer_file.html",
            view=view,
            texts=texts,
            style=assets.read("wenju.css").decode(),
            root=request.host_url.rstrip("/"),
        )
        response = make_response(page)
        response.headers["Content-Disposition"] = (
            "attachment; filename=wenju.html; filename*=UTF-8''%E9%97%AE%E6%8D%AE.html"
        )
        return response

    return pages


def _earlier() -> list[str]:
    """Give the questions asked before this one; the page itself carries them, nothing here remembers."""
    return [masked(text)[:EARLIER_LENGTH] for text in request.form.getlist("earlier")[-EARLIER:] if text.strip()]
