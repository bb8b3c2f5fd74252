"""Pages to browse: what the corpus holds, and what this service is."""

import re
from collections.abc import Callable

from flask import Blueprint, abort, render_template, request

from wenju.corpus.document import Document, Kind
from wenju.index.snapshot import Snapshot
from wenju.service import views
from wenju.service.phones import Phones, hotline, voice

SPAN = re.compile(r"(\d{1,6})-(\d{1,6})")
ABOUT = ("limits", "answers", "accessibility", "privacy")


def blueprint(snapshot: Callable[[], Snapshot]) -> Blueprint:  # noqa: C901 -- each page is simple
    """Give the pages around one way to look documents up."""
    pages = Blueprint("browse", __name__)

    def of_kind(kind: Kind) -> list[Document]:
        return [d for d in snapshot().corpus.documents.values() if d.kind is kind]

    @pages.get("/documents/<document_id>")
    def document(document_id: str) -> str:
        corpus = snapshot().corpus
        found = corpus.documents.get(document_id)
        if found is None:
            abort(404)
        span = SPAN.fullmatch(request.args.get("quote", ""))
        return render_template(
            "document.html",
            document=found,
            sections=list(views.sections(found)),
            badges=views.badges(found),
            facts=views.lender_facts(found, corpus),
            call=voice(found) or hotline(found),
            phones=Phones(corpus),
            quote=(int(span[1]), int(span[2])) if span else None,
            relied=views.relied(found, corpus),
        )

    @pages.get("/documents")
    def documents() -> str:
        groups = [(kind, views.KIND_NAME[kind], of_kind(kind)) for kind in Kind]
        return render_template("documents.html", groups=groups, badges=views.badges)

    @pages.get("/topics")
    def topics() -> str:
        return render_template("topics.html", topics=snapshot().corpus.topics.values())

    @pages.get("/topics/<topic_id>")
    def topic(topic_id: str) -> str:
        corpus = snapshot().corpus
        found = corpus.topics.get(topic_id)
        if found is None:
            abort(404)
        filed = [d for d in corpus.documents.values() if topic_id in d.topics and d.kind is not Kind.REGULATION]
        return render_template("topic.html", topic=found, documents=filed, kinds=views.KIND_NAME)

    @pages.get("/lenders")
    def lenders() -> str:
        corpus = snapshot().corpus
        rows = [(d, views.lender_facts(d, corpus), hotline(d)) for d in of_kind(Kind.LENDER)]
        return render_template("lenders.html", rows=rows)

    @pages.get("/letters")
    def letters() -> str:
        return render_template("letters.html", letters=of_kind(Kind.LETTER))

    @pages.get("/contacts")
    def contacts() -> str:
        rows = [(d, voice(d)) for d in of_kind(Kind.CONTACT)]
        return render_template("contacts.html", called=[r for r in rows if r[1]], others=[d for d, c in rows if not c])

    @pages.get("/about/<name>")
    def about(name: str) -> str:
        if name not in ABOUT:
            abort(404)
        return render_template(f"about_{name}.html", manifest=snapshot().manifest)

    return pages
