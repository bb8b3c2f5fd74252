"""How well a sentence answers a question, by its own words."""

from collections.abc import Mapping, Sequence

from wenju.index.encoder import Encoder, Floats
from wenju.index.grams import GramIndex, cut


class Relevance:
    """Compares sentences of the corpus with questions; what was worked out for a sentence is kept.

    The corpus does not change under a snapshot, so there are at most as many as it has sentences.
    """

    def __init__(self, encoder: Encoder, grams: GramIndex) -> None:
        self._encoder, self._rarity = encoder, grams.rarity
        self._known: dict[str, tuple[Floats, Mapping[str, float]]] = {}

    def of(self, question: str, sentences: Sequence[str]) -> list[float]:
        """Add the cosine in meaning to the cosine in spelling, for each sentence."""
        vector, grams = self._encoder.questions([question])[0], self._rarity.weigh(cut(question))
        self._learn([s for s in dict.fromkeys(sentences) if s not in self._known])
        return [self._relevance(vector, grams, *self._known[sentence]) for sentence in sentences]

    def likeness(self, one: str, other: str) -> float:
        """Give the cosine of two sentences in spelling."""
        self._learn([s for s in (one, other) if s not in self._known])
        return _overlap(self._known[one][1], self._known[other][1])

    def _learn(self, sentences: Sequence[str]) -> None:
        if sentences:
            for sentence, vector in zip(sentences, self._encoder.passages(sentences), strict=True):
                self._known[sentence] = vector, self._rarity.weigh(cut(sentence))

    @staticmethod
    def _relevance(vector: Floats, grams: Mapping[str, float], other: Floats, others: Mapping[str, float]) -> float:
        return float(vector @ other) + _overlap(grams, others)


def _overlap(grams: Mapping[str, float], others: Mapping[str, float]) -> float:
    return sum(weight * others.get(gram, 0.0) for gram, weight in grams.items())
