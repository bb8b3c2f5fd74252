"""An optional second look at the first hits, by a CrossEncoder of the operator's choice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from wenju.index.encoder import TORCH_THREADS

if TYPE_CHECKING:
    from wenju.index.search import Hit


class RerankerMissing(Exception):
    """The reranker that was asked for cannot be loaded."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"不能载入重排模型 {name}：{why}。检查 WENJU_RERANKER，或去掉它。")


class Reranker(Protocol):
    """Puts hits in a better order; their scores stay what the ranking gave."""

    def rerank(self, question: str, hits: Sequence["Hit"]) -> list["Hit"]:
        """Give the same hits, best first."""


class CrossEncoderReranker:
    """Any CrossEncoder that sentence-transformers loads."""

    def __init__(self, name: str) -> None:
        # Imported here because it takes seconds and hundreds of megabytes that nobody else needs.
        import torch  # noqa: PLC0415
        from sentence_transformers import CrossEncoder  # noqa: PLC0415

        torch.set_num_threads(TORCH_THREADS)
        try:
            self._model = CrossEncoder(name, device="cpu")
        except (OSError, ValueError, ImportError) as error:
            raise RerankerMissing(name, str(error).splitlines()[0]) from error

    def rerank(self, question: str, hits: Sequence["Hit"]) -> list["Hit"]:
        """Give the same hits, best first."""
        if not hits:
            return []
        scores = self._model.predict([(question, f"{hit.document.title}：{hit.passage.text}") for hit in hits])
        order = sorted(range(len(hits)), key=lambda n: -float(scores[n]))
        return [hits[n] for n in order]


def open_reranker(name: str) -> Reranker | None:
    """Load a reranker by hub name or folder; "" for none.

    Raises:
        RerankerMissing: there is none of that name, or it cannot be read.
    """
    return CrossEncoderReranker(name) if name else None
