"""The whole pipeline on miniature data: the same input gives the same weights, interrupted or not."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

for library in ("datasets", "sentencepiece", "accelerate"):
    pytest.importorskip(library, reason=f"no {library}: pip install --group training")

ROOT = Path(__file__).parents[2]
NUMBERS: dict[str, Any] = {
    "members": 1,
    "dimension": 24,
    "kept": 32,
    "characters": 2000,
    "bigrams": 3000,
    "epochs": 3,
    "batch": 24,
}
NUMBERS |= {"own_pairs": False, "corpus_copies": 0, "question_copies": 1, "polish_batch": 24, "polish_epochs": 2}
pytestmark = pytest.mark.filterwarnings("ignore")  # of torch and transformers, about themselves


def _make(folder: Path, out: Path, **changed: Any) -> dict[str, Any]:
    from training.recipe import Recipe
    from training.run import Run
    from training.train import make

    return make(Recipe(**(NUMBERS | changed)), Run(out), folder=folder)


def _weights(folder: Path) -> bytes:
    return (folder / "model.safetensors").read_bytes()


@pytest.fixture(scope="module")
def whole(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that nothing interrupted."""
    out = tmp_path_factory.mktemp("whole")
    _make(miniature, out)
    return out


def _killed(folder: Path, out: Path) -> None:
    """Run in a process of its own that is killed once it has written a checkpoint."""
    numbers = {name: value for name, value in NUMBERS.items() if value is not False}
    off = [f"--no-{name.replace('_', '-')}" for name in NUMBERS if name not in numbers]
    options = off + [word for name, value in numbers.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    command = [sys.executable, "-m", "training.train", "--data", str(folder), "--out", str(out), *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not list(out.glob("members/2/checkpoints/*/whole")):
        time.sleep(0.01)
    process.kill()
    assert process.wait() == -signal.SIGKILL


def test_interrupted_run_goes_on_and_ends_with_the_weights_of_a_whole_one(
    miniature: Path, whole: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _killed(miniature, tmp_path)
    assert not (tmp_path / "figures.json").exists()
    half = tmp_path / "members" / "2" / "checkpoints" / "checkpoint-999999"  # as if killed while it wrote another one
    half.mkdir()
    _make(miniature, tmp_path)
    assert "Going on from" in capfd.readouterr().out
    assert _weights(tmp_path) == _weights(whole)
    assert not (tmp_path / "members").exists()


def test_same_input_gives_the_same_weights_and_says_how_far_it_is(
    miniature: Path, whole: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report = _make(miniature, tmp_path)
    assert _weights(tmp_path) == _weights(whole)
    printed = capfd.readouterr().out
    assert [f"[{n}/9]" in printed for n in range(1, 9)] == [True] * 8
    assert "[3/9] epoch 3.0 of 3, step " in printed
    assert "gone, about 0 s left" in printed
    assert "Going on" not in printed
    assert json.loads((tmp_path / "figures.json").read_text())["figures"] == report["figures"]
    assert f"| STARD questions held back, recall@10 | {report['figures']['recall@10']:.3f} |" in (
        tmp_path / "README.md"
    ).read_text(encoding="utf-8")


def test_model_of_another_run_is_polished_instead_of_trained(
    miniature: Path, whole: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from training.quantise import stored_table
    from training.recipe import Recipe
    from training.run import Run
    from training.train import make

    make(Recipe(**NUMBERS), Run(tmp_path), folder=miniature, summed=whole)
    assert "training 1 of" not in capfd.readouterr().out
    before, after = stored_table(whole), stored_table(tmp_path)
    cosines = (before * after).sum(axis=1) / (np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1) + 1e-9)
    assert before.shape == after.shape
    assert not np.array_equal(before, after)
    assert float(np.median(cosines)) > 0.9


def test_checkpoint_of_another_plan_is_thrown_away(tmp_path: Path) -> None:
    from training.run import WHOLE, Member

    member = Member(tmp_path / "members" / "1")
    assert member.begin({"seed": 1}) is None
    checkpoint = member.checkpoints / "checkpoint-10"
    checkpoint.mkdir(parents=True)
    (checkpoint / WHOLE).touch()
    assert member.begin({"seed": 1}) == checkpoint
    assert member.begin({"seed": 2}) is None
    assert not checkpoint.exists()


def test_polish_learns_words_before_sentences(tmp_path: Path) -> None:
    from training.data import Scored
    from training.fit import Lessons
    from training.polish import polish
    from training.recipe import Recipe
    from training.run import Run
    from training.vocabulary import build_tokenizer
    from training.written import THESAURUS

    tokenizer = build_tokenizer(["土豆马铃薯涨跌"], characters=20, bigrams=1)
    pairs = [Scored("土", "马", 1.0), Scored("土", "跌", 0.2), Scored("涨", "跌", 0.2)] * 8
    before = np.random.default_rng(1).normal(0, 1, (tokenizer.get_vocab_size(), 8)).astype(np.float32)
    numbers = {"polish_batch": 24, "polish_rate": 0.1, "polish_word_epochs": 20, "polish_epochs": 1, "polished": 1.0}
    run, recipe = Run(tmp_path), Recipe(**numbers)
    lessons = Lessons(
        tokenizer, {}, {THESAURUS: pairs, "stsb_zh": [Scored("豆", "薯", 1.0), Scored("豆", "涨", 0.0)] * 12}
    )
    after = polish(recipe, lessons, before, (run.member(1), run.member(2)), {"seed": 1, "device": "cpu"})

    def cosine(table: Any, a: str, b: str) -> float:
        x, y = (table[tokenizer.token_to_id(word)] for word in (a, b))
        return float(x @ y / np.linalg.norm(x) / np.linalg.norm(y))

    assert cosine(after, "土", "马") > max(
        cosine(after, "土", "跌"), cosine(after, "涨", "跌"), cosine(before, "土", "马")
    )


def test_source_is_gone_through_as_often_as_said_and_its_parts_in_turn() -> None:
    import random

    from training.data import Scored
    from training.polish import gone_through

    pairs, chance = [Scored(str(n), "", 0.0) for n in range(10)], random.Random(1)  # noqa: S311 -- no secret
    counts = Counter(pair.a for pair in gone_through(pairs, 2.4, chance))
    assert sorted(counts.values()) == [2] * 6 + [3] * 4
    assert len(gone_through(pairs, 3, chance)) == 30
    assert len(set(gone_through(pairs, 0.4, chance))) == 4


def test_tokens_of_everyday_texts_alone_go_all_the_way_and_those_of_laws_a_part_of_it() -> None:
    from training.polish import part_of
    from training.vocabulary import build_tokenizer

    tokenizer = build_tokenizer(["土豆法条"], characters=10, bigrams=0)
    part = part_of(["土 豆", "土"], (["法 条"] * 9, ["豆 豆 豆 条"]), tokenizer)
    of = {word: float(part[tokenizer.token_to_id(word)]) for word in "土豆法条"}
    assert of == pytest.approx({"土": 1.0, "豆": (1 / 3) / (1 / 3 + 3 / 4), "法": 0.0, "条": 0.0})


def test_polish_takes_what_laws_use_less_far_than_what_only_everyday_texts_use(tmp_path: Path) -> None:
    from training.data import Scored
    from training.fit import Lessons
    from training.polish import LENGTH, polish
    from training.recipe import Recipe
    from training.run import Run
    from training.vocabulary import build_tokenizer

    tokenizer = build_tokenizer(["土豆法条"], characters=10, bigrams=0)
    pairs = [Scored("土", "法", 1.0), Scored("豆", "条", 0.0)] * 12
    lessons = Lessons(tokenizer, {}, {"stsb_zh": pairs}, searched=(["法"] * 9,))
    before = np.random.default_rng(1).normal(0, 1, (tokenizer.get_vocab_size(), 8)).astype(np.float32)
    before *= LENGTH / np.linalg.norm(before, axis=1).mean()

    def moved(part: float) -> dict[str, float]:
        run = Run(tmp_path / str(part))
        recipe = Recipe(polish_batch=24, polish_rate=0.1, polish_epochs=1, polished=part)
        after = polish(recipe, lessons, before, (run.member(1), run.member(2)), {"seed": 1, "device": "cpu"})
        return {c: float(np.linalg.norm((after - before)[tokenizer.token_to_id(c)])) for c in "土豆法条"}

    whole, half = moved(1.0), moved(0.5)
    shares = {c: half[c] / whole[c] for c in whole}
    # 法 is a quarter of the everyday texts and all of what is searched: a fifth of its use is everyday.
    assert shares == pytest.approx({"土": 1.0, "豆": 1.0, "条": 1.0, "法": 0.5 + 0.5 * 0.2}, rel=1e-3)
