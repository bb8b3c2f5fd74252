"""The model card: what the encoder is, what it learnt from under which licences, its figures and its limits.

`python -m training.card FOLDER` writes it anew from the figures.json of a folder.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any

from training.recipe import ANSWERS, PARAPHRASES
from training.run import REPORT_FILE

CARD_FILE = "README.md"
TEMPLATE = Path(__file__).with_name("card.md")
Report = Mapping[str, Any]

LAW_LICENCE = "statutes are not subject to copyright in China; the repository states none"
PARAPHRASE_LICENCES = {
    "bq": "mirror under MIT or Apache, upstream not stated",
    "atec": "mirror under MIT or Apache, upstream not stated",
    "ths10jqka": "mirror under MIT or Apache, upstream not stated",
    "afqmc": "academic use",
    "lcqmc": "academic use",
    "xiaobu": "academic use",
    "nli_zh": "academic use",
    "stsb_zh": "mirror under MIT",
}
ANSWER_LICENCE = "mixed over the collection: Apache, MIT, CC BY-SA 4.0, none stated"
FIGURES = {
    "recall@10": "STARD questions held back, recall@10",
    "recall@100": "the same, recall@100",
    "mrr@10": "the same, MRR@10",
    "written recall@10": "written questions held back, recall@10",
    "written recall@100": "the same, recall@100",
    "written mrr@10": "the same, MRR@10",
    "bq": "BQ development, Spearman",
    "atec": "ATEC development, Spearman",
    "afqmc": "AFQMC development, Spearman",
    "stsb_zh": "STS-B development, Spearman",
}


def card(report: Report) -> str:
    """Write the card of the encoder that a report is about."""
    recipe, figures = report["recipe"], report["figures"]
    counts = report.get("pairs", {})
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        dimension=recipe["kept"],
        characters=f"{recipe['characters']:,}",
        bigrams=f"{recipe['bigrams']:,}",
        data="\n".join(_data(recipe)),
        counts=", ".join(f"{name} {count:,}" for name, count in counts.items()),
        figures="\n".join(f"| {what} | {figures[name]:.3f} |" for name, what in FIGURES.items() if name in figures),
        held_written="one in twenty-five of the written questions, " if "written recall@10" in figures else "",
        notes=report.get("notes", ""),
        recipe=" ".join(f"{name}={value}" for name, value in recipe.items()),
    )


def _data(recipe: Mapping[str, Any]) -> Iterator[str]:
    yield f"| articles of Chinese laws, regulations and local rules | GitHub LawRefBook/Laws, 2025-04 | {LAW_LICENCE} |"
    yield "| laypeople's questions and the articles that answer them (four fifths) | GitHub oneal2000/STARD | MIT |"
    yield f"| national articles, STARD's among them | LawRefBook/Laws, STARD | {LAW_LICENCE}; STARD is MIT |"
    yield "| questions a layperson would ask, for 9,026 of those articles | written for this project | ours |"
    if recipe.get("own_questions"):
        yield "| 31,641 more, on 8,825 articles (`training/questions.jsonl.gz`) | written for this project | ours |"
    if recipe.get("own_pairs"):
        yield "| 16,249 words with others like them (`training/thesaurus.tsv.gz`) | written for this project | ours |"
        yield "| 6,322 pairs of sentences, graded (`training/pairs.tsv.gz`) | written for this project | ours |"
    if recipe.get("corpus_copies"):
        yield "| documents and ways to ask of `corpus/documents` | written for this project | ours, MIT |"
    for name in PARAPHRASES:
        yield f"| pairs that say the same | {name} | {PARAPHRASE_LICENCES[name]} |"
    for name in ANSWERS:
        yield f"| questions with answers, partly made by machines | {name} | {ANSWER_LICENCE} |"


def read_report(folder: Path) -> dict[str, Any]:
    """Read what a run wrote about itself."""
    report: dict[str, Any] = json.loads((folder / REPORT_FILE).read_text(encoding="utf-8"))
    return report


def write_card(folder: Path, report: Report) -> None:
    """Put the card beside the model."""
    (folder / CARD_FILE).write_text(card(report), encoding="utf-8")


if __name__ == "__main__":
    write_card(Path(sys.argv[1]), read_report(Path(sys.argv[1])))
