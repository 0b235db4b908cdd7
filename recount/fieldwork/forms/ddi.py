"""DDI Codebook 2.x: variables with question texts and categories, as archives describe a data set."""

from xml.etree import ElementTree as ET

from recount.errors import ExportError, Finding
from recount.fieldwork.forms.markup import below, parsed, text_of
from recount.fieldwork.stated import Asks, Option, Questionnaire, Stated


def read(content: bytes, *, file: str) -> Questionnaire:
    """Read the codebook; raise `ExportError` where it describes no variables."""
    root = parsed(content, file=file)
    variables = list(below(root, "var"))
    if not variables:
        raise ExportError(
            Finding(
                problem="the codebook describes no variables",
                file=file,
                expected="dataDscr with var elements",
                mend="take the codebook that the archive gives for the data file; this one describes the study alone",
            )
        )
    title = next((text_of(each) for each in below(root, "titl")), "")
    return Questionnaire("DDI Codebook", title, tuple(_stated(each) for each in variables))


def _stated(variable: ET.Element) -> Stated:
    question = next(below(variable, "qstn"), None)
    literal = next(below(variable, "qstnLit"), None)
    text = text_of(literal) or text_of(question) or text_of(_child(variable, "labl"))
    options = [_option(each) for each in below(variable, "catgry")]
    kept = tuple(each for each in options if each.label or each.code)
    asks: Asks = "single" if kept else "number" if variable.get("intrvl") == "contin" else "unknown"
    return Stated(
        name=variable.get("name", ""), text=text, asks=asks, options=kept, routing=text_of(_child(variable, "universe"))
    )


def _option(category: ET.Element) -> Option:
    code = text_of(_child(category, "catValu"))
    return Option(text_of(_child(category, "labl")) or code, code)


def _child(element: ET.Element, name: str) -> ET.Element | None:
    return next((each for each in element if str(each.tag).rpartition("}")[2] == name), None)
