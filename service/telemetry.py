"""What an operator sees: structured logs and metrics, both without a word of any question."""

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

from wenju.service.answer.opinion import Opinion
from wenju.service.keeper import SnapshotKeeper

log = structlog.get_logger()
BUCKETS = (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5.0)
QUIET = frozenset({"healthz", "readyz", "metrics", "static"})


class Metrics:
    """Counters of one process."""

    def __init__(self, keeper: SnapshotKeeper) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("wenju_requests", "HTTP requests", ["endpoint", "status"], registry=self.registry)
        self.seconds = Histogram(
            "wenju_request_seconds",
            "Time to answer a request",
            ["endpoint"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.answers = Counter("wenju_answers", "Questions by how they were met", ["status"], registry=self.registry)
        self.alerts = Counter("wenju_alerts", "Alerts shown", ["code"], registry=self.registry)
        self.opinions = Counter(
            "wenju_opinions", "Opinions of the chat model by what came of asking", ["outcome"], registry=self.registry
        )
        self._index = Gauge(
            "wenju_index_info", "The snapshot that answers", ["version", "encoder"], registry=self.registry
        )
        self._keeper = keeper

    def heard(self, opinion: Opinion) -> None:
        """Count what came of asking a chat model, and log that it was asked in vain."""
        self.opinions.labels(opinion.outcome.value).inc()
        if opinion.failed:
            log.warning("opinion_ignored", reason=opinion.outcome.value, http_status=opinion.status)

    def page(self) -> Response:
        """Give all of them as Prometheus reads them."""
        manifest = self._keeper.get().manifest
        self._index.clear()
        self._index.labels(manifest.version, manifest.encoder).set(1)
        return Response(generate_latest(self.registry), content_type=CONTENT_TYPE_LATEST)


def configure_logs(level: str) -> None:
    """Write one JSON object a line to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def register(app: Flask, metrics: Metrics) -> None:
    """Measure and log every request: what was called and how it ended, never what was asked."""

    def begin() -> None:
        g.began = time.perf_counter()

    def end(response: Response) -> Response:
        endpoint = (request.endpoint or "unknown").rpartition(".")[2]
        seconds = time.perf_counter() - g.pop("began", time.perf_counter())
        metrics.requests.labels(endpoint, response.status_code).inc()
        metrics.seconds.labels(endpoint).observe(seconds)
        if endpoint not in QUIET:
            log.info(
                "request",
                method=request.method,
                endpoint=endpoint,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
                **g.pop("answer_log", {}),
            )
        return response

    app.before_request(begin)
    app.after_request(end)
