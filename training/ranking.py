"""Fit the shipped ranking: `make ranking` writes index/ranking.json for the bundled encoder and corpus."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from wenju.corpus.questions import read_questions, shipped_questions
from wenju.corpus.reader import read_corpus, shipped
from wenju.index.build import build
from wenju.index.encoder import open_encoder
from wenju.index.fit import collect, fit, ways_to_ask
from wenju.index.ranking import unfitted_ranking
from wenju.index.snapshot import Snapshot
from wenju.index.snapshots import Snapshots

ROOM = Path(__file__).parents[1] / "index"


def main() -> None:
    """Build with plain weights, look every labelled question up, fit, and save."""
    began = time.monotonic()
    corpus, encoder = read_corpus([shipped()]), open_encoder()
    with TemporaryDirectory() as folder:
        snapshots = Snapshots(Path(folder))
        plain = unfitted_ranking(encoder.fingerprint)
        version = build(corpus, encoder, snapshots, ranking=plain).manifest.version
        snapshot = Snapshot(snapshots.path(version), encoder, cache=snapshots.folder)
        samples = collect(snapshot.finder, read_questions(shipped_questions()))
    ranking = fit(samples, ways_to_ask(corpus), encoder.fingerprint)
    ranking.save(ROOM)
    print(f"{len(samples)} questions, {time.monotonic() - began:.0f} s")
    print({name: weight for name, weight in ranking.weights.items() if weight})
    print(ranking.calibration, ranking.thresholds)


if __name__ == "__main__":
    main()
