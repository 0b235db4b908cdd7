"""What `recount published` prints: verdicts on what was published before, and the bases that it can have."""

import math
from collections.abc import Iterable

from recount.audit.printable import printable
from recount.display.formatter import Formatter
from recount.estimate.granularity import runs
from recount.estimate.reproduced import Compared, Granularity, Outcome
from recount.study.published import Published

NOT_REPRODUCED = "not reproduced"
WIDTH = 70  # of a statement, so that a line stays on a screen


def published_text(compared: Compared, formatter: Formatter, *, simulated: Iterable[str]) -> str:
    """Write a line a published figure, those that are not borne out first, then the bases of each wave."""
    made_up = [wave for wave in simulated if any(each.figure.wave == wave for each in compared.outcomes)]
    notice = [f"The responses of {', '.join(made_up)} are simulated: that a figure comes out is no evidence for it.\n"]
    order = sorted(compared.outcomes, key=lambda each: each.verdict != NOT_REPRODUCED)
    lines = [_verdict(each, formatter) for each in order]
    return "\n".join([*(notice if made_up else []), *lines, *(_bases(each, formatter) for each in compared.waves)])


def _verdict(outcome: Outcome, formatter: Formatter) -> str:
    figure = outcome.figure
    why = f" ({outcome.why})" if outcome.why else ""
    first = f"{outcome.verdict:<15} {figure.wave}  {printable(figure.statement, limit=WIDTH)}"
    return f"{first}\n{'':<15} published {_printed(figure, formatter)}; {_rebuilt(outcome, formatter)}{why}"


def _printed(figure: Published, formatter: Formatter) -> str:
    said = {"": "value", "over ": "above", "under ": "below"}
    found = {word: getattr(figure, name) for word, name in said.items()}
    parts = [word + _as_said(figure, value, formatter) for word, value in found.items() if value is not None]
    parts += [] if figure.rank is None else [f"place {figure.rank}"]
    about = "about " if figure.kind == "approximate" else ""
    return about + (" and ".join(parts) or "in words")


def _as_said(figure: Published, value: float, formatter: Formatter) -> str:
    if figure.unit:
        return formatter.percent(value / 100, decimals=figure.decimals)
    return formatter.number(value, decimals=figure.decimals)


def _rebuilt(outcome: Outcome, formatter: Formatter) -> str:
    if math.isnan(outcome.estimate):
        return "no estimate"
    if outcome.figure.rank is not None:
        return f"held against the other categories of {outcome.figure.key}"
    unit = "share" if outcome.figure.unit else "ratio"
    decimals = outcome.figure.decimals
    text = formatter.value(outcome.estimate, unit, decimals=decimals)
    of_base = f", {formatter.of_base(outcome.n, outcome.base)}" if outcome.figure.unit else ""
    return f"rebuilt {text}{of_base} [{outcome.figure.key}]"


def _bases(wave: Granularity, formatter: Formatter) -> str:
    lines = [
        f"\n{wave.wave}: which bases from 1 to {wave.up_to} can give each percentage (GRIM, Brown and Heathers 2017)"
    ]
    for each in wave.tested:
        found = [] if each.bases is None else runs(each.bases)
        can = "" if each not in wave.impossible else f"  {_printed(each.figure, formatter)} cannot be k of {wave.up_to}"
        lines.append(f"  {_printed(each.figure, formatter):<7} {_listed(found)}{can}")
    return "\n".join([*lines, f"  all at once: {_listed(runs(wave.together))}"])


def _listed(found: list[tuple[int, int]]) -> str:
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found) or "none"
