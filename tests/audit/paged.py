"""A small study with its paper and its audit pages, made in memory; any text that a person wrote can be hostile."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from recount.audit.pages.model import model
from recount.audit.pages.page import audit_page
from recount.audit.pages.paper import Paper, parts_of
from recount.audit.pages.study import Study as Audited
from recount.audit.provenance import Sources, traced
from recount.audit.tables import WaveTables
from recount.coding.answers import answer_hash
from recount.coding.code import Coded, code_wave
from recount.coding.lines import answers_of
from recount.coding.verbatim.quotable import quotable
from recount.estimate.estimate import estimate_wave
from recount.page.io import read_assets
from recount.study.codebook import Codebook
from recount.study.figures import Figures
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from recount.study.tables import Tables
from recount.write.documents.html import html
from recount.write.documents.pandoc import Source
from recount.write.paper import Written, write_paper
from tests.clean.conftest import WAVE, Study
from tests.test_house import ROOT

Text = Callable[[str], str]
ASSETS = sorted(path for name in ("page", "audit") for path in (ROOT / "report" / name).iterdir())
TEMPLATE = """---
title: "A paper on {{ respondents() }} cities"
abstract: "Of {{ respondents() }} cities, {{ share('office', 'yes') }} have an office."
---

# Results

{% claim share("office", "yes") > 0.3 %}Many{% endclaim %} have an office ({{ share("office", "yes") }};
{{ share("office", "yes") | of_base }}), in the north {{ share("office", "yes", group="region", level="north") }}.
They have {{ mean("staff") }} members of staff; {{ share("why", "money") }} name money,
{{ share("networks", "climate") }} are in a network. That is
{{ share("office", "yes") / share("office", "no") }} to one. In the words of one:

{{ quote("why", code="money") }}

{{ table("offices") }}
"""
OFFICES = {"kind": "crosstab", "caption": "Offices.", "items": [{"question": "office"}], "groups": ["region"]}


@dataclass(frozen=True)
class Paged:
    """The study behind the pages, the model that they carry, the paper's parts, and the page."""

    study: Audited
    model: dict[str, Any]
    paper: Paper
    page: str


def paged(folder: Path, text: Text = str, *, responses: int = 12) -> Paged:
    """Build all of it; `text` gives, for each text that a person wrote, the one to be used."""
    built = Built(text, responses)
    paper = parts_of(built.paper(folder).decode("utf-8"))
    made = model(built.study, paper.main)
    return Paged(built.study, made, paper, audit_page(paper, made, read_assets(ASSETS)))


