"""Plots of outcomes, as SVG that stands in a page; text stays text, in the reader's own fonts."""

import io
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from wenju.corpus.questions import Expectation
from wenju.index.manifest import Thresholds
from wenju.service.evaluation.figures import by_topic, risk_and_coverage
from wenju.service.evaluation.measure import Outcome

BINS = 10
BLUE, RED, GREY = "#1d5fa8", "#b3261e", "#6b7280"


def risk_coverage(outcomes: Sequence[Outcome], thresholds: Thresholds) -> str:
    """Plot how many first hits are wrong as more questions are answered; the mark is today's threshold."""
    points = risk_and_coverage(outcomes)

    def draw(axes: Any) -> None:
        axes.plot([c for _, c, _ in points], [r for _, _, r in points], color=BLUE)
        answered = [(c, r) for t, c, r in points if t >= thresholds.answered]
        if answered:
            axes.plot(*answered[-1], "o", color=RED)
        axes.set(xlabel="回答的比例", ylabel="其中第一条不对的比例", xlim=(0, 1), ylim=(0, 1))

    return _svg(draw)


def reliability(outcomes: Sequence[Outcome]) -> str:
    """Plot how often the first hit is right against the probability that was given."""
    shown = []
    for n in range(BINS):
        group = [o for o in outcomes if n <= o.confidence * BINS < n + 1 or (n == BINS - 1 and o.confidence == 1)]
        if group:
            shown.append((sum(o.confidence for o in group) / len(group), sum(o.rank == 1 for o in group) / len(group)))

    def draw(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], color=GREY, linestyle=":")
        axes.plot([x for x, _ in shown], [y for _, y in shown], "o-", color=BLUE)
        axes.set(xlabel="给出的概率", ylabel="第一条对的比例", xlim=(0, 1), ylim=(0, 1))

    return _svg(draw)


def confidences(outcomes: Sequence[Outcome], thresholds: Thresholds) -> str:
    """Plot the probabilities of questions inside and outside, with both thresholds."""
    inside = [o.confidence for o in outcomes if o.asked.expect is Expectation.ANSWERED]
    outside = [o.confidence for o in outcomes if o.asked.expect is Expectation.ABSTAIN]

    def draw(axes: Any) -> None:
        axes.hist([inside, outside], bins=20, range=(0, 1), label=["范围内", "范围外"], color=[BLUE, RED])
        for threshold in (thresholds.weak, thresholds.answered):
            axes.axvline(threshold, color=GREY, linestyle=":")
        axes.set(xlabel="给出的概率", ylabel="问题数")
        axes.legend(frameon=False)

    return _svg(draw)


def topics(outcomes: Sequence[Outcome]) -> str:
    """Plot for each topic how many answers are right, and how often the first hit is."""
    inside = by_topic([o for o in outcomes if o.asked.expect is Expectation.ANSWERED])
    names = sorted(inside, key=lambda name: inside[name].answered_right)

    def draw(axes: Any) -> None:
        places = range(len(names))
        axes.barh([p + 0.2 for p in places], [inside[n].answered_right for n in names], 0.4, color=BLUE, label="答对")
        axes.barh([p - 0.2 for p in places], [inside[n].found_first for n in names], 0.4, color=GREY, label="先找对")
        axes.set(xlim=(0, 1), yticks=list(places), yticklabels=names)
        axes.legend(frameon=False, loc="lower right")

    return _svg(draw, height=0.32 * len(names) + 1)


def _svg(draw: Callable[[Any], None], height: float = 3.4) -> str:
    import matplotlib as mpl  # noqa: PLC0415 -- a second, and only the report needs it
    from matplotlib.figure import Figure  # noqa: PLC0415

    settings = {"svg.fonttype": "none", "svg.hashsalt": "wenju", "font.family": "sans-serif"}
    with mpl.rc_context(settings), warnings.catch_warnings():  # type: ignore[arg-type]
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the reader's fonts have it
        figure = Figure(figsize=(5.2, height), layout="constrained")
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
        draw(axes)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    return text[text.index("<svg") :]
