"""All data of the audit pages, as one piece that JSON can hold."""

from itertools import chain
from typing import Any

from recount.audit.pages.code import functions, rules
from recount.audit.pages.coded import coded
from recount.audit.pages.estimates import estimates, written_counts
from recount.audit.pages.methods import METHODS, STATISTICS
from recount.audit.pages.numbers import allowed, claims, numbers, quotations
from recount.audit.pages.origins import origins
from recount.audit.pages.questions import codebook, questions
from recount.audit.pages.responses import responses
from recount.audit.pages.signatures import signatures
from recount.audit.pages.stages.cleaning import cleaning
from recount.audit.pages.stages.coding import coding
from recount.audit.pages.stages.estimating import estimating
from recount.audit.pages.stages.figures import figures
from recount.audit.pages.stages.raw import raw
from recount.audit.pages.stages.text import text
from recount.audit.pages.study import Study
from recount.display import terms
from recount.estimate.compared import INDEPENDENCE, RANKS

TESTED = (INDEPENDENCE, RANKS)
VERSION = 1
Json = dict[str, Any]


def model(study: Study, main: str) -> Json:
    """Put together what the pages show; `main` is the paper's page, in which the numbers stand.

    Texts of respondents, and all that repeats, are places in `texts`, which comes last since the rest fills it.
    """
    waves = {wave: _wave(study, wave) for wave in study.tables}
    used = set(study.estimates["method"])
    made = {
        "version": VERSION,
        "study": _study(study),
        "waves": waves,
        "totals": _totals(study, waves),
        "questions": questions(study),
        "codebook": {**(study.ledger["codebook"] or {}), "questions": codebook(study)},
        "numbers": numbers(study),
        "claims": claims(study),
        "allowed": allowed(study),
        "quotations": quotations(study),
        "estimates": estimates(study),
        "origins": origins(study),
        "figures": figures(study),
        "text": text(study, main),
        "signatures": signatures(study),
        "rules": rules(study),
        "functions": functions(study),
        "statistics": STATISTICS,
        "methods": {name: list(METHODS[name]) for name in METHODS if name in used},
        "tests": _tests(study),
        "reasons": list(terms.REASONS.items()),
    }
    return {**made, "counts": _counts(study, made), "texts": study.pool.texts()}


def _tests(study: Study) -> dict[str, str]:
    """Name what is said of tests, as their estimates have it."""
    found = study.estimates.loc[study.estimates["statistic"].isin(TESTED), "category"].unique()
    return {str(each): terms.of_test(str(each)) for each in found}


def _study(study: Study) -> Json:
    return {
        "title": study.settings.title,
        "wave": study.settings.paper.wave,
        # In the order of time: an object of JavaScript's puts names that are numbers first.
        "waves": list(study.tables),
        "simulated": list(study.settings.simulated),
        "confidence": study.formatter.percent(study.settings.estimates.confidence),
        "with_rows": study.with_rows,
        "floats": study.ledger.get("floats", {}),
    }


def _wave(study: Study, wave: str) -> Json:
    tables, declared = study.tables[wave], study.settings.waves[wave]
    return {
        "title": declared.title or wave,
        "design": declared.design,
        "simulated": declared.simulated,
        "sealed": study.ledger["waves"].get(wave),
        "raw": raw(study, wave),
        "cleaning": cleaning(study, wave),
        "coding": coding(study, wave),
        "estimating": estimating(study, wave),
        "rows": {**responses(tables, study.pool), "coded": coded(study, wave)} if study.with_rows else None,
    }


def _totals(study: Study, waves: Json) -> dict[str, int]:
    """What passed from stage to stage in all waves together."""

    def total(stage: str, end: str) -> int:
        return sum(wave[stage][end] for wave in waves.values())

    return {
        "responses": total("raw", "out"),
        "respondents": total("cleaning", "out"),
        "coded": total("coding", "out"),
        "estimates": total("estimating", "out"),
        "numbers": len(study.ledger["numbers"]),
        "printed": len(study.ledger["estimates"]),
    }


def _counts(study: Study, made: Json) -> dict[str, str]:
    """The counts that are written with a separator, wherever they stand."""
    values = made["estimates"]["values"]
    stages = ("raw", "cleaning", "coding", "estimating")
    counted = [made["totals"], made["text"], *(wave[stage] for wave in made["waves"].values() for stage in stages)]
    found = chain(*(values[name] for name in ("n", "base", "asked", "answered")), *map(_whole_numbers, counted))
    return written_counts(study, found)


def _whole_numbers(content: Any) -> list[int]:
    """Every whole number at any depth."""
    if isinstance(content, dict | list):
        parts = content.values() if isinstance(content, dict) else content
        return [n for each in parts for n in _whole_numbers(each)]
    return [content] if isinstance(content, int) and not isinstance(content, bool) else []
