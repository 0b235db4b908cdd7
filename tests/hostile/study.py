"""A study in which every text is hostile: markup, code, formulas, signs that no eye sees, very long answers.

Where a text may hold no digit (titles, captions), none of the payloads has one. What is the paper's own language, the
template and the captions, is the author's, and gets only what is text there.
"""

import csv
import io
from collections.abc import Iterator
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from recount.audit.sign.io import HEAD
from recount.audit.sign.signature import file_of
from recount.coding.answers import answer_hash

MARKUP = '</script><script>window.taken=true</script><img src=x onerror="window.taken=true"><style>*{color:red}</style>'
MARKDOWN = "**b** `c` [a](javascript:window.taken=true) ![i](x) [^n] @key $x$ | cell | # h"
TYPST = '#import "x.typ": y #eval("z") <label>'
TEX = "\\immediate\\write{id} \\input{x} \\def\\y{z} % ~^_"
TEMPLATE = "{{ settings }} {% raw %} {## c ##} ${policy} $title"
XML = "]]>&amp;&lt;<!--"
UNSEEN = "\x01\x1b[m\x7f\u0085\u202egnp\u2066\u200b\ufeff"
PAYLOADS = (MARKUP, MARKDOWN, TYPST, TEX, TEMPLATE, XML, UNSEEN)
# What a spreadsheet would run; the last two begin with a sign that is no letter at all.
STARTS = ('=HYPERLINK("http://x")', "+A+A", "-A+A", "@SUM(A)", "\t=A", "\r=A")
LONG = " long" * 20_000
WAVE, RAW = "2025", "data/raw/2025/responses.csv"
RESPONSES = 24
TEMPLATE_TEXT = """# Findings

{{ respondents() }} answered. {{ share("visits", "often") }} said {{ label("visits", "often") }} to
{{ wording("visits") }}, most "{{ ranked("uses").label }}" ({{ ranked("uses") }}).
Of wishes, {{ share("wishes", "desks") }} were {{ label("wishes", "desks") }}.

{{ table("visits") }}

{{ table("uses") }}

{{ figure("uses") }}

{{ figure("wishes") }}
"""


