"""The options that say who works, the same for every command that has much to do."""

from typing import Annotated

import typer

from recommender.parallel import Backend

BackendOption = Annotated[
    Backend | None,
    typer.Option(
        metavar="方式",
        help="sequential 单进程，threading 多线程，loky 多进程，dask 集群；结果相同。"
        "不写时，写了 --scheduler 为 dask，写了 --jobs 为 loky，否则为 sequential。",
    ),
]
SchedulerOption = Annotated[
    str, typer.Option(metavar="地址", help="集群调度程序的地址，如 tcp://主机:8786；说明书里有怎样建集群。")
]
JobsOption = Annotated[
    int | None,
    typer.Option(min=-1, max=64, metavar="个数", help="本机用几个进程或线程，-1 为每核一个。"),
]
