"""Responses made up for measuring: their numbers of rows, questions, strata and clusters are all that matters."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

Codes = npt.NDArray[np.int64]

LABELS = ("Strongly disagree", "Disagree", "Neither nor", "Agree", "Strongly agree")
# What people and platforms make of them: another case, blanks, another language. Each must come out, and be logged.
OTHERWISE = ("STRONGLY DISAGREE", " Disagree", "Weder noch", "agree", "Strongly  agree")
NO_ANSWER = "n/a"
ODD, SILENT = 0.01, 0.03
CHUNK = 50_000
GROUPS = {"region": 8, "age": 6, "sex": 2, "education": 4, "place": 3}
STRATA, CLUSTERS = 50, 2_000


def answers(rows: int, questions: int, *, seed: int = 1) -> Iterator[Codes]:
    """Draw answers from 0 to 4 in pieces, a column a question; later categories are likelier in later questions."""
    random = np.random.default_rng(seed)
    for start in range(0, rows, CHUNK):
        size = min(CHUNK, rows - start)
        skill = np.linspace(0.35, 0.65, questions)
        yield random.binomial(len(LABELS) - 1, skill, (size, questions))


def write_export(path: Path, rows: int, questions: int, *, seed: int = 1) -> None:
    """Write a CSV export: a code, the answers as labels, a few of them odd, a few missing."""
    random = np.random.default_rng(seed + 1)
    texts = np.array([*LABELS, *OTHERWISE, NO_ANSWER])
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["code", *names(questions)])
        row = 0
        for drawn in answers(rows, questions, seed=seed):
            chance = random.random(drawn.shape)
            shown = np.where(chance < SILENT, len(texts) - 1, np.where(chance > 1 - ODD, drawn + len(LABELS), drawn))
            for cells in texts[shown].tolist():
                writer.writerow([f"R{row:08}", *cells])
                row += 1


def names(questions: int) -> list[str]:
    """Name the questions: q01, q02, ..."""
    return [f"q{number:02}" for number in range(1, questions + 1)]


def closed(questions: int) -> dict[str, int]:
    """Give the groups and the questions of a sample, and how many categories each has."""
    return {**GROUPS, **dict.fromkeys(names(questions), len(LABELS))}


def write_instrument(path: Path, questions: int) -> None:
    """Write the questionnaire of such an export."""
    import yaml

    scale = [
        {"id": f"c{number}", "label": label, "score": number, "values": [OTHERWISE[number]] if number == 2 else []}  # noqa: PLR2004
        for number, label in enumerate(LABELS)
    ]
    code = {"id": "code", "label": "Code", "text": "Your code", "type": "id", "waves": {"now": {"column": "code"}}}
    asked = [
        {"id": name, "label": name, "text": f"Do you agree? ({name})", "type": "scale", "scale": "agreement"}
        | {"waves": {"now": {"column": name}}}
        for name in names(questions)
    ]
    content = {"title": "Made up", "missing": [NO_ANSWER], "scales": {"agreement": scale}, "questions": [code, *asked]}
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def sample(rows: int, questions: int, *, seed: int = 1) -> Iterator[pa.Table]:
    """Draw a sample in pieces: weight, stratum, cluster, five groups, the answers; categories as codes from 0."""
    random = np.random.default_rng(seed + 2)
    for drawn in answers(rows, questions, seed=seed):
        cluster = random.integers(0, CLUSTERS, len(drawn))
        columns = {
            "weight": random.gamma(4, 0.25, len(drawn)),
            "stratum": cluster % STRATA,
            "cluster": cluster,
            **{group: random.integers(0, levels, len(drawn)) for group, levels in GROUPS.items()},
            **{name: drawn[:, place] for place, name in enumerate(names(questions))},
        }
        small = {name: codes.astype(np.int16) if codes.dtype == np.int64 else codes for name, codes in columns.items()}
        yield pa.table(small)


def write_sample(path: Path, rows: int, questions: int) -> None:
    """Write such a sample as Parquet, a piece at a time."""
    writer = None
    for piece in sample(rows, questions):
        writer = writer or pq.ParquetWriter(path, piece.schema, compression="zstd")
        writer.write_table(piece)
    if writer:
        writer.close()
