"""What learned weights of tokens would give a lexical side: `python -m training.sparse`. Nothing of it ships.

BM25 weighs a token by how few articles have it. Here the weights begin with that and are learned from questions and
the articles that answer them; an article still has only its own tokens, and a question the weights of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from tokenizers import Tokenizer

from training.data import Query, articles, question_pairs, stard
from training.evaluate import figures
from training.install import shipped_encoder
from training.quantise import stored_tokenizer
from wenju.index.encoder import BundledEncoder

K1, B = 1.2, 0.75  # BM25's saturation and its share of length
BATCH, EPOCHS, RATE, SCALE = 1_024, 4, 0.02, 1.0
SHARES = (0.0, 0.1, 0.2, 0.4, 0.8)  # of the lexical side, its best article for a question scoring 1
SEED = 20261122

Weights = NDArray[np.float32]  # (tokens,)


@dataclass(frozen=True)
class Lexicon:
    """Texts as rows of tokens."""

    tokenizer: Tokenizer

    def counts(self, texts: Sequence[str]) -> csr_matrix:
        """How often each token stands in each text."""
        ids = [np.array(e.ids) for e in self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        starts = np.cumsum([0, *map(len, ids)])
        shape = (len(texts), self.tokenizer.get_vocab_size())
        made = csr_matrix((np.ones(starts[-1], np.float32), np.concatenate(ids), starts), shape)
        made.sum_duplicates()
        made.data[made.indices == 0] = 0  # unknown tokens
        return made

    def questions(self, texts: Sequence[str]) -> csr_matrix:
        """Which tokens stand in each question."""
        made = self.counts(texts)
        made.data = np.minimum(made.data, 1)
        return made

    def passages(self, texts: Sequence[str], mean_length: float) -> csr_matrix:
        """BM25's saturated counts."""
        made = self.counts(texts)
        length = np.repeat(np.asarray(made.sum(axis=1)).ravel(), np.diff(made.indptr))
        made.data = made.data * (K1 + 1) / (made.data + K1 * (1 - B + B * length / mean_length))
        return made


def inverse_frequency(counts: csr_matrix) -> Weights:
    """BM25's weights."""
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    found: Weights = np.log1p((counts.shape[0] - having + 0.5) / (having + 0.5)).astype(np.float32)
    return found


def learn(first: Weights, questions: csr_matrix, passages: csr_matrix) -> Weights:
    """Move the weights so that each question finds its passage among those of its batch (Adam on InfoNCE)."""
    logs = np.log(first + 1e-3).astype(np.float64)
    mean, square = np.zeros_like(logs), np.zeros_like(logs)
    order, chance, step = np.arange(questions.shape[0]), np.random.default_rng(SEED), 0
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        losses = []
        for start in range(0, len(order) - BATCH + 1, BATCH):
            rows = order[start : start + BATCH]
            loss, slope = _loss(np.exp(logs).astype(np.float32), questions[rows], passages[rows])
            losses.append(loss)
            slope *= np.exp(logs)
            step += 1
            mean = 0.9 * mean + 0.1 * slope
            square = 0.999 * square + 0.001 * slope**2
            logs -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        print(f"epoch {epoch + 1} of {EPOCHS}, loss {np.mean(losses):.3f}", flush=True)
    learnt: Weights = np.exp(logs).astype(np.float32)
    return learnt


def _loss(weights: Weights, questions: csr_matrix, passages: csr_matrix) -> tuple[float, NDArray[np.float64]]:
    """InfoNCE of a batch and its slope by each weight."""
    scores = (questions.multiply(weights).tocsr() @ passages.T).toarray() / SCALE
    target = np.arange(len(scores))
    loss = -float(log_softmax(scores, axis=1)[target, target].mean())
    pull = softmax(scores, axis=1)
    pull[target, target] -= 1
    used = np.unique(questions.indices)
    asked = (questions[:, used].T @ (pull / SCALE / len(scores))).T  # (passages, tokens that questions have)
    slope = np.zeros(len(weights))
    slope[used] = np.asarray(passages[:, used].multiply(asked).sum(axis=0)).ravel()
    return loss, slope


def main() -> None:
    """Print figures of both weights, alone and beside the shipped encoder."""
    texts, (_, held) = articles(), stard()
    lexicon = Lexicon(stored_tokenizer(shipped_encoder()))
    counts = lexicon.counts(list(texts.values()))
    mean_length = float(counts.sum() / counts.shape[0])
    pairs = question_pairs(texts)
    first = inverse_frequency(counts)
    learnt = learn(
        first,
        lexicon.questions([pair.anchor for pair in pairs]),
        lexicon.passages([pair.positive for pair in pairs], mean_length),
    )
    passages = lexicon.passages(list(texts.values()), mean_length)
    asked = lexicon.questions([query.text for query in held])
    encoder = BundledEncoder(shipped_encoder())
    dense = encoder.questions([q.text for q in held]) @ encoder.passages(list(texts.values())).T
    for name, weights in (("BM25", first), ("learnt", learnt)):
        lexical = (asked.multiply(weights).tocsr() @ passages.T).toarray()
        _print(f"{name} alone", lexical, texts, held)
        lexical /= np.maximum(lexical.max(axis=1, keepdims=True), 1e-9)
        for share in SHARES:
            _print(f"dense + {share} of {name}", dense + share * lexical, texts, held)


def _print(what: str, scores: NDArray[np.float32], texts: Mapping[str, str], queries: Sequence[Query]) -> None:
    found = figures(scores, texts, queries)
    print(f"{what:24}", *(f"{name} {value.mean():.3f}" for name, value in found.items()), flush=True)


if __name__ == "__main__":
    main()
