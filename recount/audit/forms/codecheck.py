"""The CODECHECK configuration file: what a codechecker is to recreate, and of which paper.

Fields and form follow the CODECHECK configuration file specification, version 1.0 (https://codecheck.org.uk/spec/config/1.0/);
the fields that version 2.0 asks for besides are there to be filled in.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from recount.audit.forms.facts import Facts
from recount.audit.forms.places import named
from recount.write.index import FILE
from recount.write.markdown import plain

SPECIFICATION = "https://codecheck.org.uk/spec/config/1.0/"
PAPER = "results/paper/paper."
USE = """\
# Filled in by Recount from results/paper/numbers.json. Copy it to the root of the folder that is checked: the manifest
# names files as seen from there. `snakemake --cores 4` recreates them; results/manifest.json has their SHA-256.
"""
OF_AUTHORS = """\
# For the authors: the corresponding author first; the plain ORCID of each; the article's DOI as a link.
"""
OF_CODECHECKER = """\
# For the codechecker: all that follows. `report` is the link to the published report, `repository` that to code and
# data, `check_time` when the check was completed, `certificate` the identifier in the CODECHECK register, YYYY-NNN.
"""
LEFT = {"report": "", "summary": "", "repository": "", "check_time": "", "certificate": ""}


def codecheck(facts: Facts) -> str:
    """Write codecheck.yml; where responses are simulated, a comment at its top and a field of its own say so."""
    about = f"# {plain(facts.notice)}\n" if facts.notice else ""
    simulated = {"recount_simulated": facts.notice} if facts.notice else {}
    authors = [{"name": name, "ORCID": orcid} for name, orcid in facts.authors]
    paper = {"title": facts.title, "authors": authors, "reference": ""}
    checked = {"codechecker": [{"name": "", "ORCID": ""}], **LEFT}
    parts = [
        f"%YAML 1.1\n---\n{about}{USE}",
        _yaml({"version": SPECIFICATION} | simulated),
        _yaml({"manifest": [{"file": file, "comment": comment} for file, comment in _manifest(facts)]}),
        OF_AUTHORS + _yaml({"paper": paper}),
        OF_CODECHECKER + _yaml(checked),
    ]
    return "\n".join(parts)


def _manifest(facts: Facts) -> Iterator[tuple[str, str]]:
    """The outputs of the paper, each with what it is of it."""
    tables = [place for kind, place, _ in facts.floats() if kind == "table"]
    holds = f", with {_span('Table', tables)}" if tables else ""
    for form in facts.settings.paper.formats:
        yield f"{PAPER}{form}", f"the paper as {form}{holds}"
    for kind, place, name in facts.floats():
        if kind == "figure":
            yield f"results/figures/{name}.pdf", named(kind, place)
            yield f"results/figures/{name}.csv", f"{named(kind, place)}: the values that it draws"
    yield FILE, "every estimate of every wave; tables, figures and numbers in the text are rows of it"
    yield "results/paper/numbers.json", "every number that the paper prints, in order, traced to the raw responses"
    yield "results/paper/claims.json", "every phrase of the paper that depends on numbers, with its condition"


def _span(name: str, places: list[int]) -> str:
    return f"{name} {places[0]}" if len(places) == 1 else f"{name}s {places[0]} to {places[-1]}"


def _yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
