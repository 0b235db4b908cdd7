"""The ledger with its provenance: from each number that the paper prints back to the cells of the raw export."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from recount.audit.members import Members, index_of, members, touched
from recount.audit.origin import origin_of, origin_of_interval
from recount.audit.tables import Rows, WaveTables
from recount.coding.statistics import AGREEMENT
from recount.estimate.composition import EFFECTIVE, STANDARDISED
from recount.estimate.indices import STATISTICS as INDICES
from recount.estimate.since import SINCE, since
from recount.study.settings import Settings
from recount.write.number import Estimate

Ledger = dict[str, Any]
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What people wrote and programs ran, which the ledger names: files with their SHA-256, and code by rule.

    `exports` is by wave; `corrections` by wave, where there is such a file; `codebook` is its file, version and digest;
    `code` gives, for each rule, its script and the modules that this runs.
    """

    settings: Settings
    exports: Mapping[str, str]
    corrections: Mapping[str, tuple[str, str]]
    codebook: tuple[str, str, str] | None
    code: Mapping[str, tuple[str, list[str]]]


def traced(printed: Ledger, tables: Mapping[str, WaveTables], sources: Sources) -> Ledger:
    """Add to what the paper prints where it comes from, as docs/numbers.schema.json describes it.

    Raise `AuditError` where the rows behind an estimate are not as many as it counts.
    """
    estimates = {
        key: {**row, "provenance": provenance(estimate_of(key, row), tables[row["wave"]])}
        for key, row in printed["estimates"].items()
    }
    numbers = [{**number, "settings": settings_of_display(number)} for number in printed["numbers"]]
    used = {row["wave"] for row in estimates.values()}
    waves = {wave: wave_of(wave, tables[wave], sources) for wave in sources.settings.waves if wave in used}
    head = {key: printed[key] for key in ("version", "title", "wave", "simulated")}
    code = {rule: {"script": script, "modules": modules} for rule, (script, modules) in sources.code.items()}
    added = {"waves": waves, "codebook": _codebook(sources), "code": code}
    return {**head, **added, **printed, "numbers": numbers, "estimates": estimates}


def estimate_of(key: str, row: Mapping[str, Any]) -> Estimate:
    """Make an estimate of its entry in the ledger."""
    return Estimate(key=key, **{name: value for name, value in row.items() if name != "provenance"})


def provenance(estimate: Estimate, tables: WaveTables) -> Json:
    """Trace one estimate to the cells of the export: columns, rows, what cleaning changed, codes, code, settings."""
    # Who is counted in a hidden estimate is as hidden as how many they are; so is who is counted in a rounded one.
    found = Members(None, None) if estimate.hidden else members(estimate, tables)
    found = found if tables.round_to is None else Members(None, None)
    interval = origin_of_interval(estimate)
    return {
        "columns": columns(estimate, tables),
        "rows": {"numerator": _rows(found.numerator), "base": _rows(found.base)},
        "changes": changes(estimate, tables),
        "coding": _coding(estimate, tables, found),
        "code": {"rule": _rule(estimate), **asdict(origin_of(estimate))},
        "interval_code": asdict(interval) if interval else None,
        "settings": settings_behind(estimate),
    }


def digest(rows: Rows) -> str:
    """Take the SHA-256 of row numbers: ascending, in decimal, a line feed after each, as `sha256sum` takes a list's."""
    text = "".join(f"{row}\n" for row in np.sort(rows).tolist())
    return sha256(text.encode()).hexdigest()


def columns(estimate: Estimate, tables: WaveTables) -> Json:
    """Name the columns of the export behind an estimate: of its answers, of who was asked, of its group, its weight."""
    weight = tables.instrument.of_type("weight", tables.wave)
    if estimate.question in ("", "-"):
        items = index_of(estimate, tables).items if estimate.statistic in INDICES else ()
        weighing = _named(tables, [weight.id]) if weight and items else []
        return {"answer": _named(tables, items), "universe": [], "group": [], "weight": weighing}
    return {
        "answer": list(answer_columns(estimate, tables)),
        "universe": _named(tables, _universe(estimate.question, tables)),
        "group": _named(tables, filter(None, [_group(estimate)])),
        "weight": _named(tables, [weight.id] if weight else []),
    }


def answer_columns(estimate: Estimate, tables: WaveTables) -> tuple[str, ...]:
    """Name the columns that hold the answers of an estimate: of its categories, where each has a column."""
    nets = tables.question(estimate.question).nets
    chosen = nets.get(estimate.category) or tuple(part for part in estimate.category.split("+") if part)
    return tables.export_columns(estimate.question, chosen)


