"""How the features of a candidate become one score: the probability that it answers the question."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pydantic

from wenju.index.features import NAMES, Features
from wenju.index.grams import Rarity, cut
from wenju.index.manifest import Thresholds

RANKING_FILE = "ranking.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A line between what people chased for debt ask and everything else, by the grams of the question."""

    idf: dict[str, float]
    weights: dict[str, float]
    intercept: float

    def score(self, text: str) -> float:
        """Give how far inside a question lies, as log-odds; above 0 is inside."""
        grams = Rarity(self.idf).weigh(cut(text))
        return sum(weight * self.weights[gram] for gram, weight in grams.items()) + self.intercept


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """From what is known of a hit to the probability that it answers, by logistic regression."""

    intercept: float
    points: float  # of the ranking
    lead: float  # how many points before the next unit
    scope: float

    def probability(self, points: float, lead: float, scope: float) -> float:
        """Give the probability, 0 to 1."""
        logit = self.intercept + self.points * points + self.lead * lead + self.scope * scope
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What was fitted on labelled questions for one encoder, and is stored with the snapshot."""

    encoder_fingerprint: str
    weights: dict[str, float]  # points a unit of each feature
    scope: Scope
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
        scope = self.scope.score(text)
        best = max(points)
        second = sorted(points)[-2] if len(points) > 1 else best
        leads = [p - (second if p == best else best) for p in points]
        return [self.calibration.probability(p, lead, scope) for p, lead in zip(points, leads, strict=True)]

    def save(self, folder: Path) -> None:
        """Write it beside the vectors."""
        (folder / RANKING_FILE).write_text(json.dumps(asdict(self), ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Ranking":
        """Read what `save` wrote.

        Raises:
            ValueError: a weight is missing or unknown.
        """
        ranking: Ranking = pydantic.TypeAdapter(cls).validate_json((folder / RANKING_FILE).read_bytes())
        if set(ranking.weights) != set(NAMES):
            raise ValueError(f"{RANKING_FILE}: weights for {sorted(set(NAMES) ^ set(ranking.weights))} do not fit")
        return ranking


def unfitted_ranking(encoder_fingerprint: str) -> Ranking:
    """Give plain weights to look things up with before anything is fitted."""
    weights = dict.fromkeys(NAMES, 0.0) | {"variant": 5.0, "spelt_variant": 5.0, "passage": 3.0, "spelt_passage": 3.0}
    return Ranking(
        encoder_fingerprint=encoder_fingerprint,
        weights=weights,
        scope=Scope(idf={}, weights={}, intercept=0.0),
        calibration=Calibration(intercept=-7.0, points=1.0, lead=0.0, scope=0.0),
        thresholds=Thresholds(answered=0.5, weak=0.25),
        fitted_on=0,
    )
