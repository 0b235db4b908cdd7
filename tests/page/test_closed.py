"""A page that works from disk: what it carries along, and what its policy admits."""

import base64
import re
from io import BytesIO

from fontTools.ttLib import TTFont

from recount.page.closed import closed_page
from recount.page.seal import seal

TEMPLATE = (
    '<meta content="$policy"><style>$style</style><h1>$heading</h1><script>$data</script><script>$script</script>'
)
FONT = re.compile(r"@font-face[^}]*base64,([\w+/=]+)")


def page(answer: str, heading: str = "Answers") -> str:
    return closed_page(TEMPLATE, styles=["p {}"], scripts=["go();"], data={"answer": answer}, heading=heading)


def letters(made: str) -> set[str]:
    """The letters that the font inside the page can draw."""
    (font,) = FONT.findall(made)
    return {chr(code) for code in TTFont(BytesIO(base64.b64decode(font))).getBestCmap()}


def test_chinese_letters_of_data_and_headings_bring_their_font_along() -> None:
    assert set("缺乏资金障碍") <= letters(page("缺乏资金", "障碍"))
    assert "城" not in letters(page("缺乏资金"))


def test_a_page_without_such_letters_carries_no_font() -> None:
    assert not FONT.findall(page("Lack of money; falta de voluntad política"))


def test_the_policy_admits_the_style_with_the_font_in_it() -> None:
    made = page("缺乏资金")
    style = made.partition("<style>")[2].partition("</style>")[0]
    assert f"style-src '{seal(style)}'" in made
    assert "font-src data:" in made
