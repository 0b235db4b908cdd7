"""Figures and tables in the text: placed, numbered by order of appearance, and referred to."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from recount.errors import Finding, TemplateError, nearest
from recount.study.figures import Figures
from recount.study.tables import Tables
from recount.write.compiled import TracedEnvironment
from recount.write.markdown import plain, quoted
from recount.write.rendering import rendered
from recount.write.tables import TableWriter

PREFIX = {"figure": "fig", "table": "tbl"}
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]+\{#([\w-]+)[^}\n]*\}[ \t]*$", re.MULTILINE)
NAMES = {"en": {"figure": "Figure ", "table": "Table "}, "zh": {"figure": "图", "table": "表"}}


class Floats:
    """The functions `figure(name)`, `table(name)` and `ref(name, kind)` of the template."""

    def __init__(
        self,
        environment: TracedEnvironment,
        *,
        figures: Figures,
        tables: Tables,
        writer: TableWriter,
        alternatives: Mapping[str, str],
        files: Mapping[str, str],
    ) -> None:
        self._environment = environment
        self._figures = figures.figures
        self._tables = tables.tables
        self._writer = writer
        self._alternatives = alternatives
        self._files = files
        self._page = environment.page

    def functions(self) -> dict[str, Callable[..., Any]]:
        """Give the functions by the names that they have in a template."""
        return {"figure": self.figure, "table": self.table, "ref": self.ref}

    def figure(self, name: str) -> Markup:
        """Place a figure: an image without an extension, for each document picks its format."""
        declared = self._figures[_known(name, self._figures, "figure")]
        caption = self._text("caption", declared.caption, "figures", name)
        if name not in self._alternatives:
            missing = Finding(
                problem="this figure has no alternative text", key=f"figure {name}", mend="draw the figure"
            )
            self._page.fault(TemplateError(missing))
        alternative = plain(self._alternatives.get(name, ""))
        return Markup(  # noqa: S704 - Markdown, made of escaped parts
            f"![{caption}](figures/{name}){{#fig-{name} alt={quoted(alternative)}}}{self._placed('figure', name)}"
        )

    def table(self, name: str) -> Markup:
        """Place a table, with its caption, and below it its note."""
        declared = self._tables[_known(name, self._tables, "table")]
        with self._page.within("table", file=self._files["tables"], key=f"tables.{name}"):
            body, notes = self._environment.guarded(lambda: self._writer.write(declared)) or ("", [])
        caption = self._text("caption", declared.caption, "tables", name)
        note = self._text("note", declared.note, "tables", name) if declared.note else ""
        below = "\n\n".join(part for part in (note, *notes) if part)
        parts = [body, f": {caption} {{#tbl-{name}}}{self._placed('table', name)}"]
        parts += [f"::: note\n{below}\n:::"] if below else []
        return Markup("\n\n".join(parts))  # noqa: S704 - Markdown, made of escaped parts

    def ref(self, name: str, kind: str = "", *, lang: str = "en") -> Markup:
        """Refer to a figure or table by its number, or to a section by its title, as a link.

        `kind` is `figure`, `table` or `section` (the heading's id is then `sec-NAME`).
        """
        kinds: dict[str, Mapping[str, Any]] = {"figure": self._figures, "table": self._tables}
        if kind not in ("section", *kinds):
            raise TemplateError(_no_kind(name, kind))
        if lang not in NAMES:
            raise TemplateError(
                Finding(problem="unknown language", key="ref", value=lang, expected=nearest(lang, [*NAMES]))
            )
        if kind in kinds:
            _known(name, kinds[kind], kind)
        return Markup(self._page.print("reference", "", f"{lang}/{kind}/{name}"))  # noqa: S704 - a marker

    def _placed(self, kind: str, name: str) -> str:
        return self._page.print("float", "", f"{kind}/{name}")

    def _text(self, part: Any, source: str, kind: str, name: str) -> str:
        """A caption or note, which may hold the paper's language, on one line."""
        key = f"{kind}.{name}.{part}"
        with self._page.within(part, file=self._files[kind], key=key):
            text = rendered(self._environment, self._environment.from_string, source)
        return " ".join(str(text).split())


def _known(name: str, known: Mapping[str, Any], kind: str) -> str:
    if name not in known:
        raise TemplateError(
            Finding(
                problem=f"no {kind} is declared so", key=kind, value=str(name), expected=nearest(str(name), [*known])
            )
        )
    return name


def _no_kind(name: str, kind: str) -> Finding:
    expected = 'ref("NAME", "figure"), ref("NAME", "table") or ref("NAME", "section")'
    before, colon, after = str(name).partition(":")
    mend = f'write ref("{after}", "{before}")' if colon else ""
    problem = "this is no kind of thing" if kind else "say what it refers to"
    return Finding(problem=problem, key="ref", value=str(kind or name), expected=expected, mend=mend)


def resolved(thing: str, order: Mapping[tuple[str, str], int], headings: Mapping[str, str]) -> tuple[str, str]:
    """Give a reference's text and target; raise `TemplateError` where it is not placed."""
    lang, kind, name = thing.split("/", 2)
    if kind == "section":
        identifier = f"sec-{name}"
        if identifier not in headings:
            expected = nearest(identifier, list(headings))
            problem = "no heading of the text has this id"
            raise TemplateError(Finding(problem=problem, key="ref", value=identifier, expected=expected))
        return headings[identifier], identifier
    if (kind, name) not in order:
        mend = f'{{{{ {kind}("{name}") }}}}'
        raise TemplateError(Finding(problem=f"{name!r} is never placed in the text", key="ref", mend=mend))
    return f"{NAMES[lang][kind]}{order[kind, name]}", f"{PREFIX[kind]}-{name}"


def headings(text: str) -> dict[str, str]:
    """Give the titles of the sections that have an id, by the id."""
    return {found[2]: found[1] for found in _HEADING.finditer(text)}
