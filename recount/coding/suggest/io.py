"""Reading what suggestions are learned from."""

from collections.abc import Sequence
from pathlib import Path

from recount.clean.io import read_clean
from recount.coding.io import read_codes
from recount.coding.suggest.known import Known, known_answers
from recount.study.instrument import Instrument


def read_known(answers: Sequence[str], codes: Sequence[str], *, instrument: Instrument) -> dict[str, list[Known]]:
    """Read the coded answers of some waves, by question: each wave's clean.parquet, and its codes.csv beside it."""
    known: dict[str, list[Known]] = {}
    for clean_file, codes_file in zip(answers, codes, strict=True):
        wave = Path(clean_file).parent.name
        clean, given = read_clean(clean_file, instrument, wave), read_codes(codes_file)
        for question in instrument.asked_in(wave):
            if question.coded:
                known.setdefault(question.id, []).extend(known_answers(clean, given, question=question.id, wave=wave))
    return known
