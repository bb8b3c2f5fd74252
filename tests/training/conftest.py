"""Data in the form of ../shared/training, made of our own corpus: small enough to train on in seconds."""

import gzip
import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from wenju.corpus.document import Kind
from wenju.corpus.reader import read_corpus, shipped

SOURCES = ("bq", "atec", "afqmc", "stsb_zh")


def _write(folder: Path, name: str, rows: Iterable[dict[str, Any]]) -> None:
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture(scope="session")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of training data."""
    folder, chance = tmp_path_factory.mktemp("miniature"), random.Random(1)  # noqa: S311
    documents = read_corpus([shipped()]).documents.values()
    laws = [(d.title, p.locator, p.text) for d in documents if d.kind is Kind.REGULATION for p in d.passages][:400]
    asked = [(d.title, variant) for d in documents if d.kind is Kind.ARTICLE for variant in d.asked_as]
    pairs = [{"a": title, "b": variant} for title, variant in asked]
    _write(folder, "law_articles", ({"law": law, "no": no, "text": text, "path": ""} for law, no, text in laws))
    _write(folder, "stard_corpus", ({"id": f"S{n}", "text": f"{a}{b}：{c}"} for n, (a, b, c) in enumerate(laws)))
    _write(folder, "stard_train", ({"q": f"{laws[n][2][:12]}吗", "pos": [f"S{n}"]} for n in range(0, 100, 2)))
    _write(folder, "article_questions", ({"q": f"{laws[n][2][3:20]}？", "id": f"S{n}"} for n in range(100, 400)))
    same = [pair | {"score": "1"} for pair in pairs[:300]]
    other = [{"a": x["a"], "b": y["b"], "score": "0"} for x, y in zip(same, same[100:], strict=False)]
    _write(folder, "paraphrase", (pair | {"src": chance.choice(SOURCES[:3])} for pair in same + other))
    _write(folder, "qa", ({"q": b, "a": a, "src": "lora_law_qa"} for a, b in asked[300:500]))
    near = [pair | {"score": chance.random() / 2 + 0.5} for pair in pairs[500:560]]
    far = [{"a": x["a"], "b": y["b"], "score": chance.random() / 2} for x, y in zip(near, near[20:], strict=False)]
    _write(folder, "sts_dev", (pair | {"src": SOURCES[n % 4]} for n, pair in enumerate(near + far)))
    return folder
