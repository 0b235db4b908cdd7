"""An author's day: the next wave comes in, and at its end the paper says what is true of it."""

import csv
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from recount.cli import app
from tests.workflow.studies import ROOT, snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("author_day")]

NOW = "2027"
CODEBOOK = """\
version: "1"
questions:
  wishes:
    - {id: longer, label: "Longer hours", definition: "The library should be open for longer."}
    - {id: rest, label: "Something else", definition: "Any other wish."}
"""


def recount(*arguments: str) -> str:
    got = CliRunner().invoke(app, list(arguments))
    assert got.exit_code == 0, got.output
    return got.stdout


def edited(file: str, *edits: tuple[str, str]) -> None:
    """Edit a file as a person does: each place must be there, once."""
    text = Path(file).read_text(encoding="utf-8")
    for before, after in edits:
        assert text.count(before) == 1, (file, before, text.count(before))
        text = text.replace(before, after)
    Path(file).write_text(text, encoding="utf-8")


def build(study: Path) -> subprocess.CompletedProcess[str]:
    return snakemake(study, snakefile=ROOT / "Snakefile")


def next_export(before: Path, after: Path) -> None:
    """The questionnaire went out again: they are less content; a question is reworded, another and an option new."""
    with before.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    place = {name: number for number, name in enumerate(rows[0])}
    names, wordings, ids, *responses = rows
    wordings[place["Q5"]] = "How many minutes does it usually take you to come here?"
    for number, response in enumerate(responses):
        how, _, what = response[place["Q3"]].partition(" ")
        if what == "satisfied" and number % 2:
            response[place["Q3"]] = f"{how} dissatisfied"
        response.append("Yes" if response[place["Q2"]] != "Less often" else "No")
    for response in responses[-4:]:
        response[place["Q2"]] = "This was my first visit"
    head = [[*names, "Q7"], [*wordings, "Would you recommend the library to others?"], [*ids, '{"ImportId":"QID7"}']]
    with after.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([*head, *responses])


def coded(file: Path, uncoded: Path) -> None:
    """A coder fills in the sheet of one question."""
    with uncoded.open(encoding="utf-8", newline="") as lines:
        answers = [row for row in csv.DictReader(lines) if row["question"] == "wishes"]
    file.parent.mkdir(parents=True)
    with file.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow(["respondent", "answer_sha256", "answer", "codes", "note"])
        for row in answers:
            code = "longer" if "open" in row["answer"].lower() else "rest"
            writer.writerow([row["respondent"], row["answer_sha256"], row["answer"], code, ""])


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The day from morning to evening; what was seen at each step."""
    folder = tmp_path_factory.mktemp("day")
    study = folder / "study"
    shutil.copytree(ROOT / "examples/minimal", study, ignore=shutil.ignore_patterns("results", ".snakemake"))
    next_export(study / "data/raw/2025/responses.csv", folder / "export.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(study)
        return dict(_steps(study, folder / "export.csv"))


def _steps(study: Path, export: Path) -> list[tuple[str, str]]:
    listed = recount("wave", "add", str(export), "--wave", NOW, "--accept", "0.9")
    undecided = build(study)
    mend_the_crosswalk()
    recount("wave", "accept", NOW)
    edited(
        "config.yaml",
        ('wave: "2025"\n', f'wave: "{NOW}"\n'),
        ('2027/responses.csv"\n', '2027/responses.csv"\n    contacted: 130\n'),
    )
    failed = build(study)
    coded(study / f"data/coding/{NOW}/wishes.anna.csv", study / f"results/{NOW}/uncoded.csv")
    claim = '{% claim share("hours", "content") '
    wishes = '{{ share("wishes", "longer") }} wish that it were open for longer.'
    edited(
        "report/paper.md.j2",
        (
            claim + "> 0.5 %}Most{% endclaim %} visitors",
            claim + "< 0.5 %}Fewer than half{% endclaim %} of the visitors",
        ),
        ('{{ table("hours") }}', wishes + '\n\n{{ table("hours") }}'),
    )
    built = build(study)
    page = Path("results/paper/paper.md").read_text(encoding="utf-8") if built.returncode == 0 else built.stderr[-6000:]
    kept = Path("data/instrument.yaml").read_text(encoding="utf-8")
    return [
        ("list", listed),
        ("undecided", undecided.stderr),
        ("claims", failed.stderr),
        ("page", page),
        ("kept", kept),
    ]


def mend_the_crosswalk() -> None:
    """What only a person knows: how the new option shall be called, and that wishes are coded."""
    edited(
        "data/instrument.yaml",
        ('{id: first_visit, label: "This was', '{id: first, values: ["This was my first visit"], label: "It was'),
        ('    text: "What should the library change?"\n    type: text\n',
         '    text: "What should the library change?"\n    type: text\n    coded: true\n'),
    )  # fmt: skip
    Path("data/coding").mkdir(exist_ok=True)
    Path("data/coding/codebook.yaml").write_text(CODEBOOK, encoding="utf-8")


def test_the_list_names_each_change(day: dict[str, str]) -> None:
    told = day["list"]
    assert "`way`: How many minutes [did -> does] it [-> usually] take you to come here? [today? ->]" in told
    assert '`visits`: new: "This was my first visit", 4 answers' in told
    assert '`Q7`: "Would you recommend the library to others?", single' in told


def test_nothing_is_built_before_each_proposal_is_decided(day: dict[str, str]) -> None:
    waiting = [line for line in day["undecided"].splitlines() if "this is proposed, and nobody has decided it" in line]
    assert [line.split(", ")[1].split(".")[0] for line in waiting] == ["visits", "visits", "way", "recommend"]


def test_after_the_switch_the_build_names_the_sentence_that_is_no_longer_true(day: dict[str, str]) -> None:
    assert "Most" in day["claims"]
    assert "report/paper.md.j2" in day["claims"]


def test_in_the_evening_the_paper_is_about_the_new_wave(day: dict[str, str]) -> None:
    assert "Fewer than half" in day["page"]
    assert "wish that it were open for longer" in day["page"]


def test_a_persons_comments_are_where_they_were(day: dict[str, str]) -> None:
    before = (ROOT / "examples/minimal/data/instrument.yaml").read_text(encoding="utf-8")
    comments: Callable[[str], list[str]] = lambda text: [line for line in text.splitlines() if "# " in line]  # noqa: E731
    assert comments(day["kept"]) == comments(before)
