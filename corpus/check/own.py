"""The sentences that we wrote: official wording is not ours to improve."""

from collections.abc import Iterator
from dataclasses import dataclass

from wenju.corpus.document import TEMPLATE, Corpus, Document, Passage, Sentence, Wording


@dataclass(frozen=True, slots=True)
class Own:
    """A sentence of ours, with where it stands."""

    document: Document
    passage: Passage
    sentence: Sentence

    @property
    def text(self) -> str:
        """Its characters."""
        return self.sentence.text

    @property
    def line(self) -> int:
        """The line of its file."""
        return self.document.line_at(self.sentence.start)

    @property
    def place(self) -> str:
        """File and line, for another finding to point at."""
        return f"{self.document.path}:{self.line}"


def own_sentences(corpus: Corpus) -> Iterator[Own]:
    """Give every sentence in our own words; letters' templates are copied whole and have none."""
    for document in corpus.documents.values():
        for passage in document.passages:
            if passage.slot != TEMPLATE and document.wording_of(passage) is Wording.DIGEST:
                for sentence in passage.sentences:
                    yield Own(document, passage, sentence)
