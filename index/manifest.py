"""What a snapshot says of itself."""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pydantic

SCHEMA = 4  # of the files of a snapshot; one with another number is built anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Below these the corpus does not answer; probabilities between 0 and 1."""

    answered: float
    weak: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTest:
    """What a build found when it asked itself the questions it was built from."""

    questions: int
    found_first: float  # the share whose own document came first


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The head of a snapshot; everything in it can be recomputed but the times."""

    schema: int
    version: str
    corpus_sha256: str
    encoder: str
    encoder_fingerprint: str
    dimension: int
    documents: int
    passages: int
    sentences: int
    entries: int
    embedded: int  # texts that had to be encoded; the others were taken over
    thresholds: Thresholds
    self_test: SelfTest | None
    built_at: dt.datetime
    seconds: float

    def save(self, file: Path) -> None:
        """Write it as JSON."""
        file.write_text(json.dumps(asdict(self), default=str, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> "Manifest":
        """Read what `save` wrote.

        Raises:
            ValueError: the file is damaged or of another schema.
        """
        manifest: Manifest = pydantic.TypeAdapter(cls).validate_json(file.read_bytes())
        return manifest
