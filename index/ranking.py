"""How a passage's features become one score: the probability that it answers the question."""

import json
import math
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pydantic

from wenju.index.manifest import Thresholds

RANKING_FILE = "ranking.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What is known of one passage for one question. Cosines lie in [-1, 1], shares in [0, 1]."""

    passage_cosine: float = 0.0  # with the passage itself
    variant_cosine: float = 0.0  # with the nearest way people ask for its document
    passage_words: float = 0.0  # share of the question's words, by rarity, that the passage has
    variant_words: float = 0.0  # overlap with the words of the nearest variant, by rarity
    same_lender: float = 0.0  # 1: the question names this document's lender
    other_lender: float = 0.0  # 1: the document is about a lender that the question does not name
    article_named: float = 0.0  # 1: the question names this article
    is_regulation: float = 0.0
    is_lender: float = 0.0
    is_contact: float = 0.0
    is_letter: float = 0.0


FEATURES = tuple(field.name for field in fields(Features))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A logistic model over the features, and the thresholds that were fitted with it."""

    intercept: float
    weights: dict[str, float]
    thresholds: Thresholds

    def contributions(self, features: Features) -> dict[str, float]:
        """Give what each feature adds to the logit."""
        return {name: weight * getattr(features, name) for name, weight in self.weights.items()}

    def score(self, features: Features) -> float:
        """Give the probability, 0 to 1, that a passage with these features answers."""
        logit = self.intercept + sum(self.contributions(features).values())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))

    def save(self, folder: Path) -> None:
        """Write it beside the vectors."""
        (folder / RANKING_FILE).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Ranking":
        """Read what `save` wrote.

        Raises:
            ValueError: a weight is missing or unknown.
        """
        ranking: Ranking = pydantic.TypeAdapter(cls).validate_json((folder / RANKING_FILE).read_bytes())
        if set(ranking.weights) != set(FEATURES):
            raise ValueError(f"{RANKING_FILE}: weights for {sorted(set(FEATURES) ^ set(ranking.weights))} do not fit")
        return ranking
