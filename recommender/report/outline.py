"""A parsed issue as an outline, for reading over what the parser understood."""

from recommender.records import Document, Issue
from recommender.report.build import issue_name
from recommender.report.plain import printable

ROLES = {"policy": "政策文件", "commentary": "相关评论", "news": "业内动态", "experience": "他山之石"}


def render_outline(issue: Issue) -> str:
    """Documents with their clauses' headings, picks, repairs and warnings."""
    lines = [f"{issue_name(issue)}　期号 {issue.key}", f"主办：{issue.institution or '未印明'}", ""]
    for document in issue.documents:
        lines += [*_document_lines(document), ""]
    if issue.picks:
        lines += ["编辑选题", *(f"  {n}. {pick.title}" for n, pick in enumerate(issue.picks, 1)), ""]
    if issue.repairs:
        lines.append(
            "修补：" + "，".join(f"{REPAIRS.get(name, name)} {count} 处" for name, count in issue.repairs)
        )
    lines += [f"注意：{warning}" for warning in issue.warnings]
    return printable("\n".join(lines).rstrip() + "\n")


def _document_lines(document: Document) -> list[str]:
    facts = (
        ROLES[document.role],
        document.date or "无日期",
        "、".join(document.issuers),
        document.number or "",
    )
    lines = [f"{document.label}{document.title}", f"  （{'，'.join(filter(None, facts))}）"]
    for clause in document.clauses:
        heading = clause.heading or clause.text[:30].replace("\n", " ")
        lines.append(f"{'  ' * max(clause.depth, 1)}  {clause.label}{heading}")
    if document.tables:
        lines.append(f"    （另有表格 {len(document.tables)} 行，不作条款）")
    return lines


REPAIRS = {
    "drop_invisible": "去掉看不见的字符",
    "strip_markdown": "去掉 Markdown 标记",
    "close_gaps": "去掉汉字间的空格",
    "read_dash_as_one": "把横线认回“一”",
    "mend_confusions": "改正识别错字",
    "rejoin_paragraphs": "接上断开的段落",
    "rejoin_wrapped": "接上按固定宽度折行的段落",
    "drop_repeated": "去掉断页处重印的字",
}
