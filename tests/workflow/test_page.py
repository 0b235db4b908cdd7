"""The paper's page as it is seen on a narrow screen."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("study")]
# In pixels from the right edge of a box that scrolls.
STRIP = 3


def edge(box: Locator) -> tuple[int, ...]:
    """The colour that most of the box's right edge has."""
    with Image.open(BytesIO(box.screenshot())) as picture:
        strip = picture.convert("RGB").crop((picture.width - STRIP, 0, picture.width, picture.height))
        return Counter(strip.get_flattened_data()).most_common(1)[0][0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wide", ["#tbl-regions", "#fig-agendas"])
def test_what_is_wider_than_the_page_shows_it_until_it_is_scrolled_to_its_end(
    study: Path, chromium: Browser, scheme: str, wide: str
) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.set_default_timeout(120_000)  # a busy machine takes its time to open a page
    page.goto((study / "results/paper/paper.html").as_uri())
    box = page.locator(f".scroll:has({wide}), {wide} .scroll").first
    assert box.get_attribute("aria-label")
    before = edge(box)
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    box.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    page.wait_for_timeout(500)  # a press of a key scrolls smoothly
    box.evaluate("box => { box.scrollLeft = box.scrollWidth; box.blur(); }")
    after = edge(box)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor") if wide.startswith("#tbl") else "#fff"
    page.close()
    assert before != after
    assert after == Image.new("RGB", (1, 1), paper).getpixel((0, 0))
