"""A static model that cuts each text into tokens once, however many epochs it is trained for."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding


class CachedStaticEmbedding(StaticEmbedding):
    """StaticEmbedding with a memory; for training only. Its weights go into a plain one afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ids: dict[str, NDArray[np.int32]] = {}

    def preprocess(  # type: ignore[override] # texts only, as StaticEmbedding itself
        self, inputs: list[str], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Give the ids of all texts end to end, and where each text begins."""
        texts = [(prompt or "") + text for text in inputs]
        new = [text for text in dict.fromkeys(texts) if text not in self._ids]
        for text, encoding in zip(new, self.tokenizer.encode_batch_fast(new, add_special_tokens=False), strict=True):
            self._ids[text] = np.array(encoding.ids, np.int32)
        rows = [self._ids[text] for text in texts]
        offsets = np.cumsum([0, *(len(row) for row in rows[:-1])])
        return {
            "input_ids": torch.from_numpy(np.concatenate(rows)),
            "offsets": torch.from_numpy(offsets.astype(np.int32)),
        }

    def plain(self, dimension: int, texts: Sequence[str]) -> StaticEmbedding:
        """The same model without the memory, projected onto its main directions if it has more than wanted.

        Projecting the tokens projects every text, since a text is the mean of its tokens. The directions are
        those in which the texts differ most.
        """
        table = self.embedding.weight.detach().cpu().numpy()
        if table.shape[1] > dimension:
            vectors = SentenceTransformer(modules=[self], device="cpu").encode(
                list(texts), normalize_embeddings=True, batch_size=512
            )
            _, axes = np.linalg.eigh(vectors.T @ vectors)
            table = table @ axes[:, ::-1][:, :dimension]
        return StaticEmbedding(self.tokenizer, embedding_weights=np.ascontiguousarray(table, np.float32))
