"""Recheck a saved answer: does every sentence still stand in the corpus?"""

from wenju.corpus.document import Corpus, Document, RuleStatus, sha256
from wenju.service.contract import CheckedOut, SavedAnswer, SavedSentence, VerifyOut


def verify(saved: SavedAnswer, corpus: Corpus) -> VerifyOut:
    """Say of each sentence whether it stands, was changed, is gone, or quotes a rule that was replaced."""
    documents = {citation.number: citation.document_id for citation in saved.citations}
    checked = [
        _check(sentence, documents.get(sentence.citation), corpus)
        for slot in saved.slots
        for sentence in slot.sentences
    ]
    return VerifyOut(stands=all(c.verdict == "stands" for c in checked), sentences=checked)


def _check(sentence: SavedSentence, document_id: str | None, corpus: Corpus) -> CheckedOut:
    document = corpus.documents.get(document_id or "")
    if document is None:
        return CheckedOut(text=sentence.text, document_id=document_id, verdict="gone", start=None, end=None)
    start = _find(sentence, document)
    if start is None or (sentence.sha256 is not None and sha256(sentence.text) != sentence.sha256):
        return CheckedOut(text=sentence.text, document_id=document.id, verdict="changed", start=None, end=None)
    verdict = "superseded" if document.rule and document.rule.status is RuleStatus.SUPERSEDED else "stands"
    return CheckedOut.model_validate(
        {
            "text": sentence.text,
            "document_id": document.id,
            "verdict": verdict,
            "start": start,
            "end": start + len(sentence.text),
        }
    )


def _find(sentence: SavedSentence, document: Document) -> int | None:
    """Where a sentence stands as a whole sentence: at its old place, else wherever it moved to."""
    starts = [s.start for p in document.passages for s in p.sentences if s.text == sentence.text]
    return min(starts, key=lambda start: abs(start - (sentence.start or 0)), default=None)
