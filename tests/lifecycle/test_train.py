"""Training: the same inputs give the same bytes and no new version; unlike inputs a new one."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from builders import CARE, TRADE, fitted, make_document, make_issue, three_issues

from recommender.config import College, Settings
from recommender.errors import InputError
from recommender.lifecycle.registry import current_version, list_versions, load, publish, version_id
from recommender.lifecycle.serving import promote
from recommender.lifecycle.train import Lessons, fingerprint, past_picks, train
from recommender.model import Model, PastPick, from_files
from recommender.records import Issue, Lexicon, Pick
from recommender.slips import in_time_order

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
ISSUES = three_issues()


def trained(models: Path, issues: tuple[Issue, ...] = ISSUES, days: int = 0, **more: object) -> str:
    settings = more.get("settings", Settings())
    lexicon = more.get("lexicon", Lexicon())
    assert isinstance(settings, Settings)
    assert isinstance(lexicon, Lexicon)
    return train(Lessons(issues, settings, lexicon), models, NOON + timedelta(days=days))


# -- what is learned -------------------------------------------------------------------------------


def test_the_model_holds_what_its_docstring_says() -> None:
    model = fitted(ISSUES)
    n_topics = len(model.labels)
    assert list(model.terms) == sorted(model.terms)
    assert model.idf.shape == model.term_counts.shape == (len(model.terms),)
    assert model.components.shape == (n_topics, len(model.terms))
    assert np.allclose(model.components.sum(axis=1), 1, atol=1e-5)
    assert model.topic_ids == tuple(range(1, n_topics + 1))
    assert model.last_topic_id == n_topics
    assert [names[0] for names in model.known_as] == list(model.labels)
    assert len(set(model.labels)) == n_topics == len(model.known_as)
    assert n_topics in [row.count for row in model.topic_table]
    assert model.issues == ("1", "2", "3")
    assert model.emphasis.shape == (3, n_topics)
    assert np.allclose(model.emphasis.sum(axis=1), 1)
    assert model.n_clauses == 18
    assert (model.term_counts <= model.n_clauses).all()
    assert model.series == (("示例动态", "示例职业学院"),)


def test_picks_are_kept_with_the_place_of_their_wording() -> None:
    issue = replace(
        make_issue("1", [make_document("关于发展银发经济的意见", CARE)]),
        picks=tuple(Pick(p, p) for p in ("培养养老护理人才研究", "银发经济发展研究", "鲲鹏展翅研究")),
    )
    assert past_picks(issue) == [
        PastPick("1", "培养养老护理人才", "heading"),
        PastPick("1", "银发经济发展", "title"),
        PastPick("1", "鲲鹏展翅", ""),
    ]
    assert past_picks(replace(issue, picks=())) == []


def test_the_office_words_and_stop_words_are_learned_by() -> None:
    lexicon = Lexicon(words=("养老护理人才",), stopwords=("护理",))
    model = fitted(ISSUES, lexicon=lexicon)
    assert "养老护理人才" in model.terms
    assert "护理" in fitted(ISSUES).terms
    assert "护理" not in model.terms
    assert model.lexicon == lexicon


def test_too_little_to_learn_from_is_an_input_error() -> None:
    few = make_issue("1", [make_document("甲", TRADE), make_document("乙", [("发展茶艺", ""), ("", "")])])
    with pytest.raises(InputError, match="5 条"):
        fitted([few])
    with pytest.raises(InputError, match="recommender ingest"):
        fitted([])
    fitted([make_issue("1", [make_document("甲", (*TRADE, *CARE[:2]))])])


def test_issues_are_taken_in_time_order() -> None:
    undated = replace(ISSUES[0], key="0", date=None)
    assert [issue.key for issue in in_time_order((*ISSUES[::-1], undated))] == ["0", "1", "2", "3"]
    assert fitted(ISSUES[::-1]).issues == ("1", "2", "3")


# -- versions --------------------------------------------------------------------------------------


def test_the_same_inputs_make_no_new_version(tmp_path: Path) -> None:
    first = trained(tmp_path)
    assert first.startswith("20250601T120000Z-")
    assert trained(tmp_path, days=9) == first
    assert trained(tmp_path, ISSUES[::-1], days=9) == first
    assert [
        stored.version if hasattr(stored, "version") else stored for stored in list_versions(tmp_path)
    ] == [first]
    assert current_version(tmp_path) == first


@pytest.mark.parametrize(
    "unlike",
    [
        {"settings": Settings(topics=3)},
        {"settings": Settings(college=College(disciplines=("茶艺",)))},
        {"lexicon": Lexicon(words=("茶旅融合",))},
        {"lexicon": Lexicon(synonyms=(("茶旅", "茶旅融合"),))},
        {"issues": ISSUES[:2]},
        {"issues": (*ISSUES[:2], replace(ISSUES[2], picks=()))},
    ],
)
def test_unlike_inputs_make_a_new_one_that_serves(tmp_path: Path, unlike: dict[str, object]) -> None:
    first = trained(tmp_path)
    second = trained(tmp_path, days=1, **unlike)  # type: ignore[arg-type]
    assert second != first
    assert current_version(tmp_path) == second
    assert trained(tmp_path, days=2) == first == current_version(tmp_path)


def test_fingerprints_are_stable_and_tell_inputs_apart() -> None:
    plain = fingerprint(Lessons(ISSUES, Settings(), Lexicon()))
    assert plain == fingerprint(Lessons(ISSUES[::-1], Settings(), Lexicon()))
    assert len(plain) == 64
    assert plain != fingerprint(Lessons(ISSUES, replace(Settings(), variety=0.5), Lexicon()))


def test_what_is_stored_is_what_was_fitted(tmp_path: Path) -> None:
    stored = load(tmp_path, trained(tmp_path))
    model, fresh = from_files(stored.files), fitted(ISSUES)
    assert model.terms == fresh.terms
    assert np.array_equal(model.components, fresh.components)
    assert stored.facts["clauses"] == fresh.n_clauses
    assert stored.facts["topics"] == list(fresh.labels)
    assert stored.facts["issues"] == 3
    assert stored.facts["fingerprint"] == fingerprint(Lessons(ISSUES, Settings(), Lexicon()))


# -- topics across versions ------------------------------------------------------------------------

FARM = make_document(
    "关于发展茶产业的意见",
    [("建设茶园步道", "茶园修建步道，茶农种茶采茶。"), ("评选茶艺师", "茶艺师制茶，茶园采茶。")] * 2,
)
GROWN = (*ISSUES, make_issue("4", [FARM], date="2024-04-10"))
THREE, FOUR = Settings(topics=3), Settings(topics=4)


def model_of(models: Path, version: str) -> Model:
    return from_files(load(models, version).files)


def test_topics_that_continue_keep_their_ids(tmp_path: Path) -> None:
    first = model_of(tmp_path, trained(tmp_path, settings=THREE))
    second = trained(tmp_path, GROWN, days=1, settings=FOUR)
    grown, facts = model_of(tmp_path, second), load(tmp_path, second).facts
    assert set(grown.topic_ids) == {*first.topic_ids, 4}
    new = grown.labels[grown.topic_ids.index(4)]
    assert "茶" in new
    assert facts["topic_changes"]["new"] == [4]
    assert facts["topic_changes"]["continued"] == [1, 2, 3]
    assert facts["topic_ids"] == list(grown.topic_ids)
    assert facts["follows"] == list_versions(tmp_path)[0]
    third = trained(tmp_path, days=2, settings=replace(THREE, length=9))
    facts = load(tmp_path, third).facts
    assert sorted(facts["topic_ids"]) == [1, 2, 3]
    assert facts["topic_changes"]["vanished"] == [4]
    assert facts["last_topic_id"] == 4


def test_an_id_of_a_version_that_no_longer_serves_is_not_given_again(tmp_path: Path) -> None:
    first = trained(tmp_path, settings=THREE)
    trained(tmp_path, GROWN, days=1, settings=FOUR)
    promote(tmp_path, first)
    again = model_of(tmp_path, trained(tmp_path, GROWN, days=2, settings=replace(FOUR, length=9)))
    assert set(again.topic_ids) == {1, 2, 3, 5}


def test_a_model_that_cannot_be_read_is_passed_over_and_said(tmp_path: Path) -> None:
    first = trained(tmp_path)
    assert "follows" not in load(tmp_path, first).facts
    manifest = tmp_path / first / "manifest.json"
    manifest.write_text('{"format": 0}', encoding="utf-8")
    facts = load(tmp_path, trained(tmp_path, GROWN, days=1)).facts
    assert "旧版程序" in facts["follows_not"]
    assert facts["topic_ids"][0] == 1


def test_a_model_of_other_content_is_passed_over_and_said(tmp_path: Path) -> None:
    inputs = "0" * 64
    publish(tmp_path, version := version_id(NOON, inputs), {"learned.json": b"{}"}, {"fingerprint": inputs})
    promote(tmp_path, version)
    facts = load(tmp_path, trained(tmp_path, days=1)).facts
    assert facts["follows_not"]
    assert "follows" not in facts


def test_the_table_is_kept_in_the_manifest(tmp_path: Path) -> None:
    table = load(tmp_path, trained(tmp_path)).facts["topic_counts"]
    assert table
    assert set(table[0]) == {"count", "coherence", "stability", "score"}
    fixed = load(tmp_path, trained(tmp_path, settings=THREE, days=1)).facts
    assert fixed["topic_counts"] == []


def test_the_office_names_a_topic_by_its_number_for_good(tmp_path: Path) -> None:
    def named(days: int, issues: tuple[Issue, ...], names: dict[str, str]) -> Model:
        now = NOON + timedelta(days=days)
        return model_of(tmp_path, train(Lessons(issues, THREE, Lexicon(), names), tmp_path, now))

    plain = named(0, ISSUES, {})
    again = named(1, ISSUES, {"2": "本院之名", plain.labels[0]: "另一名称"})
    at = again.topic_ids.index
    assert again.labels[at(2)] == "本院之名"
    assert again.labels[at(plain.topic_ids[0])] == "另一名称"
    assert plain.labels[0] in again.known_as[at(plain.topic_ids[0])]
    later = named(2, (*ISSUES[:2], replace(ISSUES[2], picks=())), {"2": "本院之名"})
    assert later.labels[later.topic_ids.index(2)] == "本院之名"


_CHILD = """
import hashlib, sys
from builders import fitted, three_issues
from recommender.model import to_files
for name, data in sorted(to_files(fitted(three_issues())).items()):
    print(name, hashlib.sha256(data).hexdigest())
"""


def test_the_bytes_do_not_hang_on_the_hash_seed() -> None:
    tests = Path(__file__).parents[1]

    def start(seed: str) -> subprocess.Popen[str]:
        paths = os.pathsep.join((str(tests), str(tests.parent)))
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths, "PYTHONWARNINGS": "ignore"}
        return subprocess.Popen([sys.executable, "-c", _CHILD], env=env, stdout=subprocess.PIPE, text=True)

    children = [start("1"), start("20")]
    one, other = (child.communicate(timeout=120)[0] for child in children)
    assert [child.returncode for child in children] == [0, 0]
    assert one == other
    assert [line.split()[0] for line in one.splitlines()] == ["arrays.npz", "learned.json"]