def changes(estimate: Estimate, tables: WaveTables) -> Json:
    """Count the cells of the answers that cleaning changed, by rule, and list the rows that people corrected.

    Counted are all respondents of the estimate's group: a change can also have taken somebody out of the base.
    """
    if estimate.question in ("", "-"):
        return {"by_rule": {}, "corrected_rows": []}
    log = tables.changes
    variables = {*tables.clean_columns(estimate.question), estimate.question}
    log = log[log["variable"].isin(variables) & log["row"].isin(touched(estimate, tables))]
    corrected = np.unique(log.loc[log["rule"] == "correction", "row"].to_numpy(dtype=np.int64))
    return {
        "by_rule": {str(rule): int(n) for rule, n in sorted(log["rule"].value_counts().items())},
        "corrected_rows": corrected.tolist(),
    }


def settings_behind(estimate: Estimate) -> list[str]:
    """List the keys of config.yaml that shape an estimate, besides the rules of cleaning."""
    keys = [f"waves.{estimate.wave}", "cleaning"]
    if estimate.question in ("", "-"):
        return keys
    keys += ["estimates.minimum_base", *_hiding(estimate)]
    keys += ["estimates.confidence"] if estimate.method or estimate.low is not None else []
    if estimate.group == SINCE:
        keys += [f"waves.{since(estimate.level).earlier}", "estimates.protect"]
    elif estimate.statistic in STANDARDISED.values():
        keys += ["comparison"]
    return [*keys, *(["estimates.groups"] if _group(estimate) else [])]


def _group(estimate: Estimate) -> str:
    """The group that an estimate is by, also where it is of two waves; "" where there is none."""
    return since(estimate.level).group if estimate.group == SINCE else estimate.group


def _hiding(estimate: Estimate) -> list[str]:
    """The other rules that hide an estimate."""
    keys = {
        "rounding": ["round_to"],
        "cell under": ["minimum_cell", "show_zeros"],
        "dominance": ["dominance", "p_percent"],
    }
    named = [key for reason, rules in keys.items() if reason in estimate.hidden for key in rules]
    return [f"estimates.{key}" for key in named]


def settings_of_display(number: Mapping[str, Any]) -> list[str]:
    """List the keys of config.yaml that shape how a number of the ledger is written; none for a name."""
    if number["kind"] == "name":
        return []
    percentage = ["percent_decimals", "percent_sign"]
    by_way = {"words": ["words_up_to"], "counted": ["words_up_to"], "percent": percentage, "of_whole": percentage}
    by_unit = {
        "share": percentage,
        "share of mentions": percentage,
        "difference of shares": ["percent_decimals"],
        "mean": ["decimals"],
        "ratio": ["decimals"],
    }
    way = number["written_as"]
    plain = way in ("value", "interval", "range", "figure", "points")
    keys = by_way.get(way, by_unit.get(number["unit"], []) if plain else [])
    return [f"display.{key}" for key in ("rounding", *keys)]


def wave_of(wave: str, tables: WaveTables, sources: Sources) -> Json:
    """Say what a wave's numbers rest on: its export and seal, how many responses were kept, its corrections."""
    declared = sources.settings.waves[wave]
    corrections = sources.corrections.get(wave)
    return {
        "export": declared.export,
        "sha256": sources.exports[wave],
        "format": tables.raw.format,
        "simulated": declared.simulated,
        "design": declared.design,
        "received": len(tables.received) if tables.round_to is None else None,
        "kept": len(tables.kept) if tables.round_to is None else None,
        "corrections": {"file": corrections[0], "sha256": corrections[1]} if corrections else None,
    }


def _rule(estimate: Estimate) -> str:
    if estimate.group == SINCE or estimate.statistic in (*STANDARDISED.values(), EFFECTIVE):
        return "compare_waves"
    return "code_answers" if estimate.statistic in AGREEMENT else "estimate_wave"


def _rows(rows: Rows | None) -> Json | None:
    return None if rows is None else {"n": len(rows), "sha256": digest(rows)}


def _universe(question: str, tables: WaveTables) -> list[str]:
    """The questions that decide who was asked, and those that decide who was asked these."""
    found: list[str] = []
    waiting = list(tables.question(question).universe_in(tables.wave))
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found.append(name)
            waiting += tables.question(name).universe_in(tables.wave)
    return found


def _named(tables: WaveTables, questions: Iterable[str]) -> list[str]:
    return [column for question in questions for column in tables.export_columns(question)]


def _coding(estimate: Estimate, tables: WaveTables, found: Members) -> Json | None:
    """Who coded the answers in the base, and how the final codes were decided."""
    if estimate.question in ("", "-") or not tables.question(estimate.question).coded or found.base is None:
        return None
    inside = np.isin(tables.kept, found.base)
    codes = tables.codes[tables.codes["question"] == estimate.question]
    decided = codes[codes["respondent"].isin(tables.respondents[inside])].drop_duplicates("respondent")
    return {
        "coders": [coder for coder, flags in tables.coders(estimate.question).items() if (flags & inside).any()],
        "decided_by": {str(by): int(n) for by, n in sorted(decided["decided_by"].value_counts().items())},
    }


def _codebook(sources: Sources) -> Json | None:
    return None if sources.codebook is None else dict(zip(("file", "version", "sha256"), sources.codebook, strict=True))
