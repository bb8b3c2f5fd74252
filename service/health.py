"""Whether the service lives, whether it can answer, and what it counts."""

from flask import Blueprint, Response, jsonify

from wenju.service.keeper import SnapshotKeeper
from wenju.service.telemetry import Metrics


def blueprint(keeper: SnapshotKeeper, metrics: Metrics) -> Blueprint:
    """Give the endpoints that machines watch."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @health.get("/readyz")
    def readyz() -> Response:
        return jsonify(status="ready", index=keeper.get().version)

    @health.get("/metrics")
    def page() -> Response:
        return metrics.page()

    return health
