"""A question of which several categories can be ticked, all of them in one cell."""

from collections.abc import Mapping

from recount.audit.sql.fielded import Fielded
from recount.audit.sql.meanings import by_category, meanings
from recount.audit.sql.quote import UNSEEN, pattern, text, texts
from recount.audit.sql.sources import cell_of, joined_log
from recount.study.instrument import Question

# What parts the options: as it is added behind the last one, and as a regular expression.
_MARKS = {";": ("';'", ";"), ",": ("','", ","), "|": ("'|'", "\\|"), "csv": ("','", ","), "space": ("' '", " ")}
_LINE = ("chr(10)", r"[\n-\r\x1C-\x1E\x{85}\x{2028}\x{2029}]")


def list_reading(of: Fielded, question: Question) -> str:
    """Read the log, else take the known texts off the cell one by one, the longest first."""
    separator = question.waves[of.wave].separator or "csv"
    cell = cell_of(of, question)
    known = _options(meanings(of, question, of.column(question.waves[of.wave].column or "")), csv=separator == "csv")
    mark, between = _MARKS.get(separator, _LINE)
    longest_first = sorted(known, key=lambda option: (-len(option), option))
    option = "|".join(pattern(each) for each in longest_first)
    around = f'[{UNSEEN}"]*' if separator == "csv" else f"[{UNSEEN}]*"
    found = f"{around}({option}){around}{between}"
    cases = "".join(
        f"      WHEN option IN ({texts(said)}) THEN {text(category)}\n"
        for category, said in by_category(question, known).items()
    )
    return (
        "SELECT kept.row, CASE\n"
        "    WHEN changed.row IS NOT NULL THEN string_split(nullif(changed.after, ''), ';')\n"
        f"    ELSE nullif([CASE\n{cases}"
        f"    END FOR option IN regexp_extract_all({cell} || {mark}, {text(found)}, 1)], [])\n"
        f"  END AS ticked\nFROM kept\n{joined_log(question.id)}"
    )


def _options(known: Mapping[str, str], *, csv: bool) -> dict[str, str]:
    """The texts as they stand in a list: without outer blanks; in a CSV cell quotation marks are doubled, too."""
    options: dict[str, str] = {}
    for said, category in known.items():
        options.setdefault(said.strip(), category)
        if csv and '"' in said:
            options.setdefault(said.strip().replace('"', '""'), category)
    options.pop("", None)
    return options
