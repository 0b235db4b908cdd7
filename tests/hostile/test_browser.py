"""In a browser nothing that strangers wrote runs: not in the paper, not on any page of the audit."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.audit.test_audit_browser import CHROMIUM
from tests.hostile.conftest import Built

pytestmark = [
    pytest.mark.workflow,
    pytest.mark.xdist_group("hostile"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine"),
]
STAGES = ["raw", "cleaning", "coding", "estimates", "figures", "text"]
CARDS = ["n-1", "n-5", "question/visits", "question/wishes", "code/wishes/desks", "respondent/2025/2", "overview"]


@pytest.fixture(scope="module")
def opened() -> Iterator[tuple[Page, list[str]]]:
    """A page, and all that it says: errors, dialogs, and what it asks of a network."""
    said: list[str] = []

    def dismissed(dialog: Any) -> None:
        said.append(f"dialog {dialog.message}")
        dialog.dismiss()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("dialog", dismissed)
        page.on("console", lambda message: said.append(f"console {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error {error}"))
        page.on(
            "request", lambda asked: said.append(asked.url[:80]) if asked.url[:5] not in ("file:", "data:") else None
        )
        yield page, said
        browser.close()


def test_nothing_runs_in_the_paper(built: Built, opened: tuple[Page, list[str]]) -> None:
    page, said = opened
    page.goto((built.results / "paper/paper.html").as_uri())
    page.locator(".number a").first.click()
    assert page.evaluate("window.taken === undefined")
    assert said == []


@pytest.mark.parametrize("place", [*(f"stage/{stage}" for stage in STAGES), *CARDS])
def test_nothing_runs_on_the_audit_pages(built: Built, opened: tuple[Page, list[str]], place: str) -> None:
    page, said = opened
    page.goto((built.results / "audit/index.html").as_uri() + f"#{place}")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.wait_for_timeout(200)
    assert page.evaluate("window.taken === undefined")
    assert (
        page.locator("#audit-stage script, #audit-card script, #audit-stage img[src=x], #audit-card img[src=x]").count()
        == 0
    )
    assert said == []


def test_nothing_runs_in_what_a_search_finds(built: Built, opened: tuple[Page, list[str]]) -> None:
    page, said = opened
    page.goto((built.results / "audit/index.html").as_uri())
    page.fill("#audit-search", "script")
    page.wait_for_selector("#audit-results li")
    assert page.evaluate("window.taken === undefined")
    assert page.locator("#audit-results script, #audit-results img").count() == 0
    assert said == []
