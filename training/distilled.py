"""A loss that was tried and does not ship: a teacher who goes by spelling (RESULTS.md, section H)."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from scipy.sparse import csr_matrix, vstack
from sentence_transformers import SentenceTransformer
from sklearn.feature_extraction.text import TfidfTransformer
from torch import nn

from training.loss import InBatchNegatives

TAUGHT_SCALE = 100.0  # cosines of spelling between a question and its article are small, .06 on average


class Distilled(InBatchNegatives):
    """InfoNCE, and beside it a teacher who goes by spelling: which partners share rare tokens with an anchor."""

    def __init__(self, model: SentenceTransformer, *, scale: float, dropout: float, weight: float = 0.5) -> None:
        super().__init__(model, scale=scale, dropout=dropout)
        self.weight = weight

    def forward(self, sentence_features: Iterable[dict[str, Any]], labels: torch.Tensor) -> torch.Tensor:
        """Give the mean loss of a batch, with the teacher's divergence."""
        anchors, partners = (features := list(sentence_features))[:2]
        a, b = (nn.functional.normalize(self.model(each)["sentence_embedding"], dim=1) for each in (anchors, partners))
        with torch.no_grad():
            taught = torch.log_softmax(_spelling(anchors, partners).to(a.device) * TAUGHT_SCALE, dim=1)
        learnt = torch.log_softmax(a @ b.T * self.scale, dim=1)
        apart = nn.functional.kl_div(learnt, taught, reduction="batchmean", log_target=True)
        loss: torch.Tensor = super().forward(features, labels) + self.weight * apart
        return loss


def _spelling(anchors: dict[str, Any], partners: dict[str, Any]) -> torch.Tensor:
    """Cosine of TF-IDF, with the documents' frequencies of this batch: (anchors, partners)."""
    counts = [_counts(each) for each in (anchors, partners)]
    width = max(each.shape[1] for each in counts)
    for each in counts:
        each.resize((each.shape[0], width))
    tfidf = TfidfTransformer(sublinear_tf=True).fit(vstack(counts))
    a, b = (tfidf.transform(each) for each in counts)
    return torch.from_numpy((a @ b.T).toarray().astype(np.float32))


def _counts(features: dict[str, Any]) -> csr_matrix:
    ids, starts = features["input_ids"].cpu().numpy(), features["offsets"].cpu().numpy()
    made = csr_matrix((np.ones(len(ids), np.float32), ids, np.append(starts, len(ids))))
    made.sum_duplicates()
    return made
