"""The font of a text: the one that comes with matplotlib, and one with East Asian letters where they are needed."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font

from recount.draw.theme import FONT
from recount.errors import Finding, StudyError

SECOND_FILE = "NotoSansCJKtc-Regular.otf"


def families(text: str) -> list[str]:
    """Name the fonts in which a text is set, the second for the letters that the first does not have.

    Raises `StudyError` for a letter that neither has, for it would be drawn as an empty box.
    """
    if not needs_second(text):
        return [FONT]
    second = _second()
    if lacking := set(text) - {"\n"} - _letters(findfont(FONT)) - _letters(str(second)):
        letters = ", ".join(f"{each!r} (U+{ord(each):04X})" for each in sorted(lacking))
        raise StudyError(
            Finding(
                problem=f"no font of the figures has {letters}",
                value=text,
                expected="labels in scripts that DejaVu Sans or Noto Sans CJK have",
                mend="write the label in the instrument without these letters",
            )
        )
    return [FONT, _known(second)]


def needs_second(text: str) -> bool:
    """Say whether a text has letters that the first font does not have."""
    return not text.isascii() and bool(set(text) - {"\n"} - _letters(findfont(FONT)))


@cache
def _letters(file: str) -> frozenset[str]:
    return frozenset(map(chr, get_font(file).get_charmap()))


@cache
def _known(file: Path) -> str:
    """Make a font known to matplotlib, once and only when it is needed, and say by which name."""
    fontManager.addfont(file)
    return FontProperties(fname=file).get_name()


@cache
def _second() -> Path:
    spec = find_spec("cvttf_NotoSansCJK_Regular")
    file = Path(spec.origin).parent / SECOND_FILE if spec and spec.origin else None
    if file is None or not file.exists():
        raise StudyError(
            Finding(
                problem=f"a label has letters that {FONT} does not have, and there is no font beside it",
                expected="the package cvttf-notosanscjk-regular, as pinned in envs/requirements.txt",
                mend="make",
            )
        )
    return file
