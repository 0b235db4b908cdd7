"""A browser, and people who sit down at the coding desk in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.coding.desked import CHROMIUM, NO_PICKER, TEXTS, Person, Sits, coder_page, desk_of


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that knows nobody yet, and has no picker of files."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    opened.set_default_timeout(120_000)  # a busy machine opens a page slowly
    opened.add_init_script(NO_PICKER)
    yield opened
    opened.close()


@pytest.fixture
def sits(context: BrowserContext, tmp_path: Path) -> Iterator[Sits]:
    """People at the desk, whose pages may say nothing: no error, nothing that the policy had to stop."""
    people: list[Person] = []

    def sit(name: str = "ann", *, address: str = "") -> Person:
        people.append(Person(context, address or coder_page(tmp_path, desk_of(TEXTS)), name))
        return people[-1]

    yield sit
    assert [said for person in people for said in person.said] == []
