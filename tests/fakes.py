"""Small stand-ins whose numbers a reader can work out."""

from collections.abc import Sequence

import numpy as np

from wenju.index.encoder import Floats


class KeywordEncoder:
    """One column a keyword and one for everything else, so that a score can be worked out by hand."""

    name = "keywords"
    fingerprint = "keywords-1"

    def __init__(self, *keywords: str) -> None:
        self.keywords = keywords
        self.dimension = len(keywords) + 1
        self.encoded: list[str] = []

    def questions(self, texts: Sequence[str]) -> Floats:
        """Encode what people ask."""
        rows = [[float(word in text) for word in self.keywords] + [0.01] for text in texts]
        vectors = np.array(rows, np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def passages(self, texts: Sequence[str]) -> Floats:
        """Encode what may be found."""
        self.encoded += texts
        return self.questions(texts)
