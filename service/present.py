"""Turn a finished draft into the JSON contract."""

from collections.abc import Iterable, Sequence

from wenju.corpus.document import Document, Kind, Passage, Slot
from wenju.index.manifest import Manifest
from wenju.index.search import Hit
from wenju.service import contract, texts
from wenju.service.answer.draft import Alert, Draft, Quote, Status
from wenju.service.message.values import Message, Sign, Span

EXCERPT = 80  # characters of a passage that is near but no answer
CLOSEST = 3
NEAR = (Status.WEAK_MATCH, Status.NO_MATCH)  # what is near to a question about something else helps nobody


def present(draft: Draft, manifest: Manifest) -> contract.AnswerOut:
    """Give the answer as it goes out."""
    status = draft.status or Status.NO_MATCH
    numbers = _numbers(_quoted(draft))
    filled = {quote.slot for quote in draft.quotes}
    answered = status is Status.ANSWERED
    return contract.AnswerOut(
        question=draft.asked,
        status=status.value,
        confidence=round(draft.confidence, 4),
        alerts=[_alert(alert, numbers) for alert in draft.alerts],
        message=_message(draft.message, numbers) if draft.message else None,
        slots=[_slot(slot, draft.quotes, numbers) for slot in Slot if slot in filled],
        missing=[slot.value for slot in Slot if slot not in filled] if answered else [],
        citations=[_citation(number, quote) for number, quote in _cited(draft, numbers)],
        closest=[_closest(hit) for hit in _best_of_documents(draft.hits)] if status in NEAR else [],
        next_step=texts.NEXT_STEP[status],
        index=index_of(manifest),
        disclaimer=texts.DISCLAIMER,
    )


def index_of(manifest: Manifest) -> contract.IndexOut:
    """Name the build that answered."""
    return contract.IndexOut(version=manifest.version, built_at=manifest.built_at, encoder=manifest.encoder)


def _quoted(draft: Draft) -> list[Quote]:
    """Give all that is quoted, in the order in which people read it."""
    signs = [_quote_of(sign) for sign in draft.message.signs] if draft.message else []
    return [*(alert.quote for alert in draft.alerts), *draft.quotes, *signs]


def _quote_of(sign: Sign) -> Quote:
    return Quote(Slot(sign.passage.slot), sign.sentence, sign.passage, sign.document)


def _numbers(quotes: Iterable[Quote]) -> dict[str, int]:
    """Number the passages in the order they are first quoted."""
    numbers: dict[str, int] = {}
    for quote in quotes:
        numbers.setdefault(quote.passage.id, len(numbers) + 1)
    return numbers


def _cited(draft: Draft, numbers: dict[str, int]) -> list[tuple[int, Quote]]:
    first: dict[int, Quote] = {}
    for quote in _quoted(draft):
        first.setdefault(numbers[quote.passage.id], quote)
    return sorted(first.items())


def _alert(alert: Alert, numbers: dict[str, int]) -> contract.AlertOut:
    return contract.AlertOut(
        code=alert.code.value,
        text=alert.quote.sentence.text,
        citation=numbers[alert.quote.passage.id],
        contacts=[contact for document in alert.contacts if (contact := contact_of(document))],
    )


def _message(message: Message, numbers: dict[str, int]) -> contract.MessageOut:
    return contract.MessageOut(
        claims=list(message.claims),
        amounts=_texts(message.amounts),
        deadlines=_texts(message.deadlines),
        phones=_texts(message.phones),
        links=_texts(message.links),
        sender=message.sender,
        signs=[_sign(sign, numbers) for sign in message.signs],
    )


def _texts(spans: Sequence[Span]) -> list[str]:
    return list(dict.fromkeys(span.text for span in spans))


def _sign(sign: Sign, numbers: dict[str, int]) -> contract.SignOut:
    return contract.SignOut(
        code=sign.code,
        quote=sign.words.text,
        start=sign.words.start,
        end=sign.words.end,
        text=sign.sentence.text,
        citation=numbers[sign.passage.id],
    )


