"""Fit the shipped ranking: `make ranking` writes index/ranking.json for the bundled encoder and corpus."""

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from wenju.corpus.questions import Expectation, Labelled, read_questions, shipped_questions
from wenju.corpus.reader import read_corpus, shipped
from wenju.index.build import build
from wenju.index.encoder import open_encoder
from wenju.index.fit import collect, fit, ways_to_ask
from wenju.index.ranking import unfitted_ranking
from wenju.index.snapshot import Snapshot
from wenju.index.snapshots import Snapshots

ROOM = Path(__file__).parents[1] / "index"
# What people asked lies in ../shared and is not ours to ship: our labels name it by its row.
ASKED = Path(__file__).parents[2] / "shared" / "questions" / "asked_by_people.jsonl"
LABELS = Path(__file__).parent / "people.jsonl"


def main() -> None:
    """Build with plain weights, look every labelled question up, fit, and save."""
    began = time.monotonic()
    corpus, encoder = read_corpus([shipped()]), open_encoder()
    with TemporaryDirectory() as folder:
        snapshots = Snapshots(Path(folder))
        plain = unfitted_ranking(encoder.fingerprint)
        version = build(corpus, encoder, snapshots, ranking=plain).manifest.version
        snapshot = Snapshot(snapshots.path(version), encoder, cache=snapshots.folder)
        samples = collect(snapshot.finder, read_questions(shipped_questions()) + people())
    ranking = fit(samples, ways_to_ask(corpus), encoder.fingerprint)
    ranking.save(ROOM)
    print(f"{len(samples)} questions, {time.monotonic() - began:.0f} s")
    print({name: weight for name, weight in ranking.weights.items() if weight})
    print(ranking.calibration, ranking.thresholds, ranking.alarms)


def people() -> list[Labelled]:
    """Give what people asked, with our labels; nothing where ../shared is not there."""
    if not ASKED.is_file():
        return []
    asked = [json.loads(line)["q"] for line in ASKED.read_text(encoding="utf-8").splitlines()]
    labels = map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())
    return [
        Labelled(q=asked[x["row"]], expect=Expectation(x["expect"]), docs=tuple(x["docs"]), alert=x["alert"])
        for x in labels
    ]


if __name__ == "__main__":
    main()
