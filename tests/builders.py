"""Invented issues for tests: a college, its documents and its picks, all of them made up."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from recommender.config import Settings
from recommender.intake.parse import parse_text
from recommender.intake.read import read_one
from recommender.lifecycle.train import Lessons, fit_model
from recommender.model import Model
from recommender.records import Clause, Document, Issue, Level, Lexicon, Pick, Role

SAMPLE = Path(__file__).parent.parent / "data" / "sample"
_NUMERALS = "一二三四五六七八九十"

Item = tuple[str, str]  # heading, text

TRADE = (
    ("推进贸易数字化", "支持外贸企业使用数字贸易平台，贸易单证在线流转，贸易数字化水平提高。"),
    ("发展跨境电商", "建设跨境电商产业园，跨境电商企业租用海外仓，跨境电商人才由院校培养。"),
    ("优化口岸通关服务", "口岸通关时间缩短，外贸企业享受通关便利，报关单证减少。"),
)
CARE = (
    ("发展居家养老服务", "街道设立养老服务站，老年人享受助餐助浴，养老服务补贴按月发放。"),
    ("培养养老护理人才", "院校开设养老护理专业，养老护理员参加技能培训，老年人得到照护。"),
    ("推进适老化改造", "老年人家庭加装扶手，社区养老设施改造，养老服务更加方便。"),
)
SCHOOL = (
    ("深化产教融合", "企业参与职业院校教学，产教融合实训基地向学生开放，职业教育更贴近产业。"),
    ("建设双师型教师队伍", "职业院校教师到企业实践，企业技师到职业院校任教，教师教学能力提升。"),
    ("创新课程思政模式", "课程思政融入专业教学，职业院校学生素养提升，教师编写课程教材。"),
)


def make_document(
    name: str,
    items: Sequence[Item],
    issuer: str = "国务院办公厅",
    level: Level = "central",
    role: Role = "policy",
) -> Document:
    """A document whose clauses are numbered （一） （二） …"""
    clauses = tuple(
        Clause(f"（{_NUMERALS[i]}）", heading, text, 1) for i, (heading, text) in enumerate(items)
    )
    return Document("一、", f"{issuer}《{name}》", name, (issuer,), level, role=role, clauses=clauses)


def make_issue(
    key: str,
    documents: Sequence[Document],
    picks: Sequence[str] = (),
    date: str | None = "2024-01-01",
    institution: str = "示例职业学院",
) -> Issue:
    """A bulletin with these documents and picks."""
    return Issue(
        key,
        "bulletin",
        "示例动态",
        date=date,
        institution=institution,
        documents=tuple(documents),
        picks=tuple(Pick(pick, pick) for pick in picks),
    )


def three_issues() -> tuple[Issue, ...]:
    """Three issues on trade, care and schools; each stresses one of them and picks from it."""
    trade = make_document("关于推动外贸稳定增长的意见", TRADE)
    care = make_document("关于发展银发经济的意见", CARE, "民政部", "ministry")
    school = make_document("关于深化职业教育改革的意见", SCHOOL, "示例省教育厅", "province")
    return (
        make_issue("1", (trade, care), ("推进贸易数字化研究", "发展跨境电商研究"), "2024-01-10"),
        make_issue("2", (care, school), ("培养养老护理人才研究",), "2024-02-10"),
        make_issue("3", (school, trade), ("深化产教融合研究",), "2024-03-10"),
    )


def fitted(
    issues: Sequence[Issue], settings: Settings | None = None, lexicon: Lexicon | None = None
) -> Model:
    """A model learned from issues, by default with the program's own settings."""
    return fit_model(Lessons(issues, settings or Settings(), lexicon or Lexicon()))


@lru_cache(maxsize=1)
def sample_issues() -> tuple[Issue, ...]:
    """The eight bulletins of data/sample, as parsed."""
    return tuple(parse_text(read_one(path)[0].text) for path in sorted(SAMPLE.glob("*.txt")))


@lru_cache(maxsize=1)
def sample_model() -> Model:
    """The model of the sample with the program's own settings."""
    return fitted(sample_issues())
