"""What wears out: reviews, rules that were replaced, documents nobody uses."""

import datetime as dt
import re
from collections.abc import Iterator

from wenju.corpus.document import Corpus, Document, Kind, RuleStatus
from wenju.corpus.finding import Finding, reminder

# Words by which a sentence says that its rule is no longer the law of today.
OF_THE_PAST = re.compile(
    r"旧|原|曾|当时|以前|不再|替代|取代|废止|失效|征求意见|已经?(?:结束|被|到期|届满)|\d{4}年\d{1,2}月\d{1,2}日"
)


def overdue(corpus: Corpus, today: dt.date) -> Iterator[Finding]:
    """Find documents whose review date has passed."""
    for document in corpus.documents.values():
        if document.review_by < today:
            late = (today - document.review_by).days
            yield _at(
                document, "review_by", "overdue", f"已过复核日 {late} 天", "重新核对来源，改 reviewed 和 review_by"
            )


def superseded(corpus: Corpus) -> Iterator[Finding]:
    """Find sentences of replaced rules that, quoted alone, read as the law of today."""
    for document in corpus.documents.values():
        if document.rule is None or document.rule.status is not RuleStatus.SUPERSEDED:
            continue
        cited = {t for d in corpus.documents.values() for t in d.relies_on if t.partition("#")[0] == document.id}
        for passage in document.passages:
            if not cited & {document.id, passage.id}:
                continue
            for sentence in passage.sentences:
                if not OF_THE_PAST.search(sentence.text):
                    what = f"规定已被取代，这句却像现行规定，而且有文档引用：“{sentence.text[:20]}…”"
                    fix = "在句子里写明“旧……规定”或者何时失效"
                    yield reminder("superseded", document.path, document.line_at(sentence.start), what, fix)


def unused(corpus: Corpus) -> Iterator[Finding]:
    """Find regulations and contacts that no other document leads to."""
    used = {target.partition("#")[0] for d in corpus.documents.values() for target in d.relies_on}
    used |= {contact for d in corpus.documents.values() if d.lender for contact in d.lender.complain_to}
    used |= {d.rule.supersedes for d in corpus.documents.values() if d.rule and d.rule.supersedes}
    used |= {target.partition("#")[0] for rule in corpus.alerts for target in (*rule.passages, *rule.contacts)}
    for document in corpus.documents.values():
        ours = not document.originals
        if ours and document.kind in (Kind.REGULATION, Kind.CONTACT) and document.id not in used:
            yield _at(document, "id", "unused", "没有文档引用它", "在讲到它的文章的 relies_on 里写上，或删去")


def _at(document: Document, field: str, code: str, what: str, fix: str) -> Finding:
    return reminder(code, document.path, document.line_of(field), what, fix)
