"""The bundled encoder: read without torch, equal to what sentence-transformers makes of the same folder."""

import subprocess
import sys

import numpy as np
import pytest

from wenju.index.encoder import BundledEncoder, Encoder, EncoderMissing, bundled_folder, open_encoder

TEXTS = [
    "催收说今天上门，是真的吗",
    "ＡＢＣ 12378",
    "",
    "😀",
    "民法典第六百七十条：借款的利息不得预先在本金中扣除。" * 20,
]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_vectors_equal_those_of_sentence_transformers(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(bundled_folder()), device="cpu")
    theirs = model.encode_query(TEXTS, normalize_embeddings=True)
    assert np.allclose(encoder.questions(TEXTS), theirs, atol=1e-5)
    assert np.allclose(encoder.passages(TEXTS), model.encode_document(TEXTS, normalize_embeddings=True), atol=1e-5)


def test_vectors_have_unit_length_or_are_zero(encoder: Encoder) -> None:
    lengths = np.linalg.norm(encoder.questions(TEXTS), axis=1)
    assert lengths == pytest.approx([1, 1, 0, 0, 1], abs=1e-5)


def test_same_meaning_is_nearer_than_another(encoder: Encoder) -> None:
    asked, same, other = encoder.questions(["借款逾期了会怎么样", "贷款没按时还有什么后果", "支付令几天内提异议"])
    assert float(asked @ same) > float(asked @ other) + 0.1


def test_answering_does_not_import_torch() -> None:
    code = (
        "import sys, wenju.index.encoder as e; e.open_encoder().questions(['你好']); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_fingerprint_belongs_to_the_weights(encoder: Encoder) -> None:
    assert isinstance(encoder, BundledEncoder)
    assert encoder.fingerprint == BundledEncoder(bundled_folder()).fingerprint
    assert len(encoder.fingerprint) == 16


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_any_sentence_transformers_folder_is_taken(encoder: Encoder) -> None:
    other = open_encoder(str(bundled_folder()))
    assert other.dimension == encoder.dimension
    assert np.allclose(other.questions(TEXTS), encoder.questions(TEXTS), atol=1e-5)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_encoder_that_is_not_there_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderMissing, match=r"不能载入编码器 /nowhere/model.*WENJU_ENCODER"):
        open_encoder("/nowhere/model")
