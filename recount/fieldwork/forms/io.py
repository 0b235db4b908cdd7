"""Tell which platform's questionnaire a file is, and read it."""

from pathlib import Path

from recount.errors import ExportError, Finding
from recount.fieldwork.forms import ddi, labelled, limesurvey, qualtrics, redcap, xlsform
from recount.fieldwork.stated import Questionnaire
from recount.ingest.read import read_export

_KNOWN = "Qualtrics .qsf, LimeSurvey .lss, XLSForm .xlsx, a REDCap dictionary, DDI Codebook .xml, an SPSS or Stata file"


def read_questionnaire(file: Path) -> Questionnaire:
    """Read a questionnaire's file by what it holds; raise `ExportError` where it is of no form that is known."""
    content, name = file.read_bytes(), file.name
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"$FL", b"<stata_dta>")):
        return labelled.read(read_export(file, name=name))
    if start.startswith(b"PK\x03\x04"):
        return xlsform.read(content, file=name)
    if start.startswith(b"{"):
        return qualtrics.read(content, file=name)
    if b"LimeSurveyDocType" in start:
        return limesurvey.read(content, file=name)
    if start[:1] == b"<" and b"codeBook" in start:
        return ddi.read(content, file=name)
    if redcap.recognised(start):
        return redcap.read(content, file=name)
    old = start.startswith(b"\xd0\xcf\x11\xe0")
    raise ExportError(
        Finding(
            problem="an Excel workbook of the old kind (.xls)" if old else "this is no known file of a questionnaire",
            file=name,
            expected=_KNOWN,
            mend="open it in a spreadsheet program, and save it as .xlsx" if old else "export the questionnaire again",
        )
    )
