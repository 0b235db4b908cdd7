"""The coding desk of a small study, on a disk, and a person who works at it in a browser."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Download, Page

from recount.coding.answers import answer_hash
from recount.coding.code import Coded
from recount.coding.desk.languages import languages_of
from recount.coding.desk.model import Desk, adjudicator_model, coder_model
from recount.coding.desk.page import desk_page
from recount.coding.io import read_codings
from recount.coding.lines import answers_of
from recount.page.io import read_assets, write_page
from tests.coding.hand_built import CODEBOOK, INSTRUMENT, ROOT, WAVE, clean_of, coded, lines

ASSETS = sorted(path for name in ("page", "desk") for path in (ROOT / "report" / name).iterdir())
QUESTION = "obstacles"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ANSWERS = [
    "No money for travel",
    "Too few people",
    "A law forbids it",
    "",
    "Money, and people who know how",
    "Falta de dinero, y de apoyo",
    "没有预算",
    "لا توجد ميزانية كافية للسفر",
    "The law, again",
    "nothing",
    "We lack staff",
]
TEXTS: list[str | None] = [text or None for text in ANSWERS]
NO_PICKER = "delete globalThis.showSaveFilePicker;"
SUGGESTIONS = pd.DataFrame(
    [
        (QUESTION, "R0", answer_hash("No money for travel"), "funding", "0.91", "keywords", "money"),
        (QUESTION, "R0", answer_hash("No money for travel"), "staff", "0.4", "earlier waves", "2018 C7: too few"),
        (QUESTION, "R0", answer_hash("No money for travel"), "funding", "", "keywords", "travel"),
        (QUESTION, "R1", answer_hash("another wording"), "staff", "0.9", "keywords", "people"),
        (QUESTION, "R2", answer_hash("A law forbids it"), "gone", "0.9", "keywords", "a code that there was"),
    ],
    columns=["question", "respondent", "answer_sha256", "code", "score", "by", "because"],
)
CODERS = {
    "ann": lines({"R0": ("No money for travel", "funding"), "R1": ("Too few people", "staff")}, note="clear"),
    "ben": lines({"R0": ("No money for travel", "funding;staff"), "R1": ("Too few people", "staff")}, note=""),
}


def desk_of(answers: list[str | None], **options: Any) -> Desk:
    """Lay the desk of the question `obstacles`, with these answers of R0, R1, ..."""
    clean = clean_of(obstacles=answers)
    found = answers_of(clean, QUESTION)
    given: dict[str, Any] = {
        "study": "A survey",
        "wave": WAVE,
        "wave_title": "Survey of 2020",
        "simulated": False,
        "folder": f"data/coding/{WAVE}",
        "question": INSTRUMENT.question(QUESTION),
        "codebook": CODEBOOK,
        "answers": found,
        "languages": languages_of(clean, found, INSTRUMENT, ""),
    }
    return Desk(**{**given, **options})


def coder_page(folder: Path, desk: Desk) -> str:
    """Write the page of coders, and give its address."""
    return _written(folder / f"{QUESTION}.html", desk_page(desk, coder_model(desk), read_assets(ASSETS)))


def adjudicator_page(
    folder: Path, desk: Desk, coders: dict[str, pd.DataFrame], ruled: pd.DataFrame | None = None
) -> str:
    """Write the page of who adjudicates, and give its address."""
    model = adjudicator_model(desk, coders, ruled)
    return _written(folder / f"{QUESTION}.adjudication.html", desk_page(desk, model, read_assets(ASSETS)))


def _written(path: Path, page: str) -> str:
    write_page(page, path)
    return path.as_uri()


def coded_by_files(folder: Path, answers: list[str | None], **options: Any) -> Coded:
    """Read the files that were saved into the coding folder, as the pipeline does, and code the wave by them."""
    codings, adjudications = read_codings(folder, WAVE, [QUESTION, "wishes"])
    return coded(clean_of(obstacles=answers), codings=codings, adjudications=adjudications, **options)


def faults(person: "Person") -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, and its good practices."""
    found = Axe().run(person.page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


class Person:
    """Somebody at the desk, who presses keys and reads what stands there."""

    def __init__(self, context: BrowserContext, address: str, name: str = "ann") -> None:
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(address)
        if name:
            self.sit(name)

    def sit(self, name: str) -> None:
        """Give a name."""
        self.page.fill("#desk-name", name)
        self.page.keyboard.press("Enter")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def note(self, text: str) -> None:
        """Write a note on the answer at hand, by the keyboard, and come back."""
        self.press(".")
        self.page.keyboard.insert_text(text)
        self.press("Escape")

    @property
    def at(self) -> str:
        """The respondent whose answer is at hand."""
        return self.page.inner_text("#desk-answer h2")

    @property
    def given(self) -> list[str]:
        """The codes of the answer at hand."""
        return self.page.locator(".given-slot .chip span:first-child").all_inner_texts()

    @property
    def told(self) -> str:
        """What the desk says, to those who see and to those who hear."""
        return str(self.page.text_content("#desk-told")).strip("\u00a0")

    @property
    def warned(self) -> str:
        """What went wrong."""
        return self.page.inner_text("#desk-troubles")

    @property
    def listed(self) -> list[str]:
        """The respondents in the list."""
        return self.page.locator("#desk-list .who").evaluate_all("all => all.map(each => each.firstChild.textContent)")

    def go(self, respondent: str) -> None:
        """Choose an answer of the list."""
        self.page.click(f"#desk-list .option:has(.who:has-text('{respondent}'))")

    def save(self, folder: Path) -> Path:
        """Save the file where there is no picker of files: it is a download, put where the pipeline looks."""
        with self.page.expect_download() as caught:
            self.press("Control+s")
        download: Download = caught.value
        target = folder / WAVE / download.suggested_filename
        target.parent.mkdir(parents=True, exist_ok=True)
        download.save_as(target)
        return target

    def load(self, *files: Path) -> None:
        """Load files, and wait until the desk has said something of them."""
        before = (self.told, self.warned)
        self.page.set_input_files("#desk-file", [*files])
        self.page.wait_for_function(
            "([told, warned]) => document.getElementById('desk-told').textContent.replace('\u00a0', '') !== told"
            " || document.getElementById('desk-troubles').innerText !== warned",
            arg=[*before],
        )


def rows_of(path: Path) -> dict[str, SimpleNamespace]:
    """Read a coder's or an adjudicator's file as the pipeline does: its rows by respondent."""
    codings, adjudications = read_codings(path.parents[1], WAVE, [QUESTION])
    _, name, _ = path.name.split(".")
    table = adjudications[QUESTION] if name == "adjudication" else codings[QUESTION][name]
    return {row["respondent"]: SimpleNamespace(**row) for row in table.to_dict("records")}


Sits = Callable[..., Person]
