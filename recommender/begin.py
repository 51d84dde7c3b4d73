"""What a new workspace begins with: folders, and every file that the office edits, its help inside."""

import json
from pathlib import Path

from recommender.disk import writing
from recommender.workspace import Workspace

_SETTINGS = """\
# 科研选题推荐的设置。“#” 后面是说明或例子；去掉行首的 “# ” 例子就生效。
# 文字放在英文双引号里；改完后运行 recommender doctor 检查。

[college]
name = {name}
province = ""      # 省份，例如 "吉林省"：本省的文件更贴近学校
city = ""          # 城市，例如 "长春市"
disciplines = []   # 学校的学科专业用词，例如 ["贸易", "电子商务", "职业教育"]

# 每个系部一段，可以写多段。
# [[departments]]
# name = "经济贸易系"
# disciplines = ["国际贸易", "跨境电商"]

[list]
length = 10        # 每期推荐多少个方向，1 到 50
variety = 0.3      # 0：只看得分；1：方向之间尽量不重复

[weights]
# 各项理由的权重，只写要改的；名称见 recommender suggest 结果里的 feature。数越大越看重，0 为不考虑。
# "理由的名称" = 1.0

[authority]        # 发文机关的分量，0 到 1
central = 1.0      # 中共中央、国务院
ministry = 0.9     # 部委
province = 0.8     # 省
city = 0.7         # 市
institution = 0.4  # 学校、协会等
media = 0.3        # 媒体
unknown = 0.4      # 没有认出发文机关

[topics]
count = 0          # 主题个数，2 到 200；0 为由程序选择

[limits]           # 超过就不读，并说明超过了哪一项
file_mb = 64       # 一个文件的大小（MB）
unpacked_mb = 256  # 压缩的内容展开以后的大小（MB）
parts = 5000       # 一个压缩包里的文件个数
nesting = 2        # 压缩包里还有压缩包，最多几层
pages = 1000       # PDF 的页数
scan_pages = 200   # 扫描件要识别的页数
chars = 1000000    # 读出来的字数
seconds = 60       # 解析一个文件（扫描件为一页）最多几秒
memory_mb = 2048   # 解析时最多用多少内存（MB）；Windows 和 macOS 上只限时间
"""

_LEXICON = {
    "words": "专业词语，一行一个；分词时不会切开。例如：产教联合体",
    "stopwords": "不参与统计的词语，一行一个。例如：通知",
    "synonyms": "同义词，一行一组，写成：别称1 别称2 = 统一说法。例如：产教联盟 = 产教联合体",
}

_TOPICS = """\
# 主题的名称。等号左边是主题的编号（不变），或程序起的名称（放在英文双引号里）；右边是科室起的名称，
# 不超过 16 个字，也放在英文双引号里。重新训练后生效，以后继续沿用。例如（去掉行首的 “# ” 就生效）：
[topics]
# 3 = "跨境电商"
# "失能老人·养老服务" = "养老服务"
"""

# The header alone, with the mark by which spreadsheets know UTF-8.
_PROJECTS = "\ufeff题目,年份,部门\n"


def init_workspace(home: Path) -> Workspace:
    """Make a workspace, or complete one; a file that exists is never overwritten.

    Raises UsageError when the folder cannot be written.
    """
    workspace = Workspace(home)
    with writing(home):
        for folder in (workspace.inbox, workspace.lexicon, workspace.models, workspace.reports):
            folder.mkdir(parents=True, exist_ok=True)
        _write_new(workspace.settings, settings_template())
        for name, note in _LEXICON.items():
            _write_new(workspace.lexicon / f"{name}.txt", f"# {note}\n")
        _write_new(workspace.topics, _TOPICS)
        _write_new(workspace.projects, _PROJECTS)
    return workspace


def _write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet; nothing is left of it when writing fails."""
    try:
        file = path.open("x", encoding="utf-8")
    except FileExistsError:
        return
    try:
        with file:
            file.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def settings_template(name: str = "") -> str:
    """The commented recommender.toml that ``init`` writes; it parses to the defaults.

    name: the college's name, any text.
    """
    quoted = json.dumps(name, ensure_ascii=False).replace("\x7f", "\\u007f")  # TOML forbids a bare DEL
    return _SETTINGS.replace("{name}", quoted)
