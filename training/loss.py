"""The training objective: each text finds its partner among all others of the batch."""

from collections.abc import Iterable
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from torch import nn

SAME = 0.999  # cosine above which two partners are the same text, so neither is wrong for the other


class InBatchNegatives(nn.Module):
    """InfoNCE in both directions; tokens of the anchors are dropped, so that no single word decides.

    Negatives, where a batch has them, stand beside the positives for every anchor; an empty one adds next to nothing.
    """

    def __init__(self, model: SentenceTransformer, *, scale: float, dropout: float) -> None:
        super().__init__()
        self.model, self.scale, self.dropout = model, scale, dropout

    def forward(self, sentence_features: Iterable[dict[str, Any]], labels: torch.Tensor) -> torch.Tensor:
        """Give the mean loss of a batch."""
        del labels  # the trainer gives it; a pair needs none
        anchors, *candidates = sentence_features
        a = nn.functional.normalize(self.model(self._dropped(anchors))["sentence_embedding"], dim=1)
        found = [nn.functional.normalize(self.model(each)["sentence_embedding"], dim=1) for each in candidates]
        b, c = found[0], torch.cat(found)
        scores = a @ c.T * self.scale
        with torch.no_grad():
            same = (b @ c.T > SAME) & ~torch.eye(len(b), len(c), dtype=torch.bool, device=b.device)
        scores = scores.masked_fill(same, -torch.inf)
        target = torch.arange(len(a), device=scores.device)
        back = scores[:, : len(b)].T
        return (nn.functional.cross_entropy(scores, target) + nn.functional.cross_entropy(back, target)) / 2

    def _dropped(self, features: dict[str, Any]) -> dict[str, Any]:
        ids, offsets = features["input_ids"], features["offsets"]
        kept = torch.rand(len(ids), device=ids.device) >= self.dropout
        before = torch.cat([torch.zeros(1, dtype=torch.long, device=ids.device), torch.cumsum(kept, 0)])
        return features | {"input_ids": ids[kept], "offsets": before[offsets.long()].to(offsets.dtype)}


class Contrast(nn.Module):
    """CoSENT: of two scored pairs, the one that is more alike has the higher cosine."""

    def __init__(self, model: SentenceTransformer, *, scale: float, weight: float) -> None:
        super().__init__()
        self.model, self.scale, self.weight = model, scale, weight

    def forward(self, sentence_features: Iterable[dict[str, Any]], labels: torch.Tensor) -> torch.Tensor:
        """Give the loss over all pairs of pairs whose scores differ."""
        a, b = (nn.functional.normalize(self.model(f)["sentence_embedding"], dim=1) for f in sentence_features)
        cosine = (a * b).sum(dim=1) * self.scale
        worse = labels[:, None] < labels[None, :]
        differences = (cosine[:, None] - cosine[None, :])[worse]
        zero = torch.zeros(1, device=differences.device)
        return self.weight * torch.logsumexp(torch.cat([zero, differences]), dim=0)
