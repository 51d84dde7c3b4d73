"""The forms of a text that are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.fold import bare, bigrams, fold, strip_marks

TEXT = st.text(alphabet="产教融合ＡｂＣ１2（）“”、。 \u3000\t\n+—①ﬁ㎡", max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ＡＢＣ １２３", "abc123"), ("产　教\n融 合", "产教融合"), ("（一）Ａ", "(一)a"), ("①", "1"), ("", "")],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [("“互联网+”监管", "互联网监管"), ("产—教，融合。", "产教融合"), ("RCEP 2.0", "rcep20"), ("……", "")],
)
def test_bare(text: str, plain: str) -> None:
    assert bare(text) == plain


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert bare(bare(text)) == bare(text)
    assert bare(fold(text)) == bare(text)


@given(TEXT)
def test_bigrams_spell_the_bare_text(text: str) -> None:
    grams, plain = bigrams(text), bare(text)
    assert len(grams) == max(1, len(plain) - 1)
    assert grams[0] + "".join(gram[1:] for gram in grams[1:]) == plain


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("。推进茶旅；", "推进茶旅"),
        ("“双高计划”", "双高计划"),
        ("《茶旅规划》。", "茶旅规划"),
        ("“直播+”助农", "“直播+”助农"),
        ("建设“茶旅”", "建设“茶旅”"),
        ("“直播+助农", "直播+助农"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("“茶旅。”", "茶旅"),
        ("", ""),
    ],
)
def test_marks_at_the_ends_go_with_their_partners(text: str, stripped: str) -> None:
    assert strip_marks(text) == stripped


@given(st.text(alphabet='茶旅“”《》。，：；" ‘’', max_size=12))
def test_stripping_twice_is_stripping_once(text: str) -> None:
    once = strip_marks(text)
    assert strip_marks(once) == once
    assert once in text
