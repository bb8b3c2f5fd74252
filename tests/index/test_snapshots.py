from pathlib import Path

import pytest

from wenju.index.snapshots import KEPT, BuildRunning, NothingToRollBackTo, SnapshotMissing, Snapshots


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "snapshots")


def add(snapshots: Snapshots, version: str) -> None:
    with snapshots.building() as place:
        (place / "file").write_text(version)
        snapshots.activate(version, place)


def test_last_activated_is_current_and_rollback_gives_the_one_before(snapshots: Snapshots) -> None:
    add(snapshots, "one")
    add(snapshots, "two")
    assert snapshots.current() == "two"
    assert snapshots.rollback() == "one"
    assert snapshots.current() == "one"
    with pytest.raises(NothingToRollBackTo):
        snapshots.rollback()


def test_only_the_last_few_are_kept(snapshots: Snapshots) -> None:
    for n in range(KEPT + 2):
        add(snapshots, f"v{n}")
    assert sorted(p.name for p in snapshots.folder.iterdir() if p.is_dir()) == ["v2", "v3", "v4"]
    assert snapshots.versions() == ["v4", "v3", "v2"]


def test_without_a_build_the_message_names_the_command(snapshots: Snapshots) -> None:
    with pytest.raises(SnapshotMissing, match="wenju rebuild"):
        snapshots.current()


def test_two_builds_do_not_run_at_once(snapshots: Snapshots) -> None:
    with snapshots.building(), pytest.raises(BuildRunning), Snapshots(snapshots.folder).building():
        pass


def test_build_that_ends_early_leaves_nothing(snapshots: Snapshots) -> None:
    def fail() -> None:
        with snapshots.building() as place:
            (place / "half").write_text("…")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [p for p in snapshots.folder.iterdir() if p.is_dir()] == []


def test_stamp_changes_with_the_pointer_only(snapshots: Snapshots) -> None:
    add(snapshots, "one")
    before = snapshots.stamp()
    assert snapshots.stamp() == before
    add(snapshots, "two")
    assert snapshots.stamp() != before
