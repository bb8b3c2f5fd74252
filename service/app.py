"""The web application: parts are built outside and put together here."""

import datetime as dt
from importlib.metadata import version
from importlib.resources import files
from ipaddress import ip_address

from flask import Flask, g, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_openapi import Info, OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from wenju.service import (
    api,
    assets,
    browse,
    contract,
    device,
    feedback,
    health,
    pages,
    problems,
    security,
    telemetry,
    views,
)
from wenju.service.answer.opinion import Adviser
from wenju.service.answering import answer
from wenju.service.keeper import SnapshotKeeper
from wenju.service.settings import Settings

LARGEST_REQUEST = 32_768  # bytes; 2,000 characters are 18,000 when a form percent-encodes them

LIMITED = frozenset(
    {
        "api.ask_by_post",
        "api.ask_by_get",
        "api.search",
        "api.verify_answer",
        "pages.answer",
        "pages.save",
        "feedback.send",
    }
)


def create_app(settings: Settings, keeper: SnapshotKeeper, adviser: Adviser | None = None) -> Flask:
    """Build the application around the snapshot it answers from, and a chat model's advice where there is one."""
    web = files("wenju") / "web"
    app = OpenAPI(
        "wenju",
        info=Info(title="问据 Wenju", version=version("wenju"), description="逐句有出处的回答"),
        doc_ui=False,
        validation_error_callback=problems.invalid,
        validation_error_model=contract.ProblemOut,
        template_folder=str(web / "templates"),
        static_folder=str(web / "static"),
        static_url_path="/static",
    )
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_REQUEST
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)  # type: ignore[method-assign]
    app.jinja_env.globals["chat_model_host"] = settings.chat_model.host if settings.chat_model else None
    metrics = telemetry.Metrics(keeper)

    def ask(question: str, as_of: dt.date | None = None) -> contract.AnswerOut:
        made = answer(question, keeper.get(), as_of, adviser=adviser)
        answered = made.out
        metrics.answers.labels(answered.status).inc()
        for alert in answered.alerts:
            metrics.alerts.labels(alert.code).inc()
        g.answer_log = {
            "answer": answered.status,
            "confidence": answered.confidence,
            "index": answered.index.version,
        }
        if made.draft.opinion:
            metrics.heard(made.draft.opinion)
            g.answer_log["opinion"] = made.draft.opinion.outcome
        return answered

    app.register_api(api.blueprint(ask, keeper.get))
    app.register_blueprint(pages.blueprint(ask, keeper.get))
    app.register_blueprint(browse.blueprint(keeper.get))
    app.register_blueprint(feedback.blueprint(feedback.FeedbackFile(settings.feedback_file), keeper.get))
    app.register_blueprint(device.blueprint())
    app.register_blueprint(health.blueprint(keeper, metrics))
    app.add_url_rule("/openapi.json", "openapi", lambda: jsonify(app.api_doc))
    app.add_template_filter(views.day, "day")
    app.add_template_filter(views.letter, "letter")
    assets.register(app)
    telemetry.register(app, metrics)
    security.register(app)
    problems.register(app)
    _limit(app, settings)
    return app


def _limit(app: Flask, settings: Settings) -> None:
    """Let one address ask only so often; reading pages and being watched is free.

    The machine itself is not limited: it is the operator, or a proxy that was not declared, and then one
    limit for everybody behind it would shut everybody out (WENJU_TRUSTED_PROXIES declares it).
    """
    limiter = Limiter(
        get_remote_address,
        app=app,
        default_limits=[settings.rate],
        storage_uri="memory://",
        headers_enabled=True,
    )
    limiter.request_filter(lambda: request.endpoint not in LIMITED)
    limiter.request_filter(lambda: ip_address(get_remote_address()).is_loopback)
