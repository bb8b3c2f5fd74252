"""A static model that cuts each text into tokens once, however many epochs it is trained for."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
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
