"""The page as text: one file, asks nobody, runs nothing but its own scripts, escapes what it is given."""

import base64
import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import Trained
from lxml import html
from samples import ATTACKS, hostile_report, make_overview, make_report

from recommender.records import Evidence
from recommender.report.context import Context, context_of
from recommender.report.html import render_overview_page, render_page
from recommender.report.tools import Tools, vega_script
from recommender.workspace import Workspace

PLAIN = make_report("推进贸易数字化研究", "发展养老服务研究")


@pytest.fixture
def tools(trained: Trained) -> Tools:
    return Tools(None, Workspace(trained.home).cache)


def test_the_page_is_one_file_of_less_than_two_megabytes(tools: Tools) -> None:
    for page in (render_page(PLAIN, tools), render_overview_page(make_overview(PLAIN), tools)):
        assert len(page.encode()) < 2_000_000
        tree = html.fromstring(page)
        assert tree.get("lang") == "zh-CN"
        assert not tree.xpath("//*[@src] | //link | //iframe | //object | //embed | //form | //base")
        assert all(link.startswith("#") for link in tree.xpath("//a/@href"))
        assert not re.search(r"url\(|@import", "".join(tree.xpath("//style/text()")))


def test_only_the_scripts_of_the_page_may_run(tools: Tools) -> None:
    tree = html.fromstring(render_page(PLAIN, tools))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert "unsafe-eval" not in policy
    scripts = tree.xpath("//script[not(@type)]/text()")
    for script in scripts:
        assert base64.b64encode(sha256(script.encode()).digest()).decode() in policy
    assert len(scripts) == policy.count("sha256-") == 2


def test_text_of_documents_is_escaped(tools: Tools) -> None:
    report = hostile_report()
    for page in (render_page(report, tools), render_overview_page(make_overview(report), tools)):
        tree = html.fromstring(page)
        assert len(tree.xpath("//script")) == 3  # the charts' data, Vega, ours
        assert not tree.xpath("//img")
        assert not [name for name in tree.xpath("//@*") if getattr(name, "attrname", "").startswith("on")]
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)
        assert "49" not in "".join(tree.xpath("//ol[@class='short']//text()"))  # {{ 7*7 }}
        json.loads(tree.xpath("string(//script[@id='specs'])"))
    assert ATTACKS[0] in html.fromstring(page).text_content()


def test_a_page_without_directions_and_charts(tools: Tools) -> None:
    page = html.fromstring(render_page(make_report(), tools)).text_content()
    assert "这一期没有找到可以推荐的方向" in page


def test_vega_is_made_once_and_a_damaged_copy_is_made_again(tools: Tools, tmp_path: Path) -> None:
    (kept,) = tools.cache.glob("vega-*.js")
    (tmp_path / kept.name).write_bytes(kept.read_bytes()[:-1])
    here = Tools(None, tmp_path)
    assert vega_script(here) == kept.read_text(encoding="utf-8")
    assert (tmp_path / kept.name).read_bytes() == kept.read_bytes()


def test_a_cache_that_cannot_be_written_is_done_without(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert vega_script(Tools(None, tmp_path / "file" / "sub")) == vega_script(tools)


# -- a quotation in its place ---------------------------------------------------------------------


def test_a_quotation_stands_in_its_clause() -> None:
    found = context_of(PLAIN.issue, PLAIN.suggestions[0].evidence[0])
    assert found == Context(("一、总的要求",), "（一）推进", "前文。", "原文。", "后文。", "", "（二）发展")


def test_a_quotation_that_is_not_found_stands_alone() -> None:
    for lost in (
        Evidence("别的文件", "（一）推进", "原文。"),
        Evidence("商务部《通知》", "（一）推进", "没有"),
    ):
        assert context_of(PLAIN.issue, lost) == Context((), "（一）推进", "", lost.quote, "", "", "")


def test_every_quotation_of_the_sample_is_found(trained: Trained) -> None:
    from recommender.office.desk import report_on

    for key in ("1", "2", "7", "8"):
        made = report_on(Workspace(trained.home), key)
        for one in made.suggestions:
            for evidence in one.evidence:
                found = context_of(made.issue, evidence)
                assert found.previous or found.following or found.trail
                assert found.quote == evidence.quote
