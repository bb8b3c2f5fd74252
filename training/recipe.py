"""What a training run is made by: every number, and every pair of texts it learns from."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training import data, written

PARAPHRASES = ("bq", "atec", "afqmc", "ths10jqka", "lcqmc", "xiaobu", "stsb_zh", "nli_zh")
ANSWERS = ("lawyer_llama_qa", "lora_law_qa", "legal_model_lab", "lawbench_scene_article")

Pairs = dict[str, list[data.Pair]]  # by source


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Every number of a training run."""

    mined: bool = True  # a first encoder finds wrong articles that look right, and the others learn from those too
    members: int = 4  # those others, which differ by their seed; all are summed
    dimension: int = 384  # of each of them
    kept: int = 384  # of their sum, after projection onto the directions that matter most
    characters: int = 5_000
    bigrams: int = 90_000
    epochs: int = 6
    batch: int = 2_048
    learning_rate: float = 0.02
    scale: float = 20.0
    dropout: float = 0.15
    question_copies: int = 1
    apart: bool = False  # each batch from one source, so that its negatives are of one kind
    contrasted: int = 3  # of the members, those that learn from pairs that are known to differ as well
    contrast: float = 0.2  # weight of their loss over such pairs
    # How far a token goes, at least, towards what it becomes when the sum learns from scored pairs alone: the less laws
    # and questions use it, the farther. At 0 there is no polish.
    polished: float = 0.4
    polish_epochs: int = 6
    polish_word_epochs: int = 4  # over the thesaurus, before
    polish_batch: int = 1_024
    polish_rate: float = 0.001
    own_questions: bool = True  # those written for this project beside ../shared's
    own_pairs: bool = True  # graded pairs and a thesaurus, for the polish
    law_copies: int = 1
    corpus_copies: int = 3  # of our own documents, with other partners each time
    seed: int = 20261121

    @property
    def encoders(self) -> int:
        """How many encoders are trained."""
        return self.members + self.mined


def training_pairs(recipe: Recipe, texts: Mapping[str, str], folder: Path = data.SHARED) -> Pairs:
    """Everything the encoder learns from, by source."""
    questions = data.question_pairs(texts, folder, own=recipe.own_questions)
    return {
        "law": [pair for copy in range(recipe.law_copies) for pair in data.law_pairs(recipe.seed + copy, folder)],
        "paraphrase": data.paraphrases(data.scored_pairs(PARAPHRASES, folder)),
        "answer": data.answer_pairs(ANSWERS, folder),
        "question": questions * recipe.question_copies,
        "corpus": [pair for copy in range(recipe.corpus_copies) for pair in data.corpus_pairs(recipe.seed + copy)],
    }


def scored_pairs(recipe: Recipe, folder: Path = data.SHARED) -> dict[str, list[data.Scored]]:
    """Every pair of which it is known how alike its texts are, by source."""
    return data.scored_pairs(PARAPHRASES, folder) | (written.scored() if recipe.own_pairs else {})


def fingerprint(pairs: Pairs, scored: Mapping[str, Sequence[data.Scored]]) -> str:
    """Changes when a text that is learnt from does, or their order."""
    digest = hashlib.sha256()
    for name, group in pairs.items():
        digest.update(f"{name} {len(group)}\n".encode())
        for pair in group:
            digest.update(f"{pair.anchor}\0{pair.positive}\n".encode())
    for name, some in scored.items():
        digest.update(f"{name} {len(some)}\n".encode())
        for each in some:
            digest.update(f"{each.a}\0{each.b}\0{each.score}\n".encode())
    return digest.hexdigest()[:16]
