"""Fit the ranking to one encoder and corpus: from labelled questions to weights, probabilities and thresholds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wenju.corpus.document import Corpus
from wenju.corpus.questions import Expectation, Labelled
from wenju.index.features import NAMES, NEARER_IS_BETTER
from wenju.index.grams import Rarity, cut, weighed_rows
from wenju.index.intents import fit_intents
from wenju.index.lines import Lines, lines_of
from wenju.index.manifest import Thresholds
from wenju.index.ranking import SCOPE, Calibration, Ranking
from wenju.index.search import Finder

SMALL = 1.0  # how much small weights are preferred
TINY = 1e-12
FOLDS = 5
WRONG = 0.07  # share of our outside questions, half of which lie at the border, that may be answered
FALSE = 0.03  # share of other questions that may sound like an alert: a needless one is soon read, a missed one costs
NEAR = 0.15  # share of them that may be shown something near
INSIDE = 0.7  # share of the questions that come here which are about being chased for debt
RARE = 2  # texts a gram has to stand in before it may speak for or against
FIRMNESS = 10.0  # how closely the scope follows its examples
OWN_WEIGHT = 0.2  # of a way to ask that stands in a document: its words are those of the document's writer

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled question as the fit sees it."""

    text: str
    features: Doubles  # (candidates, features)
    right: Flags  # which candidates answer
    inside: bool  # whether anything should answer
    alert: str | None  # what it should raise


def collect(finder: Finder, labelled: Sequence[Labelled]) -> list[Sample]:
    """Look every labelled question up, by intents that were not learned from it."""
    samples = []
    folds = [[asked for n, asked in enumerate(labelled) if n % FOLDS != fold] for fold in range(FOLDS)]
    intents = [fit_intents(finder.corpus, others) for others in folds]
    for n, asked in enumerate(labelled):
        question = finder.read(asked.q)
        found = finder.candidates(question, intents[n % FOLDS])
        features = np.array([[getattr(f, name) for name in NAMES] for _, f in found]).reshape(len(found), len(NAMES))
        right = np.array([unit.id in asked.docs or unit.document.id in asked.docs for unit, _ in found], bool)
        inside = asked.expect is Expectation.ANSWERED
        samples.append(Sample(question.text, features, right, inside, asked.alert))
    return samples


def ways_to_ask(corpus: Corpus) -> list[str]:
    """Give every question that the documents of a corpus say people ask."""
    return [variant for document in corpus.documents.values() for variant in document.asked_as]


def fit(samples: Sequence[Sample], inside: Sequence[str], encoder_fingerprint: str) -> Ranking:
    """Fit weights, then probabilities on top of them, then thresholds on top of those.

    Probabilities are fitted on what the weights and the scope say of questions they were not fitted on.

    Args:
        samples: labelled questions, looked up.
        inside: more questions that lie inside, for the line around them.
        encoder_fingerprint: of the encoder that looked them up.
    """
    codes = sorted({s.alert for s in samples if s.alert})
    names = (SCOPE, *codes)
    folds = np.arange(len(samples)) % FOLDS
    evidence = np.zeros((len(samples), 3))
    alarming = np.zeros((len(samples), len(codes)))
    for fold in range(FOLDS):
        seen = [s for s, f in zip(samples, folds, strict=True) if f != fold]
        weights, lines = fit_weights(seen), fit_lines(seen, inside, names)
        for n in np.flatnonzero(folds == fold).tolist():
            scores = lines.scores(samples[n].text)
            evidence[n] = _evidence(samples[n], weights, scores[SCOPE])
            alarming[n] = [scores[code] for code in codes]
    within = np.array([s.inside for s in samples])
    calibration = _fit_calibration(evidence, within)
    chances = np.array([calibration.probability(*row) for row in evidence])
    others = {code: np.array([s.alert != code for s in samples]) for code in codes}
    return Ranking(
        encoder_fingerprint=encoder_fingerprint,
        weights=dict(zip(NAMES, map(float, fit_weights(samples).round(4)), strict=True)),
        lines=fit_lines(samples, inside, names),
        alarms={code: _quantile(alarming[others[code], n], 1 - FALSE) for n, code in enumerate(codes)},
        calibration=calibration,
        thresholds=Thresholds(
            answered=_quantile(chances[~within], 1 - WRONG), weak=_quantile(chances[~within], 1 - NEAR)
        ),
        fitted_on=len(samples),
    )


