"""How the features of a candidate become one score: the probability that it answers the question."""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pydantic

from wenju.index.features import NAMES, Features
from wenju.index.lines import NO_LINES, Lines
from wenju.index.manifest import Thresholds

RANKING_FILE = "ranking.json"
LINES_FILE = "lines.npz"
SCOPE = "scope"  # the line between what people chased for debt ask and everything else


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """From what is known of the hits to the probability that the corpus answers, by logistic regression."""

    intercept: float
    points: float  # of the ranking
    lead: float  # how many points before the next unit
    scope: float

    def probability(self, points: float, lead: float, scope: float) -> float:
        """Give the probability, 0 to 1."""
        return logistic(self.intercept + self.points * points + self.lead * lead + self.scope * scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What was fitted on labelled questions for one encoder, and is stored with the snapshot."""

    encoder_fingerprint: str
    weights: dict[str, float]  # points a unit of each feature
    lines: pydantic.InstanceOf[Lines]
    alarms: dict[str, float]  # log-odds from which a question raises the alert
    calibration: Calibration
    thresholds: Thresholds
    fitted_on: int  # questions

    def points(self, features: Features) -> float:
        """Add up what the features are worth; only differences mean something."""
        points: float = sum(weight * getattr(features, name) for name, weight in self.weights.items())
        return points

    def probabilities(self, points: Sequence[float], text: str) -> list[float]:
        """Give for each candidate of a question, from its points, the probability that it answers."""
        if not points:
            return []
        scope = self.lines.scores(text).get(SCOPE, 0.0)
        best = max(points)
        second = sorted(points)[-2] if len(points) > 1 else best
        leads = [p - (second if p == best else best) for p in points]
        return [self.calibration.probability(p, lead, scope) for p, lead in zip(points, leads, strict=True)]

    def alerts(self, text: str) -> dict[str, float]:
        """Give the alerts that a question raises, each with its probability."""
        scores = self.lines.scores(text)
        return {code: logistic(scores[code]) for code, least in self.alarms.items() if scores[code] >= least}

    @property
    def fingerprint(self) -> str:
        """Changes when anything in it does."""
        return hashlib.sha256(f"{self._as_json()}{self.lines.fingerprint}".encode()).hexdigest()[:16]

    def save(self, folder: Path) -> None:
        """Write it beside the vectors: its numbers as JSON, its lines as arrays."""
        (folder / RANKING_FILE).write_text(self._as_json(), encoding="utf-8")
        self.lines.save(folder / LINES_FILE)

    def _as_json(self) -> str:
        numbers = asdict(replace(self, lines=NO_LINES))
        del numbers["lines"]
        return json.dumps(numbers, indent=1) + "\n"

    @classmethod
    def load(cls, folder: Path) -> "Ranking":
        """Read what `save` wrote.

        Raises:
            ValueError: a weight is missing or unknown.
        """
        numbers = json.loads((folder / RANKING_FILE).read_bytes())
        ranking = _RANKING.validate_python(numbers | {"lines": Lines.load(folder / LINES_FILE)})
        if set(ranking.weights) != set(NAMES):
            raise ValueError(f"{RANKING_FILE}: weights for {sorted(set(NAMES) ^ set(ranking.weights))} do not fit")
        return ranking


_RANKING = pydantic.TypeAdapter(Ranking)


def logistic(logit: float) -> float:
    """Turn log-odds into a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def unfitted_ranking(encoder_fingerprint: str) -> Ranking:
    """Give plain weights to look things up with before anything is fitted."""
    weights = dict.fromkeys(NAMES, 0.0) | {"variant": 5.0, "spelt_variant": 5.0, "passage": 3.0, "spelt_passage": 3.0}
    return Ranking(
        encoder_fingerprint=encoder_fingerprint,
        weights=weights,
        lines=NO_LINES,
        alarms={},
        calibration=Calibration(intercept=-7.0, points=1.0, lead=0.0, scope=0.0),
        thresholds=Thresholds(answered=0.5, weak=0.25),
        fitted_on=0,
    )
