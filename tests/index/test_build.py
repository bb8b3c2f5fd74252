"""A build is complete and tested before it is served; the same input gives the same version."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import KeywordEncoder

from wenju.corpus.document import Corpus
from wenju.corpus.reader import read_corpus
from wenju.index.build import SelfTestFailed, build
from wenju.index.snapshot import Snapshot, SnapshotUnusable
from wenju.index.snapshots import Snapshots

Write = Callable[..., Path]


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "snapshots")


@pytest.fixture
def corpus(write: Write, documents: Path) -> Corpus:
    write("a", asked="催收要上门怎么办", verdict="上门不一定真来。")
    write("b", asked="支付令几天提异议", verdict="收到支付令15日内可以提异议。")
    return read_corpus([documents])


def encoder() -> KeywordEncoder:
    return KeywordEncoder("上门", "支付令")


def test_snapshot_gives_back_the_corpus_it_was_built_from(corpus: Corpus, snapshots: Snapshots) -> None:
    built = build(corpus, encoder(), snapshots)
    again = Snapshot(snapshots.path(built.manifest.version), encoder()).corpus
    assert again.documents == corpus.documents
    assert again.topics == corpus.topics
    assert (built.manifest.documents, built.manifest.passages, built.manifest.sentences) == (2, 4, 6)


def test_same_input_gives_the_same_version_and_is_not_built_twice(corpus: Corpus, snapshots: Snapshots) -> None:
    first = build(corpus, encoder(), snapshots)
    second = build(corpus, encoder(), snapshots)
    assert (first.reused, second.reused) == (False, True)
    assert first.manifest == second.manifest


def test_only_changed_passages_are_embedded_again(
    corpus: Corpus, snapshots: Snapshots, write: Write, documents: Path
) -> None:
    assert build(corpus, encoder(), snapshots).manifest.embedded == 8
    write("a", asked="催收要上门怎么办", verdict="上门不一定真来，先核实。")
    again = encoder()
    manifest = build(read_corpus([documents]), again, snapshots).manifest
    assert manifest.embedded == 1
    assert again.encoded == ["标题a 先说结论：上门不一定真来，先核实。"]
    fresh = build(read_corpus([documents]), encoder(), Snapshots(snapshots.folder.parent / "fresh"))
    assert fresh.manifest.version == manifest.version


def test_signs_go_into_the_snapshot_and_its_version(corpus: Corpus, snapshots: Snapshots, documents: Path) -> None:
    without = build(corpus, encoder(), snapshots).manifest.version
    sign = "- {code: visit, label: 上门, passage: a#verdict, patterns: [上门], unless: [不会]}"
    (documents / "signs.yaml").write_text(sign, encoding="utf-8")
    version = build(read_corpus([documents]), encoder(), snapshots).manifest.version
    assert version != without
    assert Snapshot(snapshots.path(version), encoder()).corpus.signs == read_corpus([documents]).signs


def test_build_that_does_not_find_its_own_questions_is_not_served(
    corpus: Corpus, snapshots: Snapshots, write: Write, documents: Path
) -> None:
    served = build(corpus, encoder(), snapshots).manifest.version
    write("c", asked="支付令几天提异议", verdict="收到支付令15日内可以提异议。")
    with pytest.raises(SelfTestFailed, match="“支付令几天提异议”没有找到 c"):
        build(read_corpus([documents]), encoder(), snapshots)
    assert snapshots.current() == served


def test_snapshot_of_another_encoder_is_refused_with_the_command(corpus: Corpus, snapshots: Snapshots) -> None:
    version = build(corpus, encoder(), snapshots).manifest.version

    class Other(KeywordEncoder):
        fingerprint = "other"

    with pytest.raises(SnapshotUnusable, match="wenju rebuild"):
        Snapshot(snapshots.path(version), Other("上门"))


@pytest.mark.parametrize("damage", ["{", '{"schema": 99}'])
def test_damaged_manifest_is_refused_with_the_command(corpus: Corpus, snapshots: Snapshots, damage: str) -> None:
    version = build(corpus, encoder(), snapshots).manifest.version
    (snapshots.path(version) / "manifest.json").write_text(damage)
    with pytest.raises(SnapshotUnusable, match="wenju rebuild"):
        Snapshot(snapshots.path(version), encoder())


def test_manifest_names_what_went_in(corpus: Corpus, snapshots: Snapshots) -> None:
    version = build(corpus, encoder(), snapshots).manifest.version
    manifest = json.loads((snapshots.path(version) / "manifest.json").read_text())
    assert manifest["encoder"] == "keywords"
    assert manifest["encoder_fingerprint"] == "keywords-1"
    assert manifest["dimension"] == 3
    assert manifest["self_test"] == {"questions": 2, "found_first": 1.0}
    assert manifest["thresholds"].keys() == {"answered", "weak"}


KILLED = """
import sys, time
sys.path.insert(0, {tests!r})
from pathlib import Path
from fakes import KeywordEncoder
from wenju.corpus.reader import read_corpus
from wenju.index.build import build
from wenju.index.snapshots import Snapshots

class Slow(KeywordEncoder):
    def passages(self, texts):
        print("encoding", flush=True)
        time.sleep(60)
        return super().passages(texts)

build(read_corpus([Path({documents!r})]), Slow("上门", "支付令"), Snapshots(Path({snapshots!r})))
"""


def test_killed_build_leaves_the_old_snapshot_and_the_next_build_works(
    corpus: Corpus, snapshots: Snapshots, write: Write, documents: Path
) -> None:
    served = build(corpus, encoder(), snapshots).manifest.version
    write("c", asked="债权转让要通知我吗", verdict="债权转让要通知债务人。")
    code = KILLED.format(
        tests=str(Path(__file__).parents[1]), documents=str(documents), snapshots=str(snapshots.folder)
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "encoding\n"
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert any(p.name.startswith(".building-") for p in snapshots.folder.iterdir())
    assert snapshots.current() == served
    Snapshot(snapshots.path(served), encoder())
    time.sleep(0.01)
    assert build(read_corpus([documents]), encoder(), snapshots).manifest.documents == 3
    assert not any(p.name.startswith(".building-") for p in snapshots.folder.iterdir())
