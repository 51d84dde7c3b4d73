"""Every command in the order of the help: the module that has it, and what it does.

The one place where these words stand: the modules take them from here, and the help of the program
is printed without importing any module of commands.
"""

from typing import NamedTuple


class Listed(NamedTuple):
    """A command, or a group of commands: its module in this folder, and its help."""

    module: str
    help: str


LISTED = {
    "run": Listed("run", "一次做完：读入、训练、为最新一期推荐、与编辑选题对照、写出报告。"),
    "init": Listed("home", "建立一个工作区：设置、词表和各个文件夹；已有的文件不会改动。"),
    "doctor": Listed("home", "检查工作区：程序、设置、词表、资料库、模型，并给出每个问题的解决办法。"),
    "ingest": Listed("corpus", "把文件或文件夹读入资料库；同样的内容只存一份。"),
    "show": Listed("corpus", "显示一期动态读出来的结构：文件、条款、编辑选题。"),
    "train": Listed("desk", "用资料库里的全部动态训练一个模型，并启用它。"),
    "suggest": Listed("desk", "为一期动态推荐研究方向，附理由和原文依据。"),
    "compare": Listed("desk", "对照推荐与编辑选题：每期都在不看本期选题的情况下推荐。"),
    "report": Listed(
        "desk",
        "把一期的推荐写成文件：html 网页，docx 文档，xlsx 表格，md 全文，txt 清单，png、svg 图；也可写总览。",
    ),
    "trends": Listed("trends", "词语或主题的政策关注度：逐期变化、趋势和突现，与历年政策文本对照。"),
    "serve": Listed(
        "serve", "打开编辑用的网页：放入动态，看推荐和依据，采纳或不采纳，训练，导出。默认只有本机能打开。"
    ),
    "choices": Listed(
        "choices", "编辑在网页上的选择：采纳、不采纳（附理由）、改写、自拟，从中学到了什么；可以导出。"
    ),
    "retrain": Listed(
        "retrain", "定期运行：读入 data/inbox，训练，检验，更好或一样好才启用；否则旧模型照常使用。"
    ),
    "backup": Listed(
        "backup", "把设置、词表、资料库、模型备份成一个文件，写完逐个检验；别的命令可以照常运行。"
    ),
    "restore": Listed("backup", "从备份文件恢复设置、词表、资料库、模型；先检验全部内容，再一次换上。"),
    "background": Listed("background", "参照语料：由公开政策文本统计的计数和词向量。"),
    "models": Listed("models", "模型的各个版本：列出、查看、比较、启用、退回、检查、清理。"),
    "schedule": Listed(
        "schedule", "定期运行：给出 cron、systemd、Windows 计划任务的文件和安装命令，不会自动安装。"
    ),
}
