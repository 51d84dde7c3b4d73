"""Whole documents of the State Council, as read by hand: number, office, date of signature and numbered
clauses. Numbers only, none of their sentences."""

import json
import lzma
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from recommender.intake.parse import parse_text
from recommender.records import Document

SHARED = Path(os.environ.get("RECOMMENDER_SHARED") or Path(__file__).parents[2].parent / "shared")
FILE = SHARED / "policy" / "state_council_documents_2018-2019.jsonl.xz"
# number → (date of signature, numbered clauses: chapters, articles, 一、（一）1., decimal outlines)
READ = {
    "国发〔2019〕5号": ("2019-01-27", 14),
    "国办发〔2019〕6号": ("2019-01-22", 35),
    "国发〔2019〕4号": ("2019-01-24", 27),
    "国办发〔2019〕4号": ("2019-01-16", 109),
    "国发〔2019〕3号": ("2019-01-12", 35),
    "国办发〔2018〕128号": ("2018-12-29", 23),
    "国办发〔2019〕2号": ("2019-01-01", 26),
    "国办发〔2018〕126号": ("2018-12-23", 13),
    "国发〔2018〕44号": ("2018-12-28", 0),
    "国办发〔2018〕118号": ("2018-12-05", 29),
    "国函〔2018〕159号": ("2018-12-25", 14),
    "国发〔2018〕43号": ("2018-12-21", 0),
    "国办发〔2018〕123号": ("2018-12-07", 22),
    "国办发〔1996〕25号": ("1996-06-29", 3),
    "国办发〔1996〕2号": ("1996-02-05", 9),
    "国办函〔2004〕71号": ("2004-10-15", 16),
    "国办函〔2005〕21号": ("2005-03-03", 3),
    "国办函〔2006〕82号": ("2006-10-18", 0),
    "国办函〔2006〕70号": ("2006-09-07", 0),
    "国办函〔2006〕69号": ("2006-09-07", 0),
    "国办函〔2004〕88号": ("2004-12-17", 0),
    "国发〔2018〕41号": ("2018-12-13", 55),
    "国办发〔2018〕121号": ("2018-12-11", 24),
    "国办发〔2018〕115号": ("2018-12-04", 16),
    "国办发〔2018〕117号": ("2018-12-06", 30),
    "国办发明电〔2018〕15号": ("2018-12-04", 7),
    "国发〔1981〕88号": ("1981-05-23", 2),
    "国办函〔1996〕14号": ("1996-02-06", 4),
    "国函〔2006〕38号": ("2006-05-23", 4),
    "国发〔2004〕18号": ("2004-06-26", 70),
    "国办发〔2004〕7号": ("2004-01-16", 4),
    "国办发〔1997〕11号": ("1997-04-08", 46),
    "国办发〔1996〕32号": ("1996-07-17", 12),
    "国函〔2018〕145号": ("2018-11-23", 4),
    "国函〔2018〕144号": ("2018-11-20", 4),
    "国办发〔2018〕108号": ("2018-11-19", 130),
    "国办函〔2004〕80号": ("2004-11-04", 4),
    "国令第706号": ("2018-11-06", 51),
    "国办函〔2018〕74号": ("2018-11-05", 0),
    "国函〔2006〕132号": ("2006-12-30", 2),
    "国办函〔2005〕57号": ("2005-06-11", 102),
}

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"no {FILE} (set RECOMMENDER_SHARED)")


@lru_cache(maxsize=1)
def records() -> dict[str, dict[str, Any]]:
    with lzma.open(FILE, "rt", encoding="utf-8") as lines:
        return {record["number"]: record for record in map(json.loads, lines)}


@pytest.mark.parametrize("number", READ)
def test_a_document_is_read_from_its_text_alone(number: str) -> None:
    document = parsed(number)
    labelled = sum(bool(clause.label) for clause in document.clauses)
    assert document.number == number
    assert document.issuers == tuple(records()[number]["office"].split("、"))
    assert (document.date, labelled) == READ[number]


def parsed(number: str) -> Document:
    issue = parse_text(records()[number]["text"])
    assert issue.kind == "policy"
    (document,) = issue.documents
    return document


def test_the_contents_of_a_plan_are_no_clauses() -> None:
    labels = [clause.label for clause in parsed("国办函〔2005〕57号").clauses]
    assert labels.count("1.1") == 1
