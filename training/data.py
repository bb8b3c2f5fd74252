"""Read ../shared/training into pairs of texts that mean the same, and hold some back for measuring."""

import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wenju.corpus.document import TEMPLATE, Kind
from wenju.corpus.reader import read_corpus, shipped
from wenju.index.encoder import Floats

SHARED = Path(__file__).parents[2] / "shared" / "training"
OWN = Path(__file__).parent
OWN_QUESTIONS = "questions.jsonl.gz"
SENTENCE_END = re.compile(r"(?<=[。；！？])")
LONGEST = 400  # characters of a text that are used
HELD_BACK = 5  # one STARD question in five measures, the others train
MINED = range(20, 100)  # ranks of negatives: before them too many answer the question, though nobody said so
AT_ONCE = 500  # questions compared with all articles at a time
WRITTEN_HELD_BACK = 25  # and one in twenty-five of those written for articles


Encode = Callable[[Sequence[str]], Floats]  # texts to unit vectors, (texts, dimension)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that belong together: a question and its article, two ways to say one thing."""

    anchor: str
    positive: str
    negative: str = ""  # one that does not belong to them though it looks as if it did


@dataclass(frozen=True, slots=True)
class Scored:
    """Two texts and how alike they are, from 0 to 1."""

    a: str
    b: str
    score: float


@dataclass(frozen=True, slots=True)
class Query:
    """A question and the ids of the articles that answer it."""

    text: str
    positives: tuple[str, ...]


def rows(name: str, folder: Path = SHARED) -> Iterator[dict[str, Any]]:
    """Yield the rows of a gzipped JSON-lines file."""
    with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def articles(folder: Path = SHARED) -> dict[str, str]:
    """The STARD corpus: article id to text ("中华人民共和国民法典第五十四条：…")."""
    return {row["id"]: row["text"] for row in rows("stard_corpus.jsonl.gz", folder)}


