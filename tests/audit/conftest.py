"""The site under the gates, the modes it is looked at in, and the table at the end."""

import socket
from collections.abc import Callable, Iterator, Sequence

import pytest
from audit import planted_site, report, tools
from audit.gates import EVERY, Measure
from audit.modes import Modes
from audit.site import Site, serving
from playwright.sync_api import Browser

from wenju.index.snapshots import Snapshots

MEASURES = pytest.StashKey[list[Measure]]()

Judge = Callable[[Sequence[Measure]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-gate", action="store_true", help="a gate that measured nothing is a failure (make audit)")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MEASURES] = []


@pytest.fixture(scope="session", autouse=True)
def _tools() -> None:
    if why := tools.why_not():
        pytest.skip(why)


@pytest.fixture(scope="session")
def site(built: Snapshots, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real server over the shipped corpus."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving(built.folder, port, tmp_path_factory.mktemp("server")) as site:
        yield site


@pytest.fixture(scope="session")
def planted() -> Iterator[str]:
    """The address of the page with the planted faults."""
    with planted_site.serving() as address:
        yield address


@pytest.fixture(scope="session")
def modes(browser: Browser, site: Site) -> Modes:
    """Pages in light, dark and large text."""
    return Modes(browser, site.pages["home"])


@pytest.fixture
def judge(request: pytest.FixtureRequest) -> Judge:
    """Note what was measured, and fail where a gate does not hold."""

    def judge(measures: Sequence[Measure]) -> None:
        assert measures
        request.config.stash[MEASURES].extend(measures)
        failed = [m for m in measures if not m.passed]
        assert not failed, "\n" + "\n".join(map(str, failed))

    return judge


def pytest_sessionfinish(session: pytest.Session) -> None:
    measured = {measure.gate for measure in session.config.stash[MEASURES]}
    if session.config.getoption("every_gate") and measured < set(EVERY):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    measures = config.stash[MEASURES]
    every = config.getoption("every_gate")
    gates = EVERY if every else [g for g in EVERY if any(m.gate == g for m in measures)]
    if gates:
        file = report.REPORTS / ("measures.json" if every else "some-measures.json")
        report.save(measures, file)
        terminalreporter.section("gates")
        terminalreporter.write_line("\n".join(report.table(measures, gates)))
        terminalreporter.write_line(f"every finding: {file}")
