"""Store token vectors as int8 with a scale a row: a quarter of the size, the same answers."""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

WEIGHTS_FILE = "model.safetensors"


def quantise(folder: Path) -> None:
    """Rewrite the weights of a saved static model.

    The names are those of model2vec's vocabulary-quantised models, which sentence-transformers reads too: a
    token's vector is its row of `embeddings` times its entry of `weights`.
    """
    table = load_file(folder / WEIGHTS_FILE)["embedding.weight"]
    scales = np.maximum(np.abs(table).max(axis=1), 1e-12) / 127
    rows = np.rint(table / scales[:, None]).astype(np.int8)
    save_file({"embeddings": rows, "weights": scales.astype(np.float32)}, folder / WEIGHTS_FILE)
    config = {"model_type": "model2vec", "normalize": True, "max_length": None, "embedding_dtype": "int8"}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")  # by it model2vec knows the names
