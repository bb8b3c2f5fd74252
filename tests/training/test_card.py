"""The card of the shipped encoder is the pipeline's, and says what it learnt from under which licence."""

from typing import Any

import pytest

from training.card import PARAPHRASE_LICENCES, card, read_report
from training.data import SHARED
from training.install import shipped_encoder
from training.recipe import ANSWERS, PARAPHRASES


@pytest.fixture
def report() -> dict[str, Any]:
    return read_report(shipped_encoder())


def test_shipped_card_is_what_the_pipeline_writes(report: dict[str, Any]) -> None:
    assert (shipped_encoder() / "README.md").read_text(encoding="utf-8") == card(report)


def test_card_names_every_source_and_what_this_encoder_did_not_see(report: dict[str, Any]) -> None:
    written = card(report)
    assert [
        name for name in (*PARAPHRASES, *ANSWERS, "oneal2000/STARD", "LawRefBook/Laws,") if f"{name} " not in written
    ] == []
    assert "academic use" in written
    assert "31,641" in written
    assert "31,641" not in card(report | {"recipe": report["recipe"] | {"own_questions": False}})


@pytest.mark.skipif(not SHARED.exists(), reason=f"no training data in {SHARED}")
def test_licences_are_those_that_the_data_states() -> None:
    stated = (SHARED / "README.md").read_text(encoding="utf-8")
    academic = [name for name, licence in PARAPHRASE_LICENCES.items() if licence == "academic use"]
    assert f"{', '.join(academic)}: academic use" in stated
    assert "bq, atec, ths10jqka: mirrors under MIT or Apache, upstream not stated" in stated
    assert "mixed: Apache, MIT, CC BY-SA 4.0, none stated" in stated