class Hostile:
    """Makes every text hostile, each with another beginning; `given` are the texts that were made."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self._starts: Iterator[str] = cycle(STARTS)

    def __call__(self, text: str) -> str:
        made = f"{next(self._starts)} {' '.join(PAYLOADS)} {text}"
        self.given.append(made)
        return made

    def authored(self, text: str) -> str:
        """Make a text of which the paper's Markdown is a part, which it is the author's to use."""
        return f"=A {MARKUP} {TYPST} {TEX} {text}"


def lay(folder: Path) -> list[str]:
    """Write the study; give the texts that stand in it."""
    text = Hostile()
    cells = _cells(text)
    raw = _csv(list(cells), list(zip(*cells.values(), strict=True)))
    files: dict[str, str] = {
        RAW: raw,
        "data/raw/SHA256SUMS": f"{sha256(raw.encode()).hexdigest()}  2025/responses.csv\n",
        "config.yaml": _yaml(_settings(text)),
        "data/instrument.yaml": _yaml(_instrument(text, list(cells))),
        "data/corrections/2025.csv": _corrections(text, cells),
        "data/coding/codebook.yaml": _yaml({"version": text("v"), "questions": {"wishes": _codes(text)}}),
        **_codings(text, cells),
        "data/published.yaml": _yaml({"figures": [_published(text)]}),
        "report/paper.md.j2": TEMPLATE_TEXT,
        "report/figures.yaml": _yaml({"figures": {name: _float("bars", name) for name in ("uses", "wishes")}}),
        "report/tables.yaml": _yaml(
            {"tables": {"visits": _float("crosstab", "visits", groups=["hours"]), "uses": _float("items", "uses")}}
        ),
        "report/references.bib": "@misc{key, title = {A <b>title</b> {{x}}}, year = {2020}}\n",
        **_signature(text),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode("utf-8"))
    return text.given


def _cells(text: Hostile) -> dict[str, list[str]]:
    numbers = range(RESPONSES)
    return {
        "who": [text(f"TEST {n}") if n % 8 == 7 else text(f"R{n}") for n in numbers],
        "visits": ["ABX"[n % 3] for n in numbers],
        "visits_other": [text("other") + LONG * (n == 2) if n % 3 == 2 else "" for n in numbers],
        "hours": ["LR"[n % 2] for n in numbers],
        "uses_books": ["Yes" if n % 2 else "" for n in numbers],
        "uses_desks": ["Yes" if n % 3 else "" for n in numbers],
        "way": ["-5" if n == 4 else text("far") if n == 5 else str(n) for n in numbers],
        text("wishes, as a column"): [text("desks") + LONG * (n == 1) if n % 4 else "" for n in numbers],
        text("a column that nobody reads"): [text("unread") for _ in numbers],
    }


def _settings(text: Hostile) -> dict[str, Any]:
    wave = {"title": text("wave"), "export": RAW, "format": "csv", "design": "census", "contacted": 30}
    return {
        "title": text.authored("title"),
        "short_title": text.authored("short"),
        "authors": [text.authored("author")],
        "keywords": [text.authored("keyword")],
        "waves": {WAVE: wave},
        "cleaning": {"tests": {"respondent": ["TEST"]}},
        "estimates": {"groups": ["hours"], "minimum_base": 1},
        "paper": {"wave": WAVE, "formats": ["html", "pdf", "docx", "tex", "xml"]},
    }


def _instrument(text: Hostile, columns: list[str]) -> dict[str, Any]:
    *_, wishes, unread = columns

    def question(name: str, kind: str, column: str = "", **more: Any) -> dict[str, Any]:
        fielded = {WAVE: more.pop("fielded", {"column": column or name})}
        return {"id": name, "type": kind, "label": text(name), "text": text(f"what {name}"), "waves": fielded, **more}

    def options(**values: str) -> list[dict[str, Any]]:
        return [{"id": name, "label": text(name), "values": [value]} for name, value in values.items()]

    ticked = {"columns": {"books": "uses_books", "desks": "uses_desks"}, "comparable": False, "note": text("a note")}
    return {
        "title": text("questionnaire"),
        "questions": [
            question("who", "id"),
            question("visits", "single", categories=options(often="A", rarely="B", other="X")),
            question("visits_other", "text"),
            question("hours", "single", categories=options(left="L", right="R")),
            question("uses", "multi", fielded=ticked, categories=options(books="Yes", desks="Yes")),
            question("way", "number", range=[-10, 600], unit=text("minutes")),
            question("wishes", "text", wishes, coded=True),
        ],
        "ignored": {WAVE: {unread: text("nobody needs it")}},
    }


def _corrections(text: Hostile, cells: dict[str, list[str]]) -> str:
    header = ["row", "respondent", "column", "before", "after", "reason", "by"]
    rows = [["7", cells["who"][5], "way", cells["way"][5], "-6", text("misread"), text("editor")]]
    rows.append(["8", cells["who"][6], "*", "", "exclude", text("withdrew"), text("editor")])
    return _csv(header, rows)


def _codes(text: Hostile) -> list[dict[str, str]]:
    fields = ("label", "definition", "use_when", "not_when", "example")
    return [{"id": code, **{name: text(name) for name in fields}} for code in ("desks", "books")]


def _codings(text: Hostile, cells: dict[str, list[str]]) -> dict[str, str]:
    """Two coders who differ on every third answer, and an adjudicator; as people save them, with guards in front."""
    wishes = list(cells)[-2]
    counted = [n for n in range(RESPONSES) if cells[wishes][n] and n % 8 != 7 and n != 6]
    said = [(cells["who"][n].strip(), cells[wishes][n].strip()) for n in counted]
    ada = [[who, answer_hash(answer), "", "desks", text("note")] for who, answer in said]
    bo = [[*line[:3], "books" if place % 3 == 0 else "desks", text("note")] for place, line in enumerate(ada)]
    ruled = [[*line[:3], "desks", text("ruler"), text("why")] for line in ada[::3]]
    header = ["respondent", "answer_sha256", "answer", "codes"]
    folder = "data/coding/2025/wishes"
    return {
        f"{folder}.ada.csv": _csv([*header, "note"], ada),
        f"{folder}.bo.csv": _csv([*header, "note"], bo),
        f"{folder}.adjudication.csv": _csv([*header, "by", "why"], ruled),
    }


def _published(text: Hostile) -> dict[str, Any]:
    figure = {"id": "often", "wave": WAVE, "statement": text("often"), "kind": "bound", "above": 1, "unit": "percent"}
    of = {"question": "visits", "category": "often", "statistic": "share"}
    return {**figure, **of, "source": ["P"], "reference": text("a report"), "note": text("a note")}


def _float(kind: str, question: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "caption": f"{MARKUP} {TYPST} {question}", "items": [{"question": question}], **more}


def _signature(text: Hostile) -> dict[str, str]:
    name = text("reviewer")
    said = {"stage": "clean", "by": name, "note": text("read"), "date": text("today"), "outputs": {"results/x": "y"}}
    return {file_of("clean", name): HEAD + _yaml(said)}


def _yaml(content: Any) -> str:
    return yaml.safe_dump(content, sort_keys=False, width=10_000)


def _csv(header: list[str], rows: list[Any]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([header, *rows])
    return written.getvalue()
