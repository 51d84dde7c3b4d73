"""The page in headless Chromium: it asks nobody, draws, unfolds, and everyone can use it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Trained
from samples import hostile_report
from systems import axe_core, chinese_font, program

from recommender.office.reports import full_report, overview
from recommender.report.html import render_overview_page, render_page
from recommender.report.tools import Tools
from recommender.workspace import Workspace

DESKTOP, PHONE = (1280, 900), (390, 844)
_DRAWN = "return [...document.querySelectorAll('.chart')].every(one => one.dataset.drawn)"


class Browser:
    """A browser with some questions that tests ask."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, path: Path, size: tuple[int, int] = DESKTOP) -> None:
        """Load a page at a size and wait until its charts are drawn."""
        from selenium.webdriver.support.ui import WebDriverWait

        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.get_log("performance")
        self.driver.get(path.as_uri())
        WebDriverWait(self.driver, 30).until(lambda driver: driver.execute_script(_DRAWN))

    def ask(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def requests(self) -> list[str]:
        """The addresses asked for since the page was opened."""
        said = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [
            one["params"]["request"]["url"] for one in said if one["method"] == "Network.requestWillBeSent"
        ]

    def errors(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser", "google-chrome")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(program("chromedriver")))
    yield Browser(driver)
    driver.quit()


@pytest.fixture(scope="module")
def pages(trained: Trained, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An issue, a year, and an issue whose every text is hostile."""
    workspace = Workspace(trained.home)
    tools = Tools(None, workspace.cache)
    made = {
        "issue": render_page(full_report(workspace, "8", "2026-11-22"), tools),
        "year": render_overview_page(overview(workspace, "2026-11-22"), tools),
        "hostile": render_page(hostile_report(), tools),
    }
    folder = tmp_path_factory.mktemp("pages")
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


NAMES = ("issue", "year", "hostile")


@pytest.mark.parametrize("name", NAMES)
def test_the_page_asks_nobody_and_its_charts_have_marks(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    browser.open(pages[name])
    assert browser.requests() == [pages[name].as_uri()]
    assert browser.errors() == []
    marks = browser.ask(
        "return [...document.querySelectorAll('.chart')].map("
        "one => one.querySelectorAll('.role-mark path, .role-mark text').length)"
    )
    assert len(marks) >= 6
    assert min(marks) >= 2


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_stands_beyond_the_edge(
    browser: Browser, pages: dict[str, Path], name: str, size: tuple[int, int]
) -> None:
    browser.open(pages[name], size)
    assert browser.ask("return document.documentElement.scrollWidth") <= size[0]
    widest = browser.ask(
        "return Math.max(...[...document.querySelectorAll('.chart svg')]"
        ".map(one => one.getBoundingClientRect().right))"
    )
    assert widest <= size[0]


def test_a_click_unfolds_the_evidence_in_its_context(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["issue"])
    evidence = browser.driver.find_element("css selector", "details.evidence")
    context = evidence.find_element("css selector", ".context")
    assert not context.is_displayed()
    evidence.find_element("css selector", "summary").click()
    assert context.is_displayed()
    quote = evidence.find_element("css selector", "mark").text
    assert quote
    assert quote in evidence.find_element("css selector", "summary q").text
    assert context.text != quote


def test_the_keyboard_unfolds_it_too(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["issue"])
    summary = browser.driver.find_element("css selector", "details.evidence summary")
    browser.ask("arguments[0].focus()", summary)
    summary.send_keys("\ue007")  # Enter
    assert browser.ask("return document.querySelector('details.evidence').open")


@pytest.mark.parametrize(
    ("name", "size"), [("issue", PHONE), ("year", DESKTOP), ("hostile", DESKTOP)], ids=NAMES
)
def test_everyone_can_use_it(
    browser: Browser, pages: dict[str, Path], name: str, size: tuple[int, int]
) -> None:
    """axe-core finds nothing serious, with everything unfolded (WCAG 2.2 A and AA among its rules)."""
    script = axe_core()
    browser.open(pages[name], size)
    browser.ask("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    browser.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": script})  # past the page's own policy
    found = browser.driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document).then(all => done(all.violations)).catch(e => done(String(e)))"
    )
    assert isinstance(found, list), found
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    assert not grave, [(one["id"], one["nodes"][0]["html"][:200], len(one["nodes"])) for one in grave]


def test_hostile_text_runs_nothing(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["hostile"])
    browser.ask("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert browser.ask("return window.hacked") is None
    assert browser.ask("return document.querySelectorAll('img, iframe').length") == 0


def test_chinese_letters_are_drawn_and_not_boxes(browser: Browser, pages: dict[str, Path]) -> None:
    """Boxes look the same whatever they stand for; letters do not."""
    chinese_font()
    browser.open(pages["issue"])
    pictures = []
    for word in ("研究方向", "甲乙丙丁"):
        browser.ask("document.querySelector('h1').textContent = arguments[0]", word)
        pictures.append(browser.driver.find_element("css selector", "h1").screenshot_as_png)
    assert pictures[0] != pictures[1]


def test_on_paper_the_quotations_are_unfolded(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["issue"])
    browser.ask("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.ask("return document.querySelectorAll('details.evidence:not([open])').length") == 0
    browser.ask("window.dispatchEvent(new Event('afterprint'))")
    assert browser.ask("return document.querySelectorAll('details.evidence[open]').length") == 0
