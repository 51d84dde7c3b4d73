"""The last words of objects, and how real titles go on after them.

What may follow the last word of an object is read off 27,183 titles of funded projects and calls
that end in 研究; ``benchmarks/title_forms.py`` prints, word by word, how often what follows. A few
words of today's policy that titles of 1991–2012 lack (提质, 实训, 联合体) go with their like.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """The last word of an object and how titles on it go on.

    happening: what makes a happening of it (平台 → 建设), "" where the word is one already (转型).
    form: a second form, in the manner of real titles. way: what stands before 路径 where that is
    neither the happening nor the word itself. trend: whether it changes what people have to learn,
    as 平台建设 does and 考核办法 does not.
    """

    happening: str
    form: str
    way: str = ""
    trend: bool = True


def _row(words: str, happening: str, form: str, way: str = "", trend: bool = True) -> dict[str, Head]:
    return {word: Head(happening, form, way, trend) for word in words.split("|")}


# The longest match counts. Each row: last words of objects, the happening, the second form.
HEADS: dict[str, Head] = {
    **_row("发展|建设|转型|改造|利用|开发|结合|培训|推广|传播|应用", "", "模式"),
    **_row(
        "升级|创新|融合|合作|协同|衔接|对接|联动|互动|共享|共建|治理|保护|传承|流动|流转|转化", "", "机制"
    ),
    **_row("振兴|提升|优化|培育|整合|贯通|集聚|协作|循环|交流|保障", "", "机制"),
    **_row("开放", "", "战略"),
    **_row("改革", "", "的难点与对策"),
    **_row("构建|提质|增效|扩容", "", "对策"),
    **_row("培养", "", "模式"),
    **_row("化", "", "的影响因素", "实现"),
    **_row("管理", "优化", "模式", trend=False),
    **_row("监管", "优化", "机制", trend=False),
    **_row("供给", "优化", "机制"),
    **_row("配送|流通|运输", "优化", "模式"),
    **_row("考核|评价|评估", "优化", "指标体系", trend=False),
    **_row("文化", "建设", "发展模式"),
    **_row("服务", "发展", "模式"),
    **_row("教育", "发展", "发展对策"),
    **_row("教学|实训", "改革", "模式"),
    **_row("专业", "建设", "建设模式"),
    **_row("产业|行业|业|经济|贸易|产业链|链条|供应链|集群|业态|物流|旅游", "发展", "发展模式"),
    **_row("消费|就业|创业|出口|进口|投资", "", "影响因素", "促进"),
    **_row("意愿|需求|潜力|活力|成本", "", "影响因素", "-"),
    **_row("市场|企业|主体", "培育", "发展对策"),
    **_row("人才|工程师|技师|工匠", "培养", "培养模式"),
    **_row("队伍", "建设", "建设机制"),
    **_row("能力|质量|品质|水平|素养|效率|效能|竞争力", "提升", "评价指标体系"),
    **_row("技能", "提升", "评价体系"),
    **_row("环境", "优化", "评价指标体系"),
    **_row("强国|强省", "建设", "评价指标体系"),
    **_row("平台|基地|中心|园区|产业园|工坊|联合体|共同体|联盟|集团|学院", "建设", "运行机制"),
    **_row("网络|设施|场景|渠道|品牌", "建设", "建设模式"),
    **_row("体系", "构建", "优化策略"),
    **_row("机制|制度|标准|格局", "构建", "优化策略", trend=False),
    **_row("结构|布局", "优化", "优化策略"),
    **_row("办法|措施|政策|方式|模式", "优化", "创新", trend=False),
    **_row("资源", "整合", "共享机制"),
}
# Words of one character are endings only where they are not part of another word.
_OTHER_WORDS = re.compile("(?:[变消教深强净孵进简固绿]化|[作毕失从转停歇]业)$")
_ENDINGS = sorted(HEADS, key=lambda word: (-len(word), word))


def head_of(object_: str) -> Head | None:
    """The longest known last word of a noun phrase that is not the phrase itself."""
    if _OTHER_WORDS.search(object_):
        return None
    ending = next((word for word in _ENDINGS if object_.endswith(word) and object_ != word), None)
    return HEADS[ending] if ending else None
