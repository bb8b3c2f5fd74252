"""Which document a question asks for: one line a document, between what is asked of it and what is asked of the others.

Nearness to one way of asking says what two texts share. A line says which of that tells one document from the rest.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from wenju.corpus.document import Corpus, Kind
from wenju.corpus.questions import Labelled
from wenju.index.grams import Rarity, cut, weighed_rows
from wenju.index.lines import NO_LINES, Lines, lines_of

BEYOND = -1.0  # where the line is drawn such that what is asked of other documents lies beyond it
FIRMNESS = 1.0  # how closely the lines follow their examples
RARE = 2  # texts a gram has to stand in before it may speak for or against


def fit_intents(corpus: Corpus, labelled: Iterable[Labelled]) -> Lines:
    """Draw the lines, by what documents say people ask and by labelled questions; none if nothing tells them apart."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415 -- a second, and only a build needs it

    asked = list(_asked(corpus, labelled))
    names = sorted({document_id for _, document_id in asked})
    counts = [cut(text) for text, _ in asked]
    rarity = Rarity.of(counts, least=RARE)
    if len(names) < 2 or not rarity.idf:
        return NO_LINES
    wanted = [names.index(document_id) for _, document_id in asked]
    model = LinearSVC(C=FIRMNESS, random_state=0).fit(weighed_rows(rarity, counts), wanted)
    weights, intercepts = model.coef_, model.intercept_
    if len(names) == 2:  # one line serves both sides
        weights, intercepts = np.concatenate([-weights, weights]), np.concatenate([-intercepts, intercepts])
    return lines_of(names, rarity, weights.T, intercepts)


def _asked(corpus: Corpus, labelled: Iterable[Labelled]) -> Iterator[tuple[str, str]]:
    """Give every question that is asked of a document of ours, with its id. Articles of law are asked for by name."""
    ours = {document.id: document for document in corpus.documents.values() if document.kind is not Kind.REGULATION}
    for document in ours.values():
        yield from ((text, document.id) for text in (document.title, *document.asked_as))
    for asked in labelled:
        yield from ((asked.q, document_id) for document_id in asked.docs if document_id in ours)
