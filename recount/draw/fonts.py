"""The font of a text: the one that comes with matplotlib, and one with East Asian letters where there are any."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from recount.draw.theme import FONT
from recount.errors import Finding, StudyError

FIRST_EAST_ASIAN = 0x2E80  # CJK Radicals Supplement: where East Asian scripts begin
EAST_ASIAN_FILE = "NotoSansCJKtc-Regular.otf"


def families(text: str) -> list[str]:
    """Name the fonts in which a text is set, the second for the letters that the first does not have."""
    return [FONT, _east_asian()] if is_east_asian(text) else [FONT]


def is_east_asian(text: str) -> bool:
    """Say whether there are East Asian letters in a text."""
    return any(ord(letter) >= FIRST_EAST_ASIAN for letter in text)


@cache
def _east_asian() -> str:
    """Make the font known to matplotlib, once and only when it is needed, for it is large."""
    from matplotlib.font_manager import FontProperties, fontManager

    spec = find_spec("cvttf_NotoSansCJK_Regular")
    file = Path(spec.origin).parent / EAST_ASIAN_FILE if spec and spec.origin else None
    if file is None or not file.exists():
        raise StudyError(
            Finding(
                problem="a label has East Asian letters, and there is no font for them in this environment",
                expected="the package cvttf-notosanscjk-regular, as pinned in envs/requirements.txt",
                mend="make",
            )
        )
    fontManager.addfont(file)
    return FontProperties(fname=file).get_name()
