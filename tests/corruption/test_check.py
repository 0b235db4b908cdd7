"""Faults that `recount check` must find in a built study: each planted alone, and found with its file, kind and mend.

Each file is put back under its old date: nothing here can be told from dates.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from recount.audit.check.check import check
from recount.audit.check.found import Found
from recount.audit.check.io import read_built, read_present
from recount.audit.check.told import faults
from recount.ingest.seal import digest
from tests.corruption.library import ADA, CORRECTIONS, RAW, RULED

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("library"), pytest.mark.usefixtures("study")]

AGAIN = "snakemake --cores 4 --forcerun"
CLEAN, CODES, ESTIMATES = "results/2025/clean.csv", "results/2025/codes.csv", "results/2025/estimates.csv"
PAPER, MANIFEST = "results/paper/paper.html", "results/manifest.json"
SEAL = "put the sealed file back; or, if this one is meant to replace it: recount seal 2025, then snakemake --cores 4"
# What follows from a fault, whatever comes before it.
LAST = {"results/paper/paper.md", PAPER, "results/paper/numbers.json", "results/audit/index.html", MANIFEST}


def spoil(file: str, old: str, new: str) -> None:
    """Replace a text in a file, under its old date."""
    path = Path(file)
    before, state = path.read_bytes(), path.stat()
    assert old.encode() in before
    path.write_bytes(before.replace(old.encode(), new.encode(), 1))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def append(file: str, text: str) -> None:
    """Write more at the end of a file, under its old date."""
    whole = Path(file).read_text(encoding="utf-8")
    spoil(file, whole, whole + text)


def found() -> list[Found]:
    """All that speaks against the results."""
    return faults(check(read_built(), read_present()))


def told(each: Found) -> tuple[str, str, str, str]:
    return each.kind, ", ".join(part for part in (each.file, each.key) if part), each.problem, each.mend


def raw_row_changed() -> None:
    spoil(RAW, "Rather satisfied", "Very satisfied")
    os.utime(RAW, (0, 0))


def rule_deleted() -> None:
    """Take away the rule that draws figures, and leave what it drew."""
    Path("rules/draw.smk").unlink()
    spoil("Snakefile", 'include: "rules/draw.smk"\n', "")


def words_changed() -> None:
    """Change what is said in code, and nothing that it does."""
    append("recount/estimate/intervals.py", "\n# A comment.\n")
    spoil("recount/estimate/shares.py", '"""', '"""Say it otherwise. ')
    append("rules/clean.smk", "\n# Another.\n")


CHANGED = "has changed since the build"
FAULTS: dict[str, tuple[Callable[[], None], list[tuple[str, str, str, str]], set[str]]] = {
    "a raw file swapped under an older date": (
        raw_row_changed,
        [("raw file", RAW, "this is not the export that was sealed", SEAL)],
        {"results/2025/export", CLEAN, CODES, ESTIMATES, *LAST},
    ),
    "a row added to the raw file": (
        lambda: append(RAW, Path(RAW).read_text(encoding="utf-8").splitlines(keepends=True)[-1]),
        [("raw file", RAW, "this is not the export that was sealed", SEAL)],
        {"results/2025/export", CLEAN, *LAST},
    ),
    "an edited result": (
        lambda: spoil(PAPER, "61%", "91%"),
        [("edited", PAPER, "this is not what write_document wrote", f"{AGAIN} {PAPER}")],
        set(),
    ),
    "an edited intermediate": (
        lambda: spoil(CLEAN, "satisfied", "dissatisfied"),
        [("edited", CLEAN, "this is not what clean_wave wrote", f"{AGAIN} {CLEAN}")],
        set(),
    ),
    "an edited record": (
        lambda: spoil("results/records/clean_wave/2025.json", "most complete", "first"),
        [
            (
                "stale",
                MANIFEST,
                "parts of results/ were built anew after it was written",
                f"{AGAIN} {MANIFEST}",
            ),
            (
                "stale",
                "config.yaml, cleaning.keep",
                "was first at the build, is most complete now",
                f"{AGAIN} results/2025/changes.csv",
            ),
        ],
        set(),
    ),
    "a changed helper function": (
        lambda: spoil("recount/estimate/intervals.py", "def wilson(", "def wilsons("),
        [
            (
                "stale",
                "recount/estimate/intervals.py",
                f"{CHANGED}: wilson, wilsons, what stands outside of functions",
                f"{AGAIN} {ESTIMATES}",
            )
        ],
        {ESTIMATES, *LAST},
    ),
    "a changed comment, docstring and layout": (
        words_changed,
        [],
        set(),
    ),
    "a changed setting": (
        lambda: append("config.yaml", "\ndisplay: {percent_decimals: 1}\n"),
        [
            (
                "stale",
                "config.yaml, display.percent_decimals",
                "was 0 at the build, is 1 now",
                f"{AGAIN} results/figures/uses.csv",
            )
        ],
        {"results/figures/uses.csv", *LAST},
    ),
    "a setting written out with its default": (
        lambda: append("config.yaml", "\ndisplay: {percent_decimals: 0}  # as before\n"),
        [],
        set(),
    ),
    "a corrections row taken away": (
        lambda: spoil(CORRECTIONS, "35,L031,Q5,60,16,misread,Cy\n", ""),
        [("stale", CORRECTIONS, CHANGED, f"{AGAIN} results/2025/changes.csv")],
        {CLEAN, ESTIMATES, *LAST},
    ),
    "a changed code": (
        lambda: spoil(ADA, ",coffee,", ",books,"),
        [("stale", ADA, CHANGED, f"{AGAIN} results/2025/agreement.csv")],
        {CODES, ESTIMATES, *LAST},
    ),
    "an adjudication taken away": (
        lambda: Path(RULED).unlink(),
        [("stale", RULED, "is gone since the build", f"{AGAIN} results/2025/agreement.csv")],
        {CODES, ESTIMATES, *LAST},
    ),
    "a changed lock": (
        lambda: spoil("envs/requirements.txt", "pydantic==", "pydantic==9."),
        [("environment", "envs/requirements.txt", CHANGED, f"{AGAIN} results/2025/export")],
        {"results/2025/export", CLEAN, ESTIMATES, *LAST},
    ),
    "a figure that was drawn by hand": (
        lambda: Path("results/figures/better.svg").touch(),
        [("left over", "results/figures/better.svg", "no rule makes this", "rm results/figures/better.svg")],
        set(),
    ),
    "a manifest edited to say that all is well": (
        lambda: spoil(MANIFEST, '"style": "report/styles/journal.csl"', '"style": "report/styles/other.csl"'),
        [("edited", MANIFEST, "this is not what write_manifest wrote", f"{AGAIN} {MANIFEST}")],
        set(),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_fault_is_found_and_nothing_else(fault: str) -> None:
    plant, exp, stale = FAULTS[fault]
    plant()
    got = found()
    if fault == "a changed lock":  # which versions are installed is told, too
        got = [each for each in got if not each.problem.startswith("what is installed")]
    got = sorted(got, key=told)
    assert [told(each)[:3] for each in got] == [each[:3] for each in sorted(exp)]
    # The command names the jobs that are looked for here, and further ones that read the same file.
    assert all(set(each[3].split()) <= set(one.mend.split()) for one, each in zip(got, sorted(exp), strict=True))
    assert all(stale <= set(each.stale) for each in got)


def test_nothing_is_found_in_what_was_built() -> None:
    assert found() == []


def test_what_comes_before_a_fault_is_not_stale_because_of_it() -> None:
    spoil(ADA, ",coffee,", ",books,")
    (got,) = found()
    assert not {"results/2025/export", "results/2025/raw.parquet", CLEAN} & set(got.stale)


def test_what_a_deleted_rule_left_is_found() -> None:
    rule_deleted()
    left = [each for each in found() if each.kind == "left over"]
    assert [told(each)[:3] for each in left] == [
        (
            "left over",
            "results/figures/uses.csv",
            "no rule makes this any more; draw_figure did; it left 5 more",
        )
    ]
    assert left[0].mend.startswith("rm results/figures/uses.csv ")
    assert "results/figures/uses.svg" in left[0].mend


def test_a_raw_file_that_was_swapped_and_sealed_anew_is_stale_and_no_longer_a_raw_fault() -> None:
    before = digest(RAW)
    raw_row_changed()
    spoil("data/raw/SHA256SUMS", before, digest(RAW))
    (got,) = found()
    assert told(got)[:2] == ("stale", "data/raw/SHA256SUMS, 2025")
    assert {"results/2025/export", CLEAN, *LAST} <= set(got.stale)