def contact_of(document: Document) -> contract.ContactOut | None:
    """Give the contact a document is about; None when it is about none."""
    facts = document.contact
    if facts is None:
        return None
    return contract.ContactOut(
        document_id=document.id, name=facts.name, phone=facts.phone, hours=facts.hours, url=facts.url
    )


def _slot(slot: Slot, quotes: Iterable[Quote], numbers: dict[str, int]) -> contract.SlotOut:
    sentences = [
        contract.SentenceOut(
            text=quote.sentence.text,
            citation=numbers[quote.passage.id],
            start=quote.sentence.start,
            end=quote.sentence.end,
            sha256=quote.sentence.sha256,
        )
        for quote in quotes
        if quote.slot is slot
    ]
    return contract.SlotOut(slot=slot.value, title=texts.SLOT_TITLE[slot], sentences=sentences)


def _citation(number: int, quote: Quote) -> contract.CitationOut:
    document, rule, source = quote.document, quote.document.rule, quote.document.sources[0]
    return contract.CitationOut(
        number=number,
        document_id=document.id,
        passage_id=quote.passage.id,
        kind=document.kind.value,
        title=document.title,
        locator=quote.passage.locator or quote.passage.heading,
        publisher=rule.issuer if rule else _attribution(document),
        url=rule.url if rule and rule.url else source.url,
        published=source.published,
        effective=rule.effective if rule else None,
        reviewed=document.reviewed,
        status=rule.status.value if rule else None,
        version=document.version,
        wording=document.wording_of(quote.passage).value,
    )


def _attribution(document: Document) -> str:
    """Say whose facts a text of ours gives; none of them published it."""
    publishers = list(dict.fromkeys(source.publisher for source in document.sources))
    return f"据{publishers[0]}{'等' if len(publishers) > 1 else ''}"


def _best_of_documents(hits: Iterable[Hit]) -> list[Hit]:
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.document.id, hit)
    return list(best.values())[:CLOSEST]


def _closest(hit: Hit) -> contract.ClosestOut:
    text = hit.passage.text
    excerpt = text if len(text) <= EXCERPT else text[:EXCERPT] + "…"
    return contract.ClosestOut(
        passage_id=hit.passage.id,
        title=title_of(hit.document, hit.passage),
        excerpt=excerpt,
        score=round(hit.score, 4),
    )


def title_of(document: Document, passage: Passage) -> str:
    """Name a passage for people."""
    if document.kind is Kind.REGULATION:
        return f"{document.title} {passage.locator}"
    return document.title


def head_of(document: Document) -> contract.DocumentHeadOut:
    """Give a document without its text."""
    return contract.DocumentHeadOut(
        id=document.id,
        kind=document.kind.value,
        title=document.title,
        topics=list(document.topics),
        reviewed=document.reviewed,
        review_by=document.review_by,
        status=document.rule.status.value if document.rule else None,
        version=document.version,
    )


def document_of(document: Document) -> contract.DocumentOut:
    """Give a whole document."""
    rule = document.rule
    return contract.DocumentOut(
        **head_of(document).model_dump(),
        text=document.text,
        lenders=list(document.lenders),
        relies_on=list(document.relies_on),
        effective=rule.effective if rule else None,
        repealed=rule.repealed if rule else None,
        sources=[
            contract.SourceOut(title=s.title, publisher=s.publisher, published=s.published, url=s.url)
            for s in document.sources
        ],
        passages=[
            contract.PassageOut(
                id=p.id,
                slot=p.slot,
                heading=p.heading,
                locator=p.locator,
                start=p.start,
                end=p.end,
                wording=document.wording_of(p).value,
            )
            for p in document.passages
        ],
    )


def hit_of(hit: Hit) -> contract.HitOut:
    """Give a passage that was found."""
    return contract.HitOut(
        passage_id=hit.passage.id,
        document_id=hit.document.id,
        title=hit.document.title,
        heading=hit.passage.locator or hit.passage.heading,
        text=hit.passage.text,
        score=round(hit.score, 4),
    )
