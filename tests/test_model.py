"""A model and its files."""

import json
from dataclasses import fields, replace
from io import BytesIO

import numpy as np
import pytest
from builders import fitted, three_issues

from recommender.features.identity import continue_topics
from recommender.model import ARRAYS, LEARNED, Model, PastPick, from_files, past_topics, to_files
from recommender.records import Lexicon

LEXICON = Lexicon(words=("产教联合体",), stopwords=("某些",), synonyms=(("产教联盟", "产教联合体"),))


@pytest.fixture(scope="module")
def model() -> Model:
    return fitted(three_issues(), lexicon=LEXICON)


def test_there_and_back_nothing_changes(model: Model) -> None:
    back = from_files(to_files(model))
    for field in fields(Model):
        before, after = getattr(model, field.name), getattr(back, field.name)
        if isinstance(before, np.ndarray):
            assert after.dtype == before.dtype
            assert np.array_equal(after, before), field.name
        else:
            assert after == before, field.name


def test_the_same_model_gives_the_same_bytes(model: Model) -> None:
    assert to_files(model) == to_files(from_files(to_files(model)))


def test_the_files_hold_plain_arrays_and_readable_text(model: Model) -> None:
    stored = to_files(model)
    assert set(stored) == {ARRAYS, LEARNED}
    with np.load(BytesIO(stored[ARRAYS]), allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= {"f", "i"}
    learned = json.loads(stored[LEARNED])
    assert learned["lexicon"]["words"] == ["产教联合体"]
    assert "产教" in stored[LEARNED].decode()


def test_an_array_of_objects_is_refused(model: Model) -> None:
    buffer = BytesIO()
    np.savez(buffer, idf=np.array([{"evil": 1}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        from_files({**to_files(model), ARRAYS: buffer.getvalue()})


def test_a_pick_of_no_place_survives(model: Model) -> None:
    picked = replace(model, picks=(PastPick("1", "某题", ""), PastPick("2", "另题", "title")))
    assert from_files(to_files(picked)).picks == picked.picks


def test_the_topics_are_handed_on_to_the_next_model(model: Model) -> None:
    past = past_topics(from_files(to_files(model)))
    assert past.ids == model.topic_ids
    assert past.terms == model.terms
    assert past.known_as == model.known_as
    change = continue_topics(past, model.terms, model.components)
    assert change.ids == model.topic_ids
    assert not (change.new or change.vanished or change.split or change.merged)
