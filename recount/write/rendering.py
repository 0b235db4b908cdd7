"""Rendering a template so that the author's mistakes become findings with their line, and ours stay ours."""

import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jinja2
from jinja2 import Template, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplateError as JinjaError

from recount.errors import Finding, RecountError, TemplateError
from recount.write.compiled import TracedEnvironment
from recount.write.page import Page

UNNAMED = "<template>"
JINJA = Path(jinja2.__file__).parent


def rendered(environment: TracedEnvironment, load: Callable[[str], Template], source: str) -> str | None:
    """Load and render a template; None where it could not be rendered to its end, with the fault on the page.

    `load` takes `source`: a name or the text itself. A TypeError or ValueError that was raised in the template's own
    code, or in what Jinja2 brings along, is the author's; one from deeper down is ours and stays a traceback.
    """
    page = environment.page
    try:
        return load(source).render()
    except TemplateSyntaxError as error:
        finding = Finding(problem=error.message or "this is not a template")
        page.fault(TemplateError(_placed(finding, page, error.lineno)))
    except TemplateNotFound as error:
        finding = Finding(problem="the paper is one template and takes no other in", value=str(error.name))
        page.fault(TemplateError(_placed(finding, page, _line(error, page))))
    except JinjaError as error:
        page.fault(TemplateError(_placed(Finding(problem=str(error)), page, _line(error, page))))
    except RecountError as error:
        line = _line(error, page)
        page.fault(type(error)(*(_placed(each, page, line) for each in error.findings)))
    except (TypeError, ValueError, LookupError, ArithmeticError) as error:
        if not _of_template(error, page):
            raise
        page.fault(TemplateError(_placed(Finding(problem=str(error)), page, _line(error, page))))
    return None


def _of_template(error: Exception, page: Page) -> bool:
    innermost = traceback.extract_tb(error.__traceback__)[-1].filename
    return innermost in (page.template, UNNAMED) or JINJA in Path(innermost).parents


def _placed(finding: Finding, page: Page, line: int | None) -> Finding:
    if finding.file:
        return finding
    key = " ".join(part for part in (page.key, finding.key) if part)
    return replace(finding, file=page.file or page.template, row=None if page.key else line, key=key)


def _line(error: Exception, page: Page) -> int | None:
    """The line of the template in the traceback, which Jinja2 writes there."""
    found = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == page.template]
    return found[-1] if found else None