def stard(folder: Path = SHARED) -> tuple[list[Query], list[Query]]:
    """The STARD questions we have: (for training, held back)."""
    queries = [Query(row["q"], tuple(row["pos"])) for row in rows("stard_train.jsonl.gz", folder)]
    order = list(range(len(queries)))
    random.Random(20261121).shuffle(order)
    held = set(order[: len(order) // HELD_BACK])
    return [q for n, q in enumerate(queries) if n not in held], [queries[n] for n in sorted(held)]


def written(texts: Mapping[str, str], folder: Path = SHARED, *, own: bool = True) -> tuple[list[Query], list[Query]]:
    """Questions written for articles, ../shared's and our own: (for training, held back)."""
    found = list(rows("article_questions.jsonl.gz", folder))
    if own:
        found += rows(OWN_QUESTIONS, OWN)
    answered: dict[str, list[str]] = defaultdict(list)  # a row for each article that answers a question
    for row in found:
        if row["id"] in texts and row["id"] not in answered[row["q"]]:
            answered[row["q"]].append(row["id"])
    queries = [Query(question, tuple(ids)) for question, ids in answered.items() if ids]
    held = [query for query in queries if is_held(query.text)]
    return [query for query in queries if not is_held(query.text)], held


def is_held(text: str, one_in: int = WRITTEN_HELD_BACK) -> bool:
    """Tell whether a text is among those, one in so many, that are held back."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % one_in == 0


def learnt_questions(texts: Mapping[str, str], folder: Path = SHARED, *, own: bool = True) -> list[Query]:
    """Questions to learn from: none that is held back for measuring, nor one that says the same."""
    (train, on_stard), (made_up, on_written) = stard(folder), written(texts, folder, own=own)
    held = {key(query.text) for query in on_stard + on_written}
    return [query for query in train + made_up if key(query.text) not in held]


def question_pairs(texts: Mapping[str, str], folder: Path = SHARED, *, own: bool = True) -> list[Pair]:
    """Each of them with the articles that answer it."""
    queries = learnt_questions(texts, folder, own=own)
    return [Pair(query.text, texts[pos]) for query in queries for pos in query.positives if pos in texts]


def with_negatives(pairs: Sequence[Pair], texts: Sequence[str], encode: Encode, seed: int) -> list[Pair]:
    """Give each question a text that an encoder finds for it and that is not known to answer it."""
    answers: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        answers[pair.anchor].add(pair.positive)
    chance, questions = random.Random(seed), list(answers)
    passages = encode(texts)
    chosen = {}
    for start in range(0, len(questions), AT_ONCE):
        some = questions[start : start + AT_ONCE]
        for question, scores in zip(some, encode(some) @ passages.T, strict=True):
            near = np.argpartition(-scores, MINED.stop)[: MINED.stop]
            ranked = [texts[n] for n in near[np.argsort(-scores[near])]][MINED.start :]
            chosen[question] = [text for text in ranked if text not in answers[question]]
    return [Pair(pair.anchor, pair.positive, chance.choice(chosen[pair.anchor])) for pair in pairs]


def corpus_pairs(seed: int) -> list[Pair]:
    """Our own documents: each way people ask with another way and with what answers it."""
    chance = random.Random(seed)
    pairs: list[Pair] = []
    for document in read_corpus([shipped()]).documents.values():
        passages = [p for p in document.passages if p.slot != TEMPLATE]
        if document.kind is Kind.REGULATION:
            texts = [f"{document.title} {p.locator}：{p.text}"[:LONGEST] for p in passages]
            pairs += [Pair(chance.choice(p.sentences).text, text) for p, text in zip(passages, texts, strict=True)]
            continue
        texts = [f"{document.title} {p.heading}：{p.text}"[:LONGEST] for p in passages]
        asked = [document.title, *document.asked_as]
        for variant in document.asked_as:
            pairs.append(Pair(variant, texts[0]))
            pairs.append(Pair(variant, chance.choice(texts)))
            pairs.append(Pair(variant, chance.choice([other for other in asked if other != variant])))
        pairs += [Pair(chance.choice(asked), text) for text in texts]
    return pairs


def law_pairs(seed: int, folder: Path = SHARED) -> list[Pair]:
    """One sentence of an article against the rest of it, under the law's name."""
    chance = random.Random(seed)
    pairs = []
    for row in rows("law_articles.jsonl.gz", folder):
        sentences = [s.strip() for s in SENTENCE_END.split(row["text"]) if s.strip()]
        if len(sentences) < 2:
            continue
        chosen = chance.randrange(len(sentences))
        rest = "".join(sentences[:chosen] + sentences[chosen + 1 :])
        if len(sentences[chosen]) >= 8 and len(rest) >= 8:
            pairs.append(Pair(sentences[chosen][:LONGEST], f"{row['law']}{row['no']}：{rest}"[:LONGEST]))
    return pairs


def answer_pairs(sources: Sequence[str], folder: Path = SHARED) -> list[Pair]:
    """Questions with long answers."""
    return [
        Pair(row["q"][:LONGEST], row["a"][:LONGEST])
        for row in rows("qa.jsonl.gz", folder)
        if row["src"] in sources and len(row["q"]) >= 6 and len(row["a"]) >= 6
    ]


def _likeness(row: dict[str, Any]) -> float | None:
    if row["src"] == "stsb_zh":
        return float(row["score"]) / 5
    if row["src"] == "nli_zh":
        return {"entailment": 1.0, "neutral": 0.5, "contradiction": 0.0}[row["score"]]
    return float(row["score"])


def scored_pairs(sources: Sequence[str], folder: Path = SHARED) -> dict[str, list[Scored]]:
    """Sentence pairs with how alike they are, by source."""
    found: dict[str, list[Scored]] = defaultdict(list)
    for row in rows("paraphrase.jsonl.gz", folder):
        if row["src"] in sources and (likeness := _likeness(row)) is not None:
            found[row["src"]].append(Scored(row["a"], row["b"], likeness))
    return found


def paraphrases(scored: Mapping[str, Sequence[Scored]]) -> list[Pair]:
    """The pairs that say the same."""
    return [Pair(s.a, s.b) for pairs in scored.values() for s in pairs if s.score >= 0.8]


def key(text: str) -> str:
    """What is left of a text when signs and blanks are no matter: two of the same key are the same question."""
    return re.sub(r"\W", "", text)