def fit_weights(samples: Sequence[Sample]) -> Doubles:
    """Weigh the features so that what answers comes before everything else proposed for the question.

    Softmax over the candidates of each question, with small weights preferred; a nearness never counts against.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 -- half a second, and only a fit needs it

    usable = [s for s in samples if s.right.any()]
    x, right = np.concatenate([s.features for s in usable]), np.concatenate([s.right for s in usable])
    starts = np.cumsum([0, *(len(s.right) for s in usable[:-1])])
    owner = np.repeat(np.arange(len(usable)), [len(s.right) for s in usable])
    penalty = SMALL * x.var(axis=0)

    def loss(w: Doubles) -> tuple[float, Doubles]:
        points = x @ w
        chance = np.exp(points - np.maximum.reduceat(points, starts)[owner])
        chance /= np.add.reduceat(chance, starts)[owner]
        answered = np.add.reduceat(chance * right, starts) + TINY
        pull = chance - chance * right / answered[owner]
        value = -np.log(answered).sum() + (penalty * w * w).sum()
        return float(value), pull @ x + 2 * penalty * w

    bounds = [(0, None) if name in NEARER_IS_BETTER else (None, None) for name in NAMES]
    found: Doubles = minimize(loss, np.zeros(len(NAMES)), jac=True, bounds=bounds, method="L-BFGS-B").x
    return found


def fit_lines(samples: Sequence[Sample], inside: Sequence[str], names: Sequence[str]) -> Lines:
    """Draw the line around what is asked inside, and one around each alert; both sides weigh the same."""
    counts = [cut(text) for text in (*(s.text for s in samples), *inside)]
    rarity = Rarity.of(counts, least=RARE)
    x = weighed_rows(rarity, counts)
    weights, intercepts = [], []
    for name in names:
        y = np.array([_on_its_side(s, name) for s in samples] + [name == SCOPE] * len(inside))
        # What documents say people ask tells nothing about alerts, for some of it would raise one.
        own = OWN_WEIGHT if name == SCOPE else 0.0
        model = _classifier(x, y, np.array([1.0] * len(samples) + [own] * len(inside)))
        weights.append(model.coef_[0])
        intercepts.append(model.intercept_[0])
    return lines_of(names, rarity, np.transpose(weights), intercepts)


def _on_its_side(sample: Sample, name: str) -> bool:
    return sample.inside if name == SCOPE else sample.alert == name


def _classifier(x: Any, y: Flags, weight: Doubles) -> Any:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 -- a second, and only a fit needs it

    x, y, weight = x[weight > 0], y[weight > 0], weight[weight > 0]
    balanced = np.where(y, weight / weight[y].sum(), weight / weight[~y].sum()) * len(y)
    return LogisticRegression(C=FIRMNESS, max_iter=2000).fit(x, y, sample_weight=balanced)


def _evidence(sample: Sample, weights: Doubles, scope: float) -> tuple[float, float, float]:
    points = sample.features @ weights
    if not len(points):
        return 0.0, 0.0, scope
    order = np.argsort(-points)
    lead = float(points[order[0]] - points[order[1]]) if len(points) > 1 else 0.0
    return float(points[order[0]]), lead, scope


def _fit_calibration(evidence: Doubles, inside: Flags) -> Calibration:
    """Fit the probability that the corpus answers a question at all, not that the first hit is the best one."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    weight = np.where(inside, INSIDE / inside.sum(), (1 - INSIDE) / (~inside).sum()) * len(inside)
    model = LogisticRegression(C=1.0, max_iter=2000).fit(evidence, inside, sample_weight=weight)
    points, lead, scope = (float(v) for v in model.coef_[0])
    return Calibration(intercept=float(model.intercept_[0]), points=points, lead=lead, scope=scope)


def _quantile(values: Doubles, share: float) -> float:
    return round(float(np.quantile(values, share)), 4) if len(values) else 0.5
