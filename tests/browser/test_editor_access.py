"""The editor's pages in headless Chromium: for everybody, by keys alone, on a phone, asking nobody else."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import Open
from editors import free_port
from systems import axe_core, program

from recommender.office.choices import list_of
from recommender.web.app import Options
from recommender.web.guard import Guard
from recommender.workspace import Workspace

DESKTOP, PHONE = (1280, 900), (375, 812)
PAGES = {
    "issues": "/",
    "issue": "/issues/8",
    "suggestions": "/issues/8/suggestions",
    "side": "/issues/8/side",
    "export": "/issues/8/export",
    "mend": "/issues/8/mend?field=heading&document=0&clause=1",
    "emphasis": "/emphasis",
    "term": "/emphasis?q=产教融合",
    "words": "/words",
    "preview": "/words/preview?list=stopwords&word=发展",
    "comparison": "/comparison",
    "models": "/models",
    "version": "/models/version",
    "name": "/name",
    "error": "/nope",
}
TAB, SHIFT_TAB, ENTER, SPACE = "Tab", "Shift+Tab", "Enter", "Space"


@contextmanager
def served(app: Guard) -> Iterator[str]:
    """A real server over the application; its address."""
    import uvicorn

    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


class Browser:
    """A browser with a session of its own, at a server."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self, path: str, size: tuple[int, int] = DESKTOP) -> None:
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.get(f"{self.address}{path}")

    def ask(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    @property
    def text(self) -> str:
        return str(self.ask("return document.querySelector('main')?.innerText ?? ''"))  # between pages: none

    def unfold(self) -> None:
        self.ask("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    def asked(self) -> list[str]:
        """The addresses of all requests so far, as the network saw them."""
        said = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [
            one["params"]["request"]["url"] for one in said if one["method"] == "Network.requestWillBeSent"
        ]

    # -- keys --

    def key(self, name: str, times: int = 1) -> None:
        from selenium.webdriver.common.keys import Keys

        codes = {"Tab": Keys.TAB, "Enter": Keys.ENTER, "Space": Keys.SPACE, "Escape": Keys.ESCAPE}
        for _ in range(times):
            self.driver.switch_to.active_element.send_keys(codes[name])

    def type(self, text: str) -> None:
        self.driver.switch_to.active_element.send_keys(text)

    def focused(self) -> str:
        """What a screen reader would call the element that has the keys."""
        return self._stop()[0]

    def _stop(self) -> tuple[str, bool]:
        """The name of the element that has the keys, and whether it can be seen."""
        name, shown = self.ask(
            "const one = document.activeElement, label = one.labels?.[0]?.textContent;"
            "const box = one.getBoundingClientRect();"
            "return [(one.getAttribute('aria-label') || label || one.textContent).trim(),"
            " box.width > 0 && getComputedStyle(one).visibility === 'visible']"
        )
        return str(name), bool(shown)

    def tab_to(self, name: str, most: int = 400) -> None:
        """Go on with Tab to the element of this name; every stop on the way must be visible."""
        for _ in range(most):
            self.key(TAB)
            found, shown = self._stop()
            assert shown, f"the keys are on something that cannot be seen: {found}"
            if found == name:
                return
        pytest.fail(f"{name} cannot be reached with Tab on {self.driver.current_url}")

    def press(self, name: str) -> None:
        """Tab to a button or link, Enter, and wait for the next page."""
        self.tab_to(name)
        self.enter()

    def enter(self) -> None:
        """Enter, and wait for the next page by a mark on the one left behind."""
        from selenium.webdriver.support.ui import WebDriverWait

        self.ask("window.before = true")
        self.key(ENTER)
        WebDriverWait(self.driver, 60).until(
            lambda _: self.ask("return !window.before && document.readyState === 'complete'")
        )


@pytest.fixture(scope="module")
def drivers() -> Iterator[list[Any]]:
    """Two browsers that know nothing of each other."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser", "google-chrome")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    with ExitStack() as ended:
        made = []
        for _ in range(2):
            made.append(webdriver.Chrome(options=options, service=Service(program("chromedriver"))))
            ended.callback(made[-1].quit)
        yield made


@pytest.fixture
def two(drivers: list[Any], copied: Path, open_server: Open) -> Iterator[list[Browser]]:
    """Both browsers at one server, both under one name."""
    with served(open_server(copied, Options())) as address:
        browsers = [Browser(driver, address) for driver in drivers]
        for browser in browsers:
            browser.driver.delete_all_cookies()
            browser.open("/name")
            browser.driver.delete_all_cookies()
            browser.open("/name")
            browser.type("王老师")
            browser.enter()
            assert "王老师" in browser.driver.find_element("css selector", ".who").text
        yield browsers


@pytest.fixture
def browser(two: list[Browser]) -> Browser:
    return two[0]


def test_every_page_is_for_everybody_and_for_phones_and_asks_nobody(browser: Browser) -> None:
    """axe-core finds nothing serious with all unfolded (WCAG 2.2 A and AA among its rules), nothing
    stands beyond the edge of a narrow phone, and every request goes to the server itself."""
    script = axe_core()
    browser.open(PAGES["suggestions"])
    browser.press("采纳：" + first_title(browser))
    wrong: list[object] = []
    for name, path in PAGES.items():
        for size in (DESKTOP, PHONE):
            browser.open(path, size)
            browser.unfold()
            wide = browser.ask("return document.documentElement.scrollWidth")
            if wide > size[0]:
                wrong.append((name, size, "wide", wide, widest(browser, size[0])))
            wrong += [(name, size, *one) for one in violations(browser, script)]
    assert wrong == []
    hosts = {urlsplit(one).netloc for one in browser.asked() if urlsplit(one).scheme not in ("data", "about")}
    assert hosts == {urlsplit(browser.address).netloc}
    severe = [one["message"] for one in browser.driver.get_log("browser") if one["level"] == "SEVERE"]
    assert [one for one in severe if "/nope" not in one] == []


def first_title(browser: Browser) -> str:
    return str(browser.ask("return document.querySelector('.direction .title').textContent"))


def widest(browser: Browser, width: int) -> Any:
    """The elements that stand beyond the edge, for the message."""
    return browser.ask(
        "return [...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right >"
        " arguments[0] + 1 && !one.closest('.scroll')).slice(0, 3).map(one => one.outerHTML.slice(0, 120))",
        width,
    )


def violations(browser: Browser, script: str) -> list[tuple[str, str, int]]:
    """(rule, element, how many) of what axe-core calls serious or critical."""
    browser.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": script})  # past the page's own policy
    found = browser.driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document).then(all => done(all.violations)).catch(e => done(String(e)))"
    )
    assert isinstance(found, list), found
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    return [(one["id"], one["nodes"][0]["html"][:200], len(one["nodes"])) for one in grave]


def test_the_keyboard_alone_accepts_rejects_reorders_and_exports(browser: Browser, copied: Path) -> None:
    browser.open(PAGES["issues"])
    browser.key(TAB)
    assert browser.focused() == "跳到正文"
    browser.open(PAGES["suggestions"])
    titles = browser.ask(
        "return [...document.querySelectorAll('.direction .title')].map(one => one.textContent)"
    )
    browser.press(f"采纳：{titles[0]}")
    browser.press(f"采纳：{titles[1]}")
    browser.tab_to("不采纳")  # of the third: the first two are decided
    browser.key(ENTER)
    browser.tab_to("理由（可不填）")
    browser.type("太宽泛")
    browser.press("不采纳")
    browser.press(f"上移：{titles[1]}")
    browser.press("撤销上一步")
    browser.press(f"下移：{titles[0]}")
    listing = list_of(Workspace(copied), "8", "王老师")
    assert [one.title for one in listing.accepted] == [titles[1], titles[0]]
    assert [(one.title, one.reason) for one in listing.rejected] == [(titles[2], "太宽泛")]
    browser.press("导出")
    browser.tab_to("Word 文档（公文格式）")
    browser.press("导出")
    until = time.monotonic() + 180
    while "已完成" not in browser.text:
        assert time.monotonic() < until, browser.text
        time.sleep(0.5)
    (written,) = (copied / "reports" / "exports" / "8").glob("*/8-王老师.docx")
    assert written.stat().st_size > 5000


def test_two_browsers_see_their_conflict_and_overwrite_nothing(two: list[Browser], copied: Path) -> None:
    quick, slow = two
    for browser in two:
        browser.open(PAGES["suggestions"])
    titles = quick.ask(
        "return [...document.querySelectorAll('.direction .title')].map(one => one.textContent)"
    )
    quick.press(f"采纳：{titles[0]}")
    slow.press(f"采纳：{titles[1]}")
    assert "这份清单刚在别处改过" in slow.text
    assert titles[0] in slow.text
    assert titles[1] in slow.text
    assert [one.title for one in list_of(Workspace(copied), "8", "王老师").accepted] == [titles[0]]
    slow.press("在现在的清单上照做")
    assert [one.title for one in list_of(Workspace(copied), "8", "王老师").accepted] == titles[:2]
    assert (
        slow.ask("return [...document.querySelectorAll('.chosen .wording')].map(one => one.textContent)")
        == titles[:2]
    )
