"""What a trained encoder would lose with fewer dimensions or bits: `python -m training.smaller [FOLDER]`."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from training.data import articles
from training.evaluate import measure
from training.install import COMPARED, shipped_encoder
from training.quantise import WEIGHTS_FILE, stored_table
from wenju.index.encoder import BundledEncoder

SIZES = ((384, 8), (256, 8), (128, 8), (64, 8), (384, 4), (384, 3))  # dimensions, bits

Table = NDArray[np.float32]


def projected(table: Table, vectors: Table, dimension: int) -> Table:
    """Keep the directions in which the vectors of texts differ most."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    kept: Table = table @ axes[:, ::-1][:, :dimension]
    return kept


def rounded(table: Table, bits: int) -> dict[str, NDArray[np.generic]]:
    """Round to as many bits a number, with a scale a token."""
    most = 2 ** (bits - 1) - 1
    scales = np.maximum(np.abs(table).max(axis=1), 1e-12) / most
    return {
        "embeddings": np.rint(table / scales[:, None]).astype(np.int8),
        "weights": scales.astype(np.float32),
    }


def main() -> None:
    """Measure every size."""
    trained = Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_encoder()
    table = stored_table(trained)
    texts = articles()
    vectors = BundledEncoder(trained).passages(list(texts.values()))
    print("dimensions bits    MB", *COMPARED)
    for dimension, bits in SIZES:
        with TemporaryDirectory() as made:
            folder = Path(shutil.copytree(trained, Path(made) / "encoder"))
            small = table if dimension == table.shape[1] else projected(table, vectors, dimension)
            save_file(rounded(small, bits), folder / WEIGHTS_FILE)
            figures = measure(BundledEncoder(folder), texts)
        size = len(table) * (dimension * bits / 8 + 4) / 1e6
        print(f"{dimension:10} {bits:4} {size:5.1f}", *(f"{figures[name]:.3f}" for name in COMPARED), flush=True)


if __name__ == "__main__":
    main()
