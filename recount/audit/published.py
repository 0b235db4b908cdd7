"""What `recount published` prints: verdicts on what was published before, and the bases that it can have."""

import math
from collections import Counter
from collections.abc import Iterable

from recount.audit.printable import printable
from recount.display.formatter import Formatter
from recount.estimate.granularity import Ints, neighbours, runs
from recount.estimate.reproduced import Compared, Granularity, Outcome
from recount.study.published import Published

NOT_REPRODUCED = "not reproduced"
WIDTH = 70  # of a statement, so that a line stays on a screen
RUNS = 15  # of bases that are listed; published.csv has all of them
NOISE = 1e-9


def published_text(compared: Compared, formatter: Formatter, *, simulated: Iterable[str]) -> str:
    """Write a line a published figure, those that are not borne out first, then the bases of each wave."""
    made_up = [wave for wave in simulated if any(each.figure.wave == wave for each in compared.outcomes)]
    notice = [f"The responses of {', '.join(made_up)} are simulated: that a figure comes out is no evidence for it.\n"]
    order = sorted(compared.outcomes, key=lambda each: each.verdict != NOT_REPRODUCED)
    lines = [_verdict(each, formatter) for each in order]
    counts = Counter(each.verdict for each in order)
    lines.append("\n" + ", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    return "\n".join([*(notice if made_up else []), *lines, *(_bases(each, formatter) for each in compared.waves)])


def _verdict(outcome: Outcome, formatter: Formatter) -> str:
    figure = outcome.figure
    why = f" ({outcome.why})" if outcome.why else ""
    lines = [
        f"{outcome.verdict:<15} {figure.wave}  {printable(figure.statement, limit=WIDTH)}",
        f"{'':<15} published {_printed(figure, formatter)}; {_rebuilt(outcome, formatter)}{why}",
        *([f"{'':<15} {printable(figure.note)}"] if figure.note else []),
    ]
    return "\n".join(lines)


def _printed(figure: Published, formatter: Formatter) -> str:
    said = {"value": "", "above": "over ", "below": "under "}
    parts = [
        word + _as_said(figure, name, formatter) for name, word in said.items() if getattr(figure, name) is not None
    ]
    parts += [] if figure.rank is None else [f"place {figure.rank}"]
    before = {"approximate": "about ", "words": "in words, read as "}.get(figure.kind, "")
    return before + " and ".join(parts) if parts else "in words"


def _as_said(figure: Published, name: str, formatter: Formatter) -> str:
    value, decimals = getattr(figure, name), figure.decimals_of(name)
    if figure.unit:
        return formatter.percent(value / 100, decimals=decimals)
    return formatter.number(value, decimals=decimals)


def _rebuilt(outcome: Outcome, formatter: Formatter) -> str:
    if math.isnan(outcome.estimate):
        return "no estimate"
    if outcome.figure.rank is not None:
        return f"held against the other categories of {outcome.figure.key}"
    unit = "share" if outcome.figure.unit else "ratio"
    decimals = outcome.figure.decimals
    text = formatter.value(outcome.estimate, unit, decimals=decimals)
    return f"rebuilt {text}{_of_base(outcome, formatter)} [{outcome.figure.key}]"


def _of_base(outcome: Outcome, formatter: Formatter) -> str:
    """Whom a share is of; of a weighted one, which is not just so many of them, their number alone."""
    if not outcome.figure.unit or not outcome.base > 0:
        return ""
    if abs(outcome.n / outcome.base - outcome.estimate) > NOISE:
        return f", on {formatter.count(outcome.base)} respondents, weighted"
    return f", {formatter.of_base(outcome.n, outcome.base)}"


def _bases(wave: Granularity, formatter: Formatter) -> str:
    lines = [
        f"\n{wave.wave}: which bases from 1 to {wave.up_to} can give each percentage (GRIM, Brown and Heathers 2017)"
    ]
    for each in wave.tested:
        cannot = _cannot(each, wave, formatter) if each in wave.impossible else ""
        lines.append(f"  {_printed(each.figure, formatter):<7} {_listed(each.bases)}{cannot}")
    return "\n".join([*lines, f"  all at once: {_listed(wave.together)}"])


def _cannot(outcome: Outcome, wave: Granularity, formatter: Formatter) -> str:
    """Say that a percentage is none of the wave's respondents, and which come nearest to it."""
    figure = outcome.figure
    near = [
        f"{formatter.of_base(count, wave.up_to)} is "
        + formatter.percent(count / wave.up_to, decimals=figure.decimals + 1)
        for count in neighbours(figure.value or 0.0, wave.up_to, decimals=figure.decimals)
    ]
    cannot = f"{_printed(figure, formatter)} cannot be k of {wave.up_to}"
    return f"\n{'':<10}{cannot}: {', '.join(near)}"


def _listed(bases: Ints | None) -> str:
    found = [] if bases is None else runs(bases)
    if len(found) > RUNS:
        return f"{sum(last - first + 1 for first, last in found)} of them"
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found) or "none"
