"""Sentences that cannot stand alone: each may be quoted without its neighbours."""

import re
from collections.abc import Iterator

from wenju.corpus.check.own import Own, own_sentences
from wenju.corpus.document import Corpus
from wenju.corpus.finding import Finding, reminder

LONGEST = 90  # characters; corpus/WRITING.md

_COUNTED = r"(?:几|各|这些|内容|方法|步骤|情形|情况|材料|证据|[两三四五六]种)"
# Words that point at another sentence, wherever they stand.
POINTING = re.compile(rf"如上|综上|上述|前述|上文|下文|如下|见上|见下|[以如]上{_COUNTED}|以下{_COUNTED}")
# Words that hang a sentence on the one before it. What is excepted begins a sentence of its own:
# 最后一期, 他人, 其他, 其实, 该不该, 此前, 那么.
HANGING = re.compile(
    r"^(?:此外|另外|同时|其次|再次|最后(?![一两几][次期天个])|因此|所以|于是|然后|接着|否则|而且|并且|反之|相反|对此|"
    r"为此|据此|由此|除此|与此|再者|"
    r"它|他(?!人)|她|其(?!他|实|余)|该(?!不该|还|怎|去|不)|此(?!前|后)|这|那(?!么)|前者|后者|两者|二者)"
)
# An exception that got a sentence of its own: quoted without it, the rule before it is wrong.
EXCEPTION = re.compile(r"^(?:但|不过|可是|然而|除外|例外)")


def standing(corpus: Corpus) -> Iterator[Finding]:
    """Find sentences that lean on a neighbour, exceptions split from their rule, and sentences too long to read."""
    for own in own_sentences(corpus):
        text = own.text
        if match := EXCEPTION.search(text):
            yield _of(
                own, "split-exception", f"例外和规则分成了两句：“{text[:20]}…”", "和前一句合成一句：“……，但……除外。”"
            )
        elif match := POINTING.search(text) or HANGING.search(text):
            what = f"这句离开上下文读不懂（“{match[0]}”）：“{text[:20]}…”"
            yield _of(own, "leaning", what, "把所指的人或事写出来")
        if len(text) > LONGEST:
            what = f"句子有 {len(text)} 字：“{text[:20]}…”"
            yield _of(own, "long-sentence", what, f"拆成 {LONGEST} 字以内、各自成立的句子；例外留在规则那一句里")


def _of(own: Own, code: str, what: str, fix: str) -> Finding:
    return reminder(code, own.document.path, own.line, what, fix)
