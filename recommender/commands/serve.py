"""The editor's page."""

import ipaddress
import socket
import sys
import threading
import time
import webbrowser
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recommender.commands.app import command
from recommender.console import say
from recommender.errors import UsageError
from recommender.web.start_files import write_start_files

if TYPE_CHECKING:
    from recommender.web.guard import Names

_MISSING = '网页需要的组件没有安装。请先运行：python -m pip install -c requirements.lock -e ".[web]"'
_CONNECTIONS = 500  # at one time, six of each browser; more are told to come again


@command("serve", "recommender serve")
def serve(
    ctx: typer.Context,
    host: Annotated[
        str, typer.Option(metavar="地址", help="在哪个地址上提供；局域网内共用写 0.0.0.0，要设密码。")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="端口", help="端口号。")] = 8765,
    password_file: Annotated[
        Path | None,
        typer.Option(metavar="文件", help="密码文件，只存密码的散列值；没有这个文件就问密码并建立它。"),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(metavar="文件", help="用这份证书（PEM）加密传输，网址变成 https；要同时写 --key。"),
    ] = None,
    key: Annotated[Path | None, typer.Option(metavar="文件", help="证书的私钥（PEM，不设口令）。")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="启动后不打开浏览器。")] = False,
    start_file: Annotated[
        Path | None,
        typer.Option(metavar="文件夹", help="不启动，只在这里写一个双击就能启动的文件。"),
    ] = None,
) -> None:
    workspace = ctx.obj.workspace
    if start_file is not None:
        for path in write_start_files(start_file, workspace.home, Path(sys.executable), sys.platform):
            typer.echo(f"已写好：{path}")
        return
    try:
        import uvicorn

        from recommender.web.app import Options, create_app
        from recommender.web.heads import Heads
    except ModuleNotFoundError as error:
        raise UsageError(f"{_MISSING}（缺 {error.name}）。") from error
    if not workspace.home.is_dir():
        raise UsageError(f"{workspace.home}：没有这个文件夹。请先用 recommender init 建立工作区。")
    _check_certificate(certificate, key)
    password = _password(host, password_file)
    _refuse_taken(host, port)
    app = create_app(workspace, lambda: datetime.now().astimezone(), Options(_names(host), password))
    address = f"{'https' if certificate else 'http'}://{_shown(host)}:{port}/"
    _explain(address, host)
    if not no_browser:
        threading.Thread(target=_open_soon, args=(host, port, address), daemon=True).start()
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        http=Heads,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        proxy_headers=False,  # nobody stands before us who may say whom a request comes from
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
    )


def _check_certificate(certificate: Path | None, key: Path | None) -> None:
    """UsageError for a certificate without its key, one that cannot be read, or of another key."""
    if certificate is None and key is None:
        return
    if certificate is None or key is None:
        raise UsageError("加密传输要同时写 --certificate 和 --key。请把缺的一个补上，或两个都去掉。")
    import ssl

    for file in (certificate, key):
        if not file.is_file():
            raise UsageError(f"{file}：没有这个文件。请检查 --certificate 和 --key 的路径。")
    try:  # a password would be asked for at the console: none is given instead
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        reason, remedy = getattr(error, "reason", None) or str(error), "没有口令、互相配对的证书和私钥"
        raise UsageError(
            f"{certificate}、{key}：不能用来加密（{reason}）。请用 PEM 格式、{remedy}。"
        ) from error


def _password(host: str, file: Path | None) -> str:
    """The hash of the password; "" where only this computer can come in and no file is named."""
    from recommender.web.password import hash_password, kept_password

    if file is not None:
        return kept_password(file, _ask)
    return "" if _is_local(host) else hash_password(_ask())


def _ask() -> str:
    asked = "请设一个密码（至少 8 个字符）"
    text: str = typer.prompt(asked, hide_input=True, confirmation_prompt="再输入一次")
    return text


def _is_local(host: str) -> bool:
    """Whether nobody but this computer reaches the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _names(host: str) -> "Names":
    """What the server answers to: this computer's names, and on a network its addresses too."""
    from recommender.web.app import LOCAL
    from recommender.web.guard import Names

    if _is_local(host):
        return LOCAL
    own = {host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}
    return Names(LOCAL.known | own, numbers=True)


def _shown(host: str) -> str:
    """The host as this computer's browser is to call it."""
    name = "127.0.0.1" if host in ("0.0.0.0", "") else "[::1]" if host == "::" else host
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def _refuse_taken(host: str, port: int) -> None:
    """UsageError where the port is in use, or the host is no address of this computer."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], found[1]) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
    except OSError as error:
        advice = "网页可能已经打开，请看浏览器；或者用 --port 换一个端口"
        raise UsageError(f"{host}:{port}：不能在这个地址上启动（{error.strerror}）。{advice}。") from error


def _explain(address: str, host: str) -> None:
    say(f"网页已启动：{address}　用完后在这个窗口按 Ctrl+C 结束。")
    if not _is_local(host):
        say("注意：局域网里的其他电脑也能打开这个网页，要输入密码。")
        if address.startswith("http:"):
            say("密码和内容在网络上没有加密，请只在可信的内部网络使用；要加密，请写 --certificate 和 --key。")
        say("不要向互联网开放。")


def _open_soon(host: str, port: int, address: str) -> None:
    """Open the browser once the server answers."""
    for _ in range(100):
        try:
            socket.create_connection((_shown(host).strip("[]"), port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
            continue
        webbrowser.open(address)
        return
