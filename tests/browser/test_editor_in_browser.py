"""An editor's month in headless Chromium, from an empty workspace to a downloaded Word page."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from offices import put_three
from systems import program

from recommender.begin import init_workspace

_PATIENCE = 180  # seconds for long work on a busy machine


class Desk:
    """The browser at the page, with the steps that an editor makes."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self, path: str) -> None:
        self.driver.get(f"{self.address}{path}")

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.driver.find_elements("css selector", selector)
        return found

    def write(self, selector: str, text: str) -> None:
        field = self.find(selector)
        field.clear()
        field.send_keys(text)

    def press(self, selector: str) -> None:
        """Press a button as the keyboard does, and wait until the next page is there whole.

        The page left behind carries a mark of ours. Asking one of its elements whether it is gone would
        not do: between two pages the browser answers that with errors of several kinds.
        """
        from selenium.common.exceptions import WebDriverException
        from selenium.webdriver.support.ui import WebDriverWait

        self.driver.execute_script("window.left = true")
        self.find(selector).send_keys("\ue007")
        WebDriverWait(self.driver, 60, ignored_exceptions=[WebDriverException]).until(
            lambda driver: driver.execute_script("return !window.left && document.readyState === 'complete'")
        )

    def wait(self) -> None:
        """Until the long work on this page has ended well."""
        from selenium.webdriver.support.ui import WebDriverWait

        ended = "[data-job]:not([data-state=running])"
        WebDriverWait(self.driver, _PATIENCE, ignored_exceptions=[Exception]).until(
            lambda _: self.find(ended)
        )
        assert self.find("[data-job]").get_attribute("data-state") == "done", self.text

    @property
    def text(self) -> str:
        return str(self.find("main").text)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The page of a new workspace, served by the command in a process of its own."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser", "google-chrome")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"download.default_directory": str(tmp_path / "downloads")})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = Service(program("chromedriver"))
    home = init_workspace(tmp_path / "office").home
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = (sys.executable, "-m", "recommender", "--home", str(home))
    with (tmp_path / "serve.log").open("wb") as log:
        serving = subprocess.Popen(
            [*command, "serve", "--no-browser", "--port", str(port)],
            stderr=log,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )
    driver = webdriver.Chrome(options=options, service=service)
    try:
        _wait_for(port)
        yield Desk(driver, f"http://127.0.0.1:{port}")
    finally:
        driver.quit()
        serving.terminate()
        serving.wait(30)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not start")


def test_from_an_empty_workspace_to_a_word_page(desk: Desk, tmp_path: Path) -> None:
    desk.open("/")
    desk.write("#name", "王老师")
    desk.press("main button.main")
    upload(desk, sorted(put_three(tmp_path / "new").iterdir()))
    mend(desk, "培养养老护理人才", "培养智慧养老护理人才")
    retrain(desk)
    first = serving(desk)
    titles = choose(desk)
    merge(desk, "外贸企业", "贸易企业")
    retrain(desk)
    assert serving(desk) != first
    desk.open("/models/diff")
    assert "不再用 1 个（外贸企业）" in desk.text
    desk.open("/models")
    desk.press("form[action='/models/rollback'] button")
    assert serving(desk) == first
    said = export(desk, tmp_path)
    assert said.index(titles[1]) < said.index(titles[0])
    assert "方向由 王老师 选定" in said
    severe = [entry for entry in desk.driver.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []


def upload(desk: Desk, files: list[Path]) -> None:
    desk.open("/")
    desk.find("#files").send_keys("\n".join(map(str, files)))
    desk.press("form.drop button")
    desk.wait()
    assert f"新读入 {len(files)} 份" in desk.text


def mend(desk: Desk, before: str, after: str) -> None:
    """Put a heading of the third issue right."""
    desk.open("/issues/3")
    named = [(str(one.get_attribute("aria-label")), one.get_attribute("href")) for one in desk.all("a.mend")]
    desk.driver.get(next(address for label, address in named if "条款标题" in label and before in label))
    desk.write("#after", after)
    desk.press("main button.main")
    assert "更正过 1 处" in desk.text
    assert after in desk.find("main").get_attribute("textContent")


def choose(desk: Desk) -> list[str]:
    """Take two directions, the second before the first, and leave one out; the titles as suggested."""
    desk.open("/issues/3/suggestions")
    titles = [one.text for one in desk.all(".direction .title")]
    assert any("智慧养老护理" in title for title in titles), titles
    desk.press("#d1 button[value=accept]")
    desk.press("#d2 button[value=accept]")
    desk.find("#d3 .choose details:last-child summary").send_keys("\ue007")
    desk.write("#r3", "与学校专业不符")
    desk.press("#d3 button[value=reject]")
    desk.press("#m2 button[value=up]")
    assert [one.text for one in desk.all(".chosen .wording")] == [titles[1], titles[0]]
    assert "不采纳的 1 条" in desk.text
    return titles


def merge(desk: Desk, variant: str, preferred: str) -> None:
    """Add a synonym after a look at what it would change."""
    desk.open("/words")
    desk.write("#variant", variant)
    desk.write("#preferred", preferred)
    desk.press("form.card button")
    assert "条的词语会变" in desk.text
    desk.press("main button.main")
    assert f"{variant} → {preferred}" in desk.text


def export(desk: Desk, folder: Path) -> str:
    """The text of the Word page with the editor's list."""
    desk.open("/issues/3/export")
    assert "王老师选定的 2 条" in desk.text
    desk.press("form.card button.main")
    desk.wait()
    desk.find("a[download]").click()
    return "\n".join(paragraph.text for paragraph in Document(str(downloaded(folder))).paragraphs)


def retrain(desk: Desk) -> None:
    desk.open("/models")
    desk.press("form[action='/models/retrain'] button")
    desk.wait()
    assert "已启用" in desk.text


def serving(desk: Desk) -> str:
    """The version that serves, as the page of models says."""
    desk.open("/models")
    return str(desk.find("tr:has(.state.serving) th a").text)


def downloaded(folder: Path) -> Path:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if found := list((folder / "downloads").glob("*.docx")):
            return found[0]
        time.sleep(0.2)
    pytest.fail("nothing was downloaded")
