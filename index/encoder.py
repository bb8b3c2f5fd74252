"""The encoder behind the index: ours, read with numpy, or any sentence-transformers model."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from model2vec import StaticModel
from numpy.typing import NDArray

BUNDLED = "bundled"
BUNDLED_FILES = ("model.safetensors", "tokenizer.json")  # what its vectors depend on
TORCH_THREADS = 2  # more of them stall on small machines

Floats = NDArray[np.float32]


class EncoderMissing(Exception):
    """The encoder that was asked for cannot be loaded."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"不能载入编码器 {name}：{why}。检查 WENJU_ENCODER，或去掉它以使用自带的编码器。")


class Encoder(Protocol):
    """Questions and passages to unit vectors, (texts, dimension)."""

    @property
    def name(self) -> str:
        """What it was asked for by."""

    @property
    def fingerprint(self) -> str:
        """Changes when a weight does."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def questions(self, texts: Sequence[str]) -> Floats:
        """Encode what people ask."""

    def passages(self, texts: Sequence[str]) -> Floats:
        """Encode what may be found."""


class BundledEncoder:
    """The encoder that ships with this package: a static model, so questions and passages are encoded alike.

    sentence-transformers reads the same folder and gives the same vectors, but importing it costs seconds.
    """

    def __init__(self, folder: Path) -> None:
        self.name = BUNDLED
        self._model = StaticModel.from_pretrained(folder, normalize=True, max_length=None)
        digest = hashlib.sha256()
        for file in BUNDLED_FILES:
            digest.update((folder / file).read_bytes())
        self.fingerprint = digest.hexdigest()[:16]
        self.dimension = self._model.dim

    def questions(self, texts: Sequence[str]) -> Floats:
        """Encode what people ask."""
        return self._encode(texts)

    def passages(self, texts: Sequence[str]) -> Floats:
        """Encode what may be found."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Floats:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return np.asarray(self._model.encode(list(texts), use_multiprocessing=False), np.float32)


class TransformersEncoder:
    """Any model that sentence-transformers loads, with its own prompts for queries and documents."""

    def __init__(self, name: str) -> None:
        # Imported here because it takes seconds and hundreds of megabytes that the bundled encoder spares.
        import torch  # noqa: PLC0415
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        torch.set_num_threads(TORCH_THREADS)
        self.name = name
        try:
            self._model = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError, ImportError) as error:
            raise EncoderMissing(name, str(error).splitlines()[0]) from error
        self.fingerprint = _fingerprint(self._model)
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def questions(self, texts: Sequence[str]) -> Floats:
        """Encode what people ask."""
        return self._unit(self._model.encode_query(list(texts), normalize_embeddings=True))

    def passages(self, texts: Sequence[str]) -> Floats:
        """Encode what may be found."""
        return self._unit(self._model.encode_document(list(texts), normalize_embeddings=True))

    @staticmethod
    def _unit(vectors: Any) -> Floats:
        return np.asarray(vectors, np.float32)


def _fingerprint(model: Any) -> str:
    digest = hashlib.sha256(str(model).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()[:16]


def bundled_folder() -> Path:
    """Where the bundled encoder lies."""
    return Path(str(files("wenju.index") / "encoder"))


def open_encoder(name: str = BUNDLED) -> Encoder:
    """Load an encoder by the name of a hub model or by its folder.

    Raises:
        EncoderMissing: there is none of that name, or it cannot be read.
    """
    if name == BUNDLED:
        return BundledEncoder(bundled_folder())
    return TransformersEncoder(name)
