"""The Chinese font that the environment carries: for a PDF whole, for a page of HTML the letters that it needs."""

import base64
import io
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from recount.errors import Finding, TemplateError

FONT = "NotoSansCJKtc-Regular.otf"
FIRST = 0x2E80  # CJK Radicals Supplement: where East Asian scripts begin


def font_folder() -> Path:
    """Find the folder that holds the font; importing its package is not needed. Raises `TemplateError` without it."""
    spec = find_spec("cvttf_NotoSansCJK_Regular")
    if spec is None or spec.origin is None or not (Path(spec.origin).parent / FONT).exists():
        raise TemplateError(
            Finding(
                problem="there is no Chinese font in this environment",
                expected="the package cvttf-notosanscjk-regular, as pinned in envs/requirements.txt",
                mend="make",
            )
        )
    return Path(spec.origin).parent


def font_face(text: str) -> str:
    """Write a CSS font-face that holds the East Asian letters of `text`, and nothing where it has none."""
    letters = "".join(sorted({letter for letter in text if ord(letter) >= FIRST}))
    if not letters:
        return ""
    content = base64.b64encode(_subset(letters)).decode()
    return f'@font-face {{ font-family: "Paper Chinese"; src: url(data:font/woff;base64,{content}) format("woff"); }}\n'


@cache
def _subset(letters: str) -> bytes:
    """Cut the font down to `letters`; locl keeps the forms of each language apart. Both pages of a desk need it."""
    from fontTools.subset import Options, Subsetter, load_font, save_font  # type: ignore[import-untyped]

    options = Options(layout_features=["locl"], flavor="woff", recalc_timestamp=False, name_IDs=[0, 13], hinting=False)
    stream = io.BytesIO()
    with load_font(str(font_folder() / FONT), options) as font:
        subsetter = Subsetter(options=options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        save_font(font, stream, options)
    return stream.getvalue()
