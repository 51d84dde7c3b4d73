"""A line of a collection: which field tells what, the identity and the key, the parsed issue."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import InputError
from recommender.intake.entry import Entry, read_entry
from recommender.intake.parse import parse_entry
from recommender.records import Clause

TEXT = "一、总体要求\n（一）推进贸易数字化。支持企业使用数字技术。\n（二）培育经营主体。支持学校与企业合作。"


def entry(**fields: Any) -> Entry:
    return read_entry(json.dumps({"title": "关于推进示例工作的意见", "text": TEXT, **fields}))


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"date": "2018-12-24"}, "2018-12-24"),
        ({"delivered": "2014-01"}, "2014-01"),
        ({"published": "2023-04-21T21:41:00Z"}, "2023-04-21"),
        ({"published": "2023-04-21 21:41:00"}, "2023-04-21"),
        ({"year": 2014}, "2014"),
        ({"year": 2014.0}, "2014"),
        ({"year": "2014"}, "2014"),
        ({"year": "2014年"}, "2014"),
        ({"date": "2018年12月4日"}, "2018-12-04"),
        ({"date": "2018/12/4"}, "2018-12-04"),
        ({"year": 2014, "published": "2013-12-30", "delivered": "2013-12-29"}, "2013-12-29"),
        ({"delivered": None, "year": 2014}, "2014"),
        ({"date": "2018-02-30", "year": 2018}, "2018"),
        ({"date": "不详", "delivered": "", "published": [], "year": 2018}, "2018"),
        ({"date": "1878-05-01"}, "1878-05-01"),
        ({"date": "2099-05-01"}, "2099-05-01"),
        ({}, None),
        ({"date": "不详"}, None),
        ({"year": True}, None),
        ({"year": 14}, None),
        ({"date": {"year": 2014}}, None),
    ],
)
def test_the_first_readable_date_counts(fields: dict[str, Any], date: str | None) -> None:
    read = entry(**fields)
    assert read.date == date
    assert parse_entry(read).date == parse_entry(read).documents[0].date == date


def test_an_unreadable_date_is_said() -> None:
    assert entry(date="明年春天").warnings == ("日期“明年春天”看不懂，按没有日期收录。",)
    assert parse_entry(entry(date="明年春天")).warnings[0].startswith("日期“明年春天”")
    assert entry().warnings == entry(date=None).warnings == entry(date="x", year=2014).warnings == ()


# -- issuers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "issuers", "level"),
    [
        ({"issuer": "教育部"}, ("教育部",), "ministry"),
        ({"issuer": "教育部、财政部"}, ("教育部", "财政部"), "ministry"),
        ({"issuer": ["教育部", "财政部"]}, ("教育部", "财政部"), "ministry"),
        ({"issuer": "示例学会"}, ("示例学会",), "institution"),
        ({"issuer": "Ministry of Examples"}, ("Ministry of Examples",), ""),
        ({"office": "国务院办公厅"}, ("国务院办公厅",), "central"),
        ({"issuer": " ", "office": "国务院"}, ("国务院",), "central"),
        ({"province": "河南省"}, ("河南省人民政府",), "province"),
        ({"province": "河南"}, ("河南省人民政府",), "province"),
        ({"province": "北京市"}, ("北京市人民政府",), "province"),
        ({"province": "新疆维吾尔自治区"}, ("新疆维吾尔自治区人民政府",), "province"),
        ({"province": "示例省"}, ("示例省人民政府",), "province"),
        ({"province": "示例特区"}, ("示例特区",), "province"),
        ({"office": "示例省教育厅", "province": "示例省"}, ("示例省教育厅",), "province"),
        ({"title": "教育部关于某事的通知"}, ("教育部",), "ministry"),
        ({"title": "1985年国务院政府工作报告"}, ("国务院",), "central"),
        ({"title": "分析研究某项工作"}, (), ""),
    ],
)
def test_who_issued_it(fields: dict[str, Any], issuers: tuple[str, ...], level: str) -> None:
    issue = parse_entry(entry(**fields))
    assert issue.documents[0].issuers == issuers
    assert issue.documents[0].level == level
    assert issue.institution == (issuers[0] if issuers else "")


# -- identity and key -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"number": "示发〔2019〕5号", "date": "2019-02-15"}, "示发〔2019〕5号"),
        ({"number": "示发[ 2019 ]5号"}, "示发〔2019〕5号"),
        ({"number": "示令第706号", "date": "2019"}, "示令第706号"),
        ({"title": "政府工作报告", "province": "河南省", "year": 2014}, "2014-河南省"),
        ({"title": "政府工作报告", "province": "河南省", "delivered": "2014-01-16"}, "2014-河南省"),
        (
            {"title": "政府工作报告", "province": "北京市", "delivered": "1999-12-29", "year": 2000},
            "2000-北京市",
        ),
        ({"title": "1985年国务院政府工作报告", "year": 1985}, "1985-国务院"),
        ({"title": "政府工作报告", "province": "新疆维吾尔自治区", "year": 2014}, "2014-新疆维吾尔自治区"),
    ],
)
def test_documents_known_by_number_or_by_year_and_place(fields: dict[str, Any], key: str) -> None:
    assert entry(**fields).key == key
    assert parse_entry(entry(**fields)).key == key


def test_other_keys_tell_date_and_issuer_and_never_look_like_a_path() -> None:
    assert re.fullmatch("2014-03-05-示例省-[0-9a-f]{6}", entry(date="2014-03-05", province="示例省").key)
    assert re.fullmatch("2014-[0-9a-f]{6}", entry(date="2014").key)
    assert re.fullmatch("doc-[0-9a-f]{6}", entry().key)
    assert re.fullmatch("doc-[0-9a-f]{6}", entry(number="7").key)
    odd = entry(number="GB/T 9704.1-2012 第1号", issuer="a/b.c\\d")
    assert odd.key == "GB-T9704-1-2012第1号"
    assert not set(replace(odd, number=None).key) & set("/\\. ")


def test_the_key_does_not_depend_on_the_text() -> None:
    assert entry(text="一、甲。乙。").key == entry().key
    assert entry(title="关于另一工作的意见").key != entry().key


def test_the_identity_is_issuer_title_and_date() -> None:
    one = entry(office="国务院", date="2014-01-02")
    assert one.identity == entry(issuer="国务院", published="2014-01-02T08:00:00Z", text="别的").identity
    assert one.identity == entry(issuer="国务院", date="2014-01-02", title="关于推进 示例工作的意见").identity
    others = [
        entry(office="国务院"),
        entry(date="2014-01-02"),
        entry(office="国务院", date="2014-01-02", title="关于另一工作的意见"),
    ]
    assert len({read.identity for read in (one, *others)}) == 4


# -- lines that are no documents ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("title,text", "不是 JSON"),
        ('{"title": "甲", "text": "乙"', "不是 JSON"),
        ("[" * 100_000, "不是 JSON"),
        ('{"year": 1' + "0" * 5000 + "}", "不是 JSON"),
        ('["甲", "乙"]', "JSON 对象"),
        ("3", "JSON 对象"),
        ('{"text": "乙"}', "标题（title）"),
        ('{"title": " ", "text": "乙"}', "标题（title）"),
        ('{"title": 3, "text": "乙"}', "标题（title）"),
        ('{"title": "甲"}', "正文（text）"),
        ('{"title": "甲", "text": null}', "正文（text）"),
        ('{"title": "甲", "text": " \\n"}', "正文（text）"),
        (json.dumps({"title": "甲" * 2000, "text": "乙"}), "超过 1000 字"),
    ],
)
def test_a_line_that_holds_no_document_says_what_to_do(line: str, words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)) as refusal:
        read_entry(line)
    assert str(refusal.value).endswith("请改正这一行后再读入一次，其余各行不受影响。")


def test_half_a_character_is_no_obstacle() -> None:
    read = read_entry('{"title": "甲\\ud83d", "text": "乙\\ud83d\\ude00"}')
    assert (read.title, read.text) == ("甲\ufffd", "乙😀")


@given(
    st.dictionaries(
        st.sampled_from(["date", "year", "published", "issuer", "province", "number"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()),
    )
)
def test_odd_fields_never_cost_the_document(fields: dict[str, Any]) -> None:
    read = entry(**fields)
    assert read.key
    assert not set(read.key) & set("/\\. \n")
    assert parse_entry(read).documents[0].clauses


# -- the issue ------------------------------------------------------------------------------------


def test_the_issue_of_an_entry() -> None:
    issue = parse_entry(entry(office="国务院办公厅", published="2019-02-14", number="国办发〔2019〕6号"))
    (document,) = issue.documents
    assert (issue.kind, issue.title, issue.institution) == (
        "policy",
        "关于推进示例工作的意见",
        "国务院办公厅",
    )
    assert (document.title, document.number, document.role) == (issue.title, "国办发〔2019〕6号", "policy")
    assert document.clauses == (
        Clause("一、", "总体要求", "", 1),
        Clause("（一）", "推进贸易数字化", "支持企业使用数字技术。", 2),
        Clause("（二）", "培育经营主体", "支持学校与企业合作。", 2),
    )
    assert issue.warnings == ()


def test_the_title_printed_again_is_no_clause() -> None:
    printed = "**关于推进示例\n工作的意见**\n示发〔2019〕5号\n" + TEXT + "\n示例省教育厅\n2019年1月24日"
    issue = parse_entry(entry(text=printed))
    (document,) = issue.documents
    assert [clause.label for clause in document.clauses] == ["一、", "（一）", "（二）"]
    assert issue.asides[:2] == ("关于推进示例", "工作的意见")
    assert (document.number, document.issuers, document.date) == (
        "示发〔2019〕5号",
        ("示例省教育厅",),
        "2019-01-24",
    )


def test_what_is_given_goes_before_what_is_printed() -> None:
    printed = TEXT + "\n示例省教育厅\n2019年1月24日"
    (document,) = parse_entry(entry(text=printed, date="2019-02-01", issuer="教育部")).documents
    assert (document.date, document.issuers) == ("2019-02-01", ("教育部",))


def test_a_text_without_numbering_is_kept_as_paragraphs() -> None:
    issue = parse_entry(entry(text="某会议强调某项工作。\n会议指出，要抓好落实。"))
    assert [clause.depth for clause in issue.documents[0].clauses] == [0, 0]
    assert issue.warnings == ("没有认出条款编号，全文按段落处理。",)


def test_a_text_that_is_only_the_title_is_refused() -> None:
    with pytest.raises(InputError, match="只有标题"):
        parse_entry(entry(text="关于推进示例工作的意见"))
