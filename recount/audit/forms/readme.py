"""The README of a replication package, from a template in the sections that social science data editors ask for."""

from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from recount.audit.forms.cells import code, prose
from recount.audit.forms.datasets import datasets, sources
from recount.audit.forms.facts import Facts
from recount.audit.forms.listing import listed
from recount.audit.forms.places import IN_TEXT
from recount.display.formatter import Formatter
from recount.errors import Finding, TemplateError

UNTRACED = ("cited", "literal", "literals file")


def readme(facts: Facts, template: str, *, file: str) -> str:
    """Write README-data-editors.md; raise `TemplateError`, naming `file`, where the template is not in order.

    Values come into the template as plain text, which `prose` and `code` write so that they cannot be markup.
    """
    environment = SandboxedEnvironment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters |= {"prose": prose, "code": code}
    try:
        return environment.from_string(template).render(**_values(facts))
    except jinja2.TemplateError as error:
        row = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else None
        raise TemplateError(Finding(problem=str(error), file=file, row=row)) from None


def _values(facts: Facts) -> dict[str, Any]:
    """What the template may print, as docs/forms.md lists it."""
    rows, known = listed(facts), facts.software
    direct = [name for name in facts.direct if name in known]
    others = [name for name in known if name not in (*direct, "python")]
    return {
        "title": facts.title,
        "notice": facts.notice,
        **_counts(facts, sum(1 for each in rows if each.place == IN_TEXT)),
        "instrument": facts.settings.instrument,
        "sources": sources(facts),
        "datasets": datasets(facts),
        "seed": str(facts.settings.coding.seed) if facts.numbers["codebook"] else "",
        "bootstraps": _bootstraps(facts),
        "python": known.get("python", ""),
        "packages": [(name, known[name]) for name in direct],
        "dependencies": [(name, known[name]) for name in others],
        "programs": facts.programs,
        "explained": any(each["kind"] in UNTRACED for each in facts.numbers["allowed"]),
        "listed": [each for each in rows if not each.number or each.place == IN_TEXT],
    }


def _bootstraps(facts: Facts) -> list[tuple[str, str]]:
    """The waves whose errors come from replicates that are drawn here, each with its seed."""
    replicates = {name: wave.drawn.replicates for name, wave in facts.settings.waves.items() if wave.drawn}
    return [(name, str(each.seed)) for name, each in replicates.items() if each and each.method == "bootstrap"]


def _counts(facts: Facts, in_text: int) -> dict[str, str]:
    """How many tables, figures and in-text numbers there are, with their nouns."""
    write, floats = Formatter(facts.settings.display), facts.numbers["floats"]
    named = {"tables": (len(floats["table"]), "table"), "figures": (len(floats["figure"]), "figure")}
    named["in_text"] = (in_text, "in-text number")
    return {name: f"{write.count(n)} {write.noun(n, noun, f'{noun}s')}" for name, (n, noun) in named.items()}
