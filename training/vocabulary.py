"""Choose the tokens that get a vector, and make a tokenizer that cuts texts into them.

The tokens are single characters and pairs of adjacent characters, both at once: 催收 becomes 催, 催收, 收. A
misspelt or unusual word still shares its characters with the right one, and pairs tell words apart.

Nothing but the `tokenizers` library is needed to cut a text so. The normaliser writes each character three
times, c as "c c c"; between two characters the last copy of one and the first of the next then stand together:
"催 催 催收 收 收". What blanks separate is a token.
"""

import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from sentencepiece import SentencePieceTrainer
from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined] # made at import
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
SPECIAL = "%"  # beside letters and digits, the only sign that means something


def build_tokenizer(texts: Iterable[str], *, characters: int, bigrams: int) -> Tokenizer:
    """Make a tokenizer over the most frequent characters and bigrams of the texts."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        clean = unicodedata.normalize("NFKC", text).lower()
        singles.update(c for c in clean if _counts(c))
        pairs.update(a + b for a, b in pairwise(clean) if _counts(a) and _counts(b))
    chosen = [c for c, _ in singles.most_common(characters)]
    known = set(chosen)
    chosen += [p for p, _ in pairs.most_common() if set(p) <= known][:bigrams]
    vocabulary = {token: n for n, token in enumerate([UNKNOWN, *chosen])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(rf"[^\p{{L}}\p{{N}}{SPECIAL}]+"), " "),
            normalizers.Precompiled(_tripling(chosen[: len(known)])),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def _counts(char: str) -> bool:
    return char.isalnum() or char in SPECIAL


def _tripling(characters: Sequence[str]) -> bytes:
    """Compile the map from c to "c c c"; sentencepiece has the compiler, and tokenizers reads what it makes."""
    made = io.BytesIO()
    with TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.tsv"
        rules.write_text("".join(f"{ord(c):X}\t{ord(c):X} 20 {ord(c):X} 20 {ord(c):X}\n" for c in characters))
        SentencePieceTrainer.train(
            sentence_iterator=iter(["无"]),
            model_writer=made,
            model_type="char",
            vocab_size=4,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(rules),
            minloglevel=2,
        )
    return bytes(ModelProto.FromString(made.getvalue()).normalizer_spec.precompiled_charsmap)
