"""Whether what a document says people ask leads to that document: asked of the index itself."""

from collections.abc import Iterator, Sequence

import numpy as np

from wenju.corpus.document import Corpus, Document, Kind
from wenju.corpus.finding import Finding, reminder
from wenju.index.encoder import Encoder
from wenju.index.search import Finder

NEAR = 0.75  # cosine; a variant that no other document's title or variant comes near to leads home, so it is not asked
BATCH = 512


def led_elsewhere(corpus: Corpus, finder: Finder, encoder: Encoder) -> Iterator[Finding]:
    """Find variants whose best hit is another document."""
    documents = [document for document in corpus.documents.values() if document.kind is not Kind.REGULATION]
    for document, n in _doubtful(documents, encoder):
        variant = document.asked_as[n]
        best = next(iter(finder.search(finder.read(variant), limit=1)), None)
        if best and best.document.id != document.id:
            what = f"问法“{variant}”先找到的是 {best.document.path}“{best.document.title}”"
            fix = "改得更像这篇的问题，或移到那一篇"
            yield reminder("asked-elsewhere", document.path, document.line_of(f"asked_as.{n}"), what, fix)


def _doubtful(documents: Sequence[Document], encoder: Encoder) -> Iterator[tuple[Document, int]]:
    """Give the variants, by their position, that come near to what another document is asked."""
    asked = [(d, n, text) for d in documents for n, text in enumerate((d.title, *d.asked_as), start=-1)]
    if not asked:
        return
    vectors = encoder.questions([text for _, _, text in asked])
    owners = np.array([id(document) for document, _, _ in asked])
    for start in range(0, len(asked), BATCH):
        rows = slice(start, start + BATCH)
        others = np.where(owners[rows, None] == owners, 0, vectors[rows] @ vectors.T)
        for row in np.flatnonzero(others.max(axis=1) >= NEAR):
            document, n, _ = asked[start + row]
            if n >= 0:  # the title is no variant
                yield document, n
