"""The report: one HTML file that needs nothing else."""

import datetime as dt
import os
import platform
from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from wenju.corpus.questions import Expectation
from wenju.index.manifest import Manifest
from wenju.service.evaluation import plots
from wenju.service.evaluation.figures import Figures, by_topic, figures, milliseconds
from wenju.service.evaluation.measure import Outcome


def report(outcomes: Sequence[Outcome], manifest: Manifest, accepted: Figures | None) -> str:
    """Write the report as HTML."""
    pages = Environment(
        loader=PackageLoader("wenju", "web/templates"),
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawn = {
        "主题": plots.topics(outcomes),
        "风险与覆盖": plots.risk_coverage(outcomes, manifest.thresholds),
        "概率可信吗": plots.reliability(outcomes),
        "范围内外的概率": plots.confidences(outcomes, manifest.thresholds),
    }
    return pages.get_template("evaluation.html").render(
        now=figures(outcomes),
        accepted=accepted,
        topics=by_topic(outcomes),
        plots={title: Markup(svg) for title, svg in drawn.items()},  # noqa: S704 -- made by matplotlib from numbers
        wrong=[o for o in outcomes if not o.right],
        answered=Expectation.ANSWERED,
        manifest=manifest,
        milliseconds=milliseconds(outcomes),
        machine=f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}",
        day=dt.datetime.now(dt.UTC).date(),
    )
