"""Which version serves: promotions remembered, rollbacks that go on, kills between the two writes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from builders import three_issues

from recommender.config import Settings
from recommender.errors import InputError, IntegrityError
from recommender.lifecycle.prune import expendable, prune
from recommender.lifecycle.registry import current_version, leftovers, list_versions, load
from recommender.lifecycle.serving import (
    SERVED,
    previous,
    promote,
    promotions,
    roll_back,
    serving_model,
    withdrawn_versions,
)
from recommender.lifecycle.train import Lessons, make_version
from recommender.records import Lexicon

NOON = datetime(2026, 2, 14, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four versions, none promoted."""
    models = tmp_path_factory.mktemp("models")
    for day in range(4):
        settings = Settings(length=day + 1, topics=2)
        lessons = Lessons(three_issues(), settings, Lexicon())
        make_version(lessons, models, NOON + timedelta(days=day))
    return models


@pytest.fixture
def models(made: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(made, tmp_path / "models"))


def harm(models: Path, version: str) -> None:
    path = models / version / "learned.json"
    path.write_bytes(path.read_bytes()[:-2])


def test_rolling_back_goes_further_each_time_and_withdraws(models: Path) -> None:
    a, b, c, _ = list_versions(models)
    for version in (a, b, c):
        promote(models, version)
    assert previous(models) == b
    assert roll_back(models) == b == current_version(models)
    assert roll_back(models) == a
    assert withdrawn_versions(models) == {b, c}
    with pytest.raises(InputError, match="没有可以退回的"):
        roll_back(models)
    promote(models, c)
    assert withdrawn_versions(models) == {b}
    assert previous(models) == a


def test_a_damaged_version_is_passed_over(models: Path) -> None:
    a, b, c, _ = list_versions(models)
    for version in (a, b, c):
        promote(models, version)
    harm(models, b)
    assert previous(models) == a
    harm(models, c)
    with pytest.raises(IntegrityError, match=rf"上一个完好的版本是 {a}.*models rollback"):
        serving_model(models)
    assert roll_back(models) == a
    assert serving_model(models)[0] == a


def test_without_current_one_can_still_go_back(models: Path) -> None:
    a, b, *_ = list_versions(models)
    promote(models, a)
    promote(models, b)
    (models / "CURRENT").unlink()
    assert roll_back(models) == b


def test_without_a_record_the_newest_older_version_is_taken(models: Path) -> None:
    a, b, c, _ = list_versions(models)
    promote(models, c)
    (models / SERVED).unlink()
    assert previous(models) == b
    assert roll_back(models) == b
    assert previous(models) == a or previous(models) is None


def test_a_kill_between_the_two_writes_of_a_promotion(models: Path) -> None:
    a, b, c, _ = list_versions(models)
    promote(models, a)
    promote(models, b)
    before = (models / "CURRENT").read_bytes()
    promote(models, c)
    (models / "CURRENT").write_bytes(before)  # SERVED was written, CURRENT was not
    assert serving_model(models)[0] == b
    assert previous(models) == a  # and not c, which never served


def test_a_kill_between_the_two_writes_of_a_rollback(models: Path) -> None:
    a, b, *_ = list_versions(models)
    promote(models, a)
    promote(models, b)
    before = (models / "CURRENT").read_bytes()
    roll_back(models)
    (models / "CURRENT").write_bytes(before)
    assert previous(models) == a
    assert roll_back(models) == a == current_version(models)


def test_half_a_line_is_no_promotion(models: Path) -> None:
    a, *_ = list_versions(models)
    promote(models, a)
    with (models / SERVED).open("ab") as file:
        file.write(b"2026021\xff")
    assert [one.version for one in promotions(models)] == [a]


# -- pruning ---------------------------------------------------------------------------------------


def test_the_serving_version_and_the_last_good_one_stay(models: Path) -> None:
    a, b, c, d = list_versions(models)
    promote(models, a)
    promote(models, b)
    assert expendable(models, 2) == ()
    assert expendable(models, 1) == (c,)
    assert prune(models, 0) == (c, d)
    assert list_versions(models) == (a, b)
    assert prune(models, 0) == ()
    assert leftovers(models) == ()


def test_the_last_good_one_stays_even_behind_damaged_ones(models: Path) -> None:
    a, b, c, d = list_versions(models)
    for version in (a, b, c, d):
        promote(models, version)
    harm(models, b)
    harm(models, c)
    assert prune(models, 0) == (b, c)
    assert load(models, a)


def test_nothing_is_pruned_while_nothing_serves(models: Path) -> None:
    assert expendable(models, 0) == ()
    promote(models, list_versions(models)[0])
    (models / "CURRENT").write_text("?")
    assert expendable(models, 0) == ()