class Built:
    """One wave, stage by stage."""

    def __init__(self, text: Text, responses: int) -> None:
        self.text, self.responses = text, responses
        hand, questions = Study(), tuple(self._questions())
        self.instrument: Instrument = hand.instrument(*questions)
        self.settings = self._settings()
        self.codebook = self._codebook()
        cells = self._cells()
        self.raw = hand.export(cells)
        rule = {"tests": {"respondent": ["TEST"]}}
        self.cleaned = hand.clean(self.raw, *questions, cleaning=rule, corrections=self._corrections(cells))
        self.coders, self.ruled = self._sheets()
        self.coded = self._coded()
        self.estimates = self._estimates()
        self.written = self._written()
        self.study = self._study()

    def paper(self, folder: Path) -> bytes:
        file = folder / "paper.md"
        file.write_text(self.written.markdown, encoding="utf-8")
        styles = ROOT / "report/styles"
        source = Source(
            markdown=file,
            figures=folder,
            bibliography=ROOT / "report/references.bib",
            style=styles / "journal.csl",
            styles=styles,
        )
        return html(source)

    def _cells(self) -> dict[str, list[str | None]]:
        """Row 2 is the first response. Every sixth is a test; staff is now and then a word, which people corrected."""
        text, numbers = self.text, range(self.responses)
        return {
            "city": [f"TEST {n}" if n % 6 == 5 else text(f"C{n}") for n in numbers],
            "region": ["NS"[n % 2] for n in numbers],
            "office": [("Yes", "Yes", " Yes ", "No", "?")[n % 5] for n in numbers],
            "staff": [str(n) if n % 4 else text("three") for n in numbers],
            "net_1": [("Yes", "")[n % 2] for n in numbers],
            "net_2": [("", "", "Yes")[n % 3] for n in numbers],
            "why": [text(f"no money {n}") if n % 4 != 3 else "" for n in numbers],
        }

    def _questions(self) -> list[dict[str, Any]]:
        text = self.text
        offices = [("yes", text("Yes"), ["Yes"]), ("no", text("No"), ["No"]), ("unsure", text("Unsure"), ["?"])]
        networks = [("climate", text("Climate"), ["Yes"]), ("trade", text("Trade"), ["Yes"])]
        columns = {"columns": {"climate": "net_1", "trade": "net_2"}, "comparable": False, "note": text("a note")}
        questions: list[dict[str, Any]] = [
            {"id": "city", "type": "id"},
            {
                "id": "region",
                "type": "single",
                "categories": [("north", text("North"), ["N"]), ("south", "South", ["S"])],
            },
            {"id": "office", "type": "single", "categories": offices},
            {"id": "staff", "type": "number", "universe": {"region": ["north", "south"]}},
            {"id": "networks", "type": "multi", "categories": networks, "waves": {WAVE: columns}},
            {"id": "why", "type": "text", "coded": True},
        ]
        for each in questions:
            each |= {"label": text(each["id"]), "text": text(f"Which {each['id']}?")}
            each["categories"] = [
                {"id": name, "label": label, "values": values, "missing": name == "unsure"}
                for name, label, values in each.get("categories", ())
            ]
        return questions

    def _settings(self) -> Settings:
        wave = {"title": self.text("2020"), "export": "data/raw/a.csv", "design": "census"}
        content = {
            "title": self.text("A paper"),
            "waves": {WAVE: {**wave, "contacted": self.responses + 5, "simulated": True}},
            "estimates": {"groups": ["region"], "minimum_base": 1},
            "paper": {"wave": WAVE},
        }
        return Settings.declared_in("config.yaml", content)

    def _codebook(self) -> Codebook:
        fields = ("label", "definition", "use_when", "not_when", "example")
        codes = [{"id": each, **{name: self.text(f"{each} {name}") for name in fields}} for each in ("money", "staff")]
        return Codebook.declared_in("codebook.yaml", {"version": "1", "questions": {"why": codes}})

    def _corrections(self, cells: dict[str, list[str | None]]) -> pd.DataFrame:
        said, text = cells["staff"], self.text
        words = [place for place, staff in enumerate(said) if not str(staff).isdigit()]
        rows = [(n + 2, cells["city"][n], "staff", said[n], "3", text("a word"), text("editor"), 2) for n in words]
        return pd.DataFrame(rows, columns=["row", "respondent", "column", "before", "after", "reason", "by", "line"])

    def _sheets(self) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
        """Two coders who differ on every third answer, and an adjudicator."""
        clean = self.cleaned.clean
        given = clean[clean["why"].notna()]
        pairs = zip(given["respondent"].astype("str"), given["why"].astype("str"), strict=True)
        lines = [(name, answer_hash(answer), place % 3 == 0) for place, (name, answer) in enumerate(pairs)]
        header = ["respondent", "answer_sha256", "answer", "codes", "note"]
        coders = {
            coder: pd.DataFrame([(*line[:2], "", other if line[2] else "money", "") for line in lines], columns=header)
            for coder, other in (("A", "money"), ("B", "money;staff"))
        }
        coders["B"]["suggested"] = ["staff:0.91" if line[2] else "" for line in lines]
        ruled = [(*line[:2], "", "staff", self.text("C"), self.text("read again")) for line in lines if line[2]]
        return coders, pd.DataFrame(ruled, columns=[*header[:4], "by", "why"])

    def _coded(self) -> Coded:
        return code_wave(
            self.cleaned.clean,
            instrument=self.instrument,
            wave=WAVE,
            codebook=self.codebook,
            codings={"why": self.coders},
            adjudications={"why": self.ruled},
        )

    def _estimates(self) -> pd.DataFrame:
        return estimate_wave(
            self.cleaned.clean,
            instrument=self.instrument,
            wave=WAVE,
            settings=self.settings.estimates,
            declared=self.settings.waves[WAVE],
            codes=self.coded.codes,
            agreement=self.coded.agreement,
            uncoded=self.coded.uncoded,
            codebook=self.codebook,
            received=self.responses,
            excluded=self.cleaned.excluded,
            changes=self.cleaned.changes,
        )

    def _written(self) -> Written:
        return write_paper(
            TEMPLATE,
            file="paper.md.j2",
            estimates=self.estimates,
            settings=self.settings,
            instrument=self.instrument,
            figures=Figures(),
            tables=Tables.declared_in("tables.yaml", {"tables": {"offices": OFFICES}}),
            literals={},
            bibliography_keys=(),
            alt_texts={},
            codebook=self.codebook,
            quotable={WAVE: self._quotable()},
        )

    def _quotable(self) -> pd.DataFrame:
        """Every answer is cleared, and nothing is taken out."""
        answers = answers_of(self.cleaned.clean, "why")
        cleared = pd.DataFrame({"respondent": answers.respondents, "answer_sha256": answers.hashes})
        lines = {"question": "why", "language": "en", "cleared_by": "The team", "when": "", "file": "c.csv", "line": 2}
        found = quotable(
            self.cleaned.clean,
            self.coded.codes,
            cleared.assign(**lines),
            instrument=self.instrument,
            wave=WAVE,
            redact=lambda text: (text, ()),
        )
        return found.answers

    def _study(self) -> Audited:
        tables = WaveTables(
            wave=WAVE,
            instrument=self.instrument,
            raw=self.raw,
            clean=self.cleaned.clean,
            changes=self.cleaned.changes,
            excluded=self.cleaned.excluded,
            codes=self.coded.codes,
            uncoded=self.coded.uncoded,
            codings={"why": self.coders},
        )
        sources = Sources(
            settings=self.settings,
            exports={WAVE: "ab" * 32},
            corrections={WAVE: ("data/corrections/2020.csv", "cd" * 32)},
            codebook=("data/coding/codebook.yaml", "1", "ef" * 32),
            code={"estimate_wave": ("scripts/estimate_wave.py", ["recount/estimate/shares.py"])},
        )
        ledger = traced(self.written.numbers, {WAVE: tables}, sources)
        files = {row["provenance"]["code"]["file"] for row in ledger["estimates"].values()}
        return Audited(
            settings=self.settings,
            instrument=self.instrument,
            codebook=self.codebook,
            ledger=ledger,
            claims=self.written.claims,
            estimates=self.estimates,
            tables={WAVE: tables},
            agreement={WAVE: self.coded.agreement},
            adjudications={WAVE: {"why": self.ruled}},
            code={file: (ROOT / file).read_text(encoding="utf-8") for file in sorted(files)},
            signatures=[self._signature("clean", []), self._signature("draw", ["report/figures.yaml has changed"])],
        )

    def _signature(self, stage: str, why: list[str]) -> dict[str, Any]:
        said = {"by": self.text("Ada"), "note": self.text("Read it."), "date": "", "withdrawn": ""}
        state = "lapsed" if why else "holds"
        return {"stage": stage, **said, "file": f"review/{stage}/ada.yaml", "state": state, "why": why}
