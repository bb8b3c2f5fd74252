import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from wenju.service import feedback
from wenju.service.cli import main
from wenju.service.feedback import FeedbackFile, FeedbackFull, FeedbackUnreadable
from wenju.service.settings import Settings

GIVEN = {"verdict": "wrong", "reason": "号码13800138000不对", "status": "answered", "passage": "visit-laifenqi#verdict"}


def last(settings: Settings) -> feedback.Feedback:
    return list(FeedbackFile(settings.feedback_file).read())[-1]


def test_what_people_say_is_kept_masked_without_the_question(client: FlaskClient, settings: Settings) -> None:
    response = client.post("/feedback", data=GIVEN)
    assert "收到了" in response.text
    row = last(settings)
    assert (row.verdict, row.reason, row.passages) == ("wrong", "号码【手机号】不对", ["visit-laifenqi#verdict"])
    assert row.question is None


def test_question_that_is_sent_along_is_masked_here_too(client: FlaskClient, settings: Settings) -> None:
    client.post("/feedback", data={**GIVEN, "question": "13800138000催我"})
    assert last(settings).question == "【手机号】催我"


def test_only_what_is_known_here_is_kept(client: FlaskClient, settings: Settings) -> None:
    client.post("/feedback", data={**GIVEN, "passage": ["no-such#verdict"], "status": "<b>"})
    assert (last(settings).passages, last(settings).status) == ([], "")


def test_nothing_chosen_is_explained(client: FlaskClient) -> None:
    response = client.post("/feedback", data={"reason": "没选"})
    assert response.status_code == 422
    assert "还没有选" in response.text


def test_only_the_owner_may_read_the_file(client: FlaskClient, settings: Settings) -> None:
    client.post("/feedback", data=GIVEN)
    assert stat.S_IMODE(settings.feedback_file.stat().st_mode) == 0o600


def test_file_stops_growing(tmp_path: Path, client: FlaskClient, settings: Settings) -> None:
    client.post("/feedback", data=GIVEN)
    full = tmp_path / "feedback.jsonl"
    with full.open("wb") as file:
        file.truncate(feedback.LARGEST_FILE)
    with pytest.raises(FeedbackFull, match="移走"):
        FeedbackFile(full).add(last(settings))


def test_feedback_that_cannot_be_kept_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "LARGEST_FILE", 0)
    response = client.post("/feedback", data=GIVEN)
    assert response.status_code == 503
    assert "没能存下来" in response.text


def test_operator_reads_it_with_a_command(tmp_path: Path, client: FlaskClient, settings: Settings) -> None:
    client.post("/feedback", data={**GIVEN, "question": "来分期会上门吗"})
    file = tmp_path / "feedback.jsonl"
    FeedbackFile(file).add(last(settings))
    shown = CliRunner().invoke(main, ["feedback"], env={"WENJU_FEEDBACK": str(file)})
    assert shown.exit_code == 0
    assert "有用 0，没用 0，有错 1" in shown.output
    assert "有错  visit-laifenqi#verdict  号码【手机号】不对" in shown.output
    assert "问：来分期会上门吗" in shown.output
    as_json = CliRunner().invoke(main, ["feedback", "--json"], env={"WENJU_FEEDBACK": str(file)})
    assert '"verdict": "wrong"' in as_json.output


def test_nobody_has_written_yet(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ["feedback"], env={"WENJU_FEEDBACK": str(tmp_path / "none.jsonl")})
    assert shown.output == "有用 0，没用 0，有错 0\n"


def test_line_cut_short_is_found_by_its_number(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    file.write_text('{"day": "2026', encoding="utf-8")
    with pytest.raises(FeedbackUnreadable, match="第 1 行"):
        list(FeedbackFile(file).read())


def test_file_lies_beside_the_snapshots_unless_told_otherwise(tmp_path: Path) -> None:
    env = {"WENJU_SNAPSHOTS": str(tmp_path / "snapshots")}
    assert Settings.from_env(env).feedback_file == tmp_path / "feedback.jsonl"
    assert Settings.from_env({**env, "WENJU_FEEDBACK": "/elsewhere"}).feedback_file == Path("/elsewhere")
