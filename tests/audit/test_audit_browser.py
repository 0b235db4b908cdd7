"""The audit pages and the paper's own page in a browser: from disk, without a network, by mouse and by keyboard."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from recount.audit.pages.pool import LONGEST
from tests.audit.paged import Built, paged

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine"),
    pytest.mark.xdist_group("browser"),
]
WIDE, NARROW = {"width": 1400, "height": 900}, {"width": 360, "height": 740}
# What each text becomes: markup, a run of script, marks of direction, control characters, and a very long answer.
HOSTILE = "</script><img src=x onerror=\"document.title='taken'\"><b>b</b>\u202e\x01[a](javascript:alert(1)) =1+1 "


def hostile(text: str) -> str:
    return HOSTILE + text + (" long" * 20_000 if text.startswith("no money") else "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a study, as they lie on a disk: the paper, and beside it the audit pages."""
    place = tmp_path_factory.mktemp("results")
    for name in ("paper", "audit", "hostile"):
        (place / name).mkdir()
    made = paged(place, responses=60)
    (place / "audit/index.html").write_text(made.page, encoding="utf-8")
    (place / "paper/paper.html").write_bytes(Built(str, 12).paper(place))
    (place / "hostile/index.html").write_text(paged(place, hostile).page, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def context(browser: Browser) -> BrowserContext:
    opened = browser.new_context(viewport=WIDE)
    opened.set_default_timeout(120_000)  # a busy machine opens a page slowly
    return opened


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that may say nothing: no error, nothing that its policy had to stop, nothing asked of a network."""
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "request", lambda request: said.append(request.url) if request.url[:5] not in ("file:", "data:") else None
    )
    yield opened
    opened.close()
    assert said == []


@pytest.fixture
def audit(page: Page, folder: Path) -> Page:
    page.goto((folder / "audit/index.html").as_uri())
    return page


def title(page: Page) -> str:
    return page.inner_text("#audit-card h2")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def go(page: Page, address: str) -> None:
    page.evaluate("address => { location.hash = address; }", address)
    page.wait_for_function("address => decodeURIComponent(location.hash) === address", arg=address)


def unfold(page: Page, part: str) -> None:
    """Open a part of the card, and wait until it is built."""
    page.click(f"#audit-card summary:has-text('{part}')")
    page.wait_for_selector(f"#audit-card .part[open]:has(h3:has-text('{part}')) .content > *", state="attached")


def test_a_click_on_a_number_opens_its_card_and_its_heading_is_focused(audit: Page) -> None:
    audit.click("article .number >> nth=0")
    assert title(audit) == audit.inner_text("article .number >> nth=0")
    assert focused(audit) == "audit-card-title"
    assert audit.url.endswith("#" + str(audit.get_attribute("article .number >> nth=0", "id")))
    parts = audit.locator("#audit-card h3").all_inner_texts()
    assert parts[:5] == ["Question", "From contacted to base", "Answers", "Formula and interval", "Respondents"]
    assert {"SQL", "Code", "Digests", "Where it is used"} <= set(parts)


def test_an_address_opens_the_same_card_from_outside(page: Page, folder: Path) -> None:
    page.goto((folder / "audit/index.html").as_uri() + "#key/2020/office/share/yes")
    assert "Yes · office" in page.inner_text("#audit-card .about")
    assert page.title().endswith("Audit: A paper")


def test_the_flow_leads_from_contacted_to_the_numerator(audit: Page) -> None:
    go(audit, "#key/2020/office/share/yes")
    steps = audit.locator(".flow > li").all_inner_texts()
    counts = [int(step.split("\n")[1]) for step in steps]
    assert [step.split("\n")[0] for step in steps] == [
        "Contacted",
        "Responses received",
        "Respondents",
        "Asked this question",
        "Gave a valid answer: the base",
        "“Yes”",
    ]
    assert counts == sorted(counts, reverse=True)
    assert counts[:2] == [65, 60]


def test_a_respondent_is_shown_from_raw_value_over_change_to_clean_value(audit: Page) -> None:
    go(audit, "#key/2020/staff/mean")
    unfold(audit, "Respondents")
    row = audit.locator("#audit-card .rows tr:has(.changed)").first
    cells = row.locator("td").all_inner_texts()
    assert cells[1].split("\n")[0] == "three"
    assert cells[1].split("\n")[1].startswith("correction: a word")
    assert cells[2] == "3"
    link = row.locator("a").inner_text()
    row.locator("a").click()
    assert audit.inner_text("#audit-card .kicker") == f"Response in {link} of 2020"


def test_numerator_and_base_are_told_apart_and_more_rows_come_when_asked(audit: Page) -> None:
    go(audit, "#key/2020/office/share/yes")
    unfold(audit, "Respondents")
    rows = audit.locator("#audit-card .rows tbody tr")
    labels = audit.locator(".choice label").all_inner_texts()
    base, numerator = (int(label.split("(")[1].rstrip(")")) for label in labels[:2])
    assert rows.count() == 30
    audit.click("#audit-card .rows >> xpath=../.. >> button")
    assert rows.count() == base
    audit.click("text=In the numerator")
    assert rows.count() == min(numerator, 30)


def test_the_digests_of_the_rows_shown_are_those_of_the_ledger(audit: Page) -> None:
    go(audit, "#key/2020/office/share/yes")
    unfold(audit, "Digests")
    audit.wait_for_selector(".verdict:not(:empty)")
    assert audit.locator(".verdict").all_inner_texts() == ["✓ the rows shown here"] * 2


def test_a_quotation_leads_to_who_cleared_it_and_to_its_raw_cell(audit: Page) -> None:
    quoted = audit.inner_text("#audit-paper #q-1")
    audit.click("#audit-paper #q-1 a")
    card = audit.inner_text("#audit-card")
    assert "The team" in card
    raw = audit.locator("#audit-card .part:has-text('From the raw cell') bdi").first.inner_text()
    assert raw in quoted
    audit.click("#audit-card .about a")
    assert "Response in row" in audit.inner_text("#audit-card .kicker")


def test_a_verbatim_leads_to_its_codes_and_who_decided(audit: Page) -> None:
    go(audit, "#key/2020/why/share/staff")
    unfold(audit, "Respondents")
    said = audit.locator("#audit-card .rows tbody tr").first.inner_text()
    assert "no money" in said
    assert "adjudication by C: read again" in said
    assert "B: money label, staff label" in said


@pytest.mark.parametrize("stage", ["raw", "cleaning", "coding", "estimates", "figures", "text"])
def test_each_stage_has_its_page_and_its_checks_hold(audit: Page, stage: str) -> None:
    audit.click(f"#audit-stages a[href='#stage/{stage}']")
    assert focused(audit) == "audit-stage-title"
    assert audit.locator("#audit-stages [aria-current=page]").count() == 1
    assert audit.locator(".fails").count() == 0
    assert (audit.locator(".holds").count() == 0) is (stage == "figures")
    assert audit.is_hidden("#audit-paper")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("office", "Questions"),
        ("75%", "Numbers"),
        ("C12", "Respondents"),
        ("money label", "Codes"),
        ("no money 8", "Answers"),
    ],
)
def test_search_finds_what_is_asked_for_and_the_keyboard_reaches_it(audit: Page, words: str, kind: str) -> None:
    audit.keyboard.press("/")
    audit.keyboard.type(words)
    assert any(head.startswith(kind) for head in audit.locator("#audit-results h2").all_text_contents())
    assert "result" in str(audit.text_content("#audit-told"))
    audit.keyboard.press("ArrowDown")
    audit.keyboard.press("Enter")
    assert audit.is_hidden("#audit-results")
    assert focused(audit) in ("audit-card-title", "audit-stage-title")


def test_j_and_k_go_from_number_to_number_and_escape_leads_back(audit: Page) -> None:
    for key in "jjk":
        audit.keyboard.press(key)
    assert audit.url.endswith("#n-1")
    audit.keyboard.press("Escape")
    assert focused(audit) == audit.inner_text("#n-1")
    assert "checks hold" in title(audit)


def test_keys_of_one_letter_can_be_switched_off(audit: Page) -> None:
    audit.keyboard.press("?")
    unfold(audit, "Keys")
    audit.uncheck("text=Keys of one letter work")
    audit.keyboard.press("j")
    assert audit.url.endswith("#overview")


def test_the_way_back_is_the_browsers(audit: Page) -> None:
    audit.click("#n-1")
    audit.click("#n-2")
    audit.go_back()
    assert audit.inner_text("#audit-card .kicker").startswith("Number n-1")


def test_the_page_of_a_stage_says_who_signed_it_and_what_has_lapsed(audit: Page, folder: Path) -> None:
    said = []
    for stage in ("cleaning", "figures", "raw"):
        audit.goto((folder / "audit/index.html").as_uri() + f"#stage/{stage}")
        said.append(" ".join(audit.inner_text("#audit-stage").split()))
    assert "Signed by Ada Read it." in said[0]
    assert "Signed by Ada; lapsed Read it. report/figures.yaml has changed" in said[1]
    assert "Nobody has signed this stage." in said[2]


def test_hostile_texts_are_shown_as_text_wherever_they_stand(page: Page, folder: Path) -> None:
    page.goto((folder / "hostile/index.html").as_uri())
    images = page.locator("img").count()
    addresses = [f"#stage/{each}" for each in ("raw", "cleaning", "coding", "estimates", "text")]
    addresses += [
        "#n-1",
        "#c-1",
        "#key/2020/why/share/money",
        "#question/networks",
        "#code/why/money",
        "#respondent/2020/2",
    ]
    for address in addresses:
        go(page, address)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        page.wait_for_timeout(30)
        assert "undefined" not in page.inner_text("#audit-card")
    page.fill("#audit-search", "onerror")
    assert page.locator("#audit-results a").count() > 3
    assert page.locator("img").count() == images
    assert page.locator("b").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0
    assert page.title() != "taken"
    assert page.locator(".unseen:has-text('U+202E')").count() > 3


def test_an_answer_of_a_hundred_thousand_letters_is_folded_and_cut(page: Page, folder: Path) -> None:
    page.goto((folder / "hostile/index.html").as_uri() + "#respondent/2020/2")
    said = page.locator(".said:has(button)").first.element_handle()
    assert said is not None
    assert re.search(r"Show all 100\d\d\d letters$", said.inner_text())
    page.click(".said button")
    assert LONGEST < len(said.inner_text()) < LONGEST + 400
    assert "SHA-256" in said.inner_text()


@pytest.mark.parametrize(
    "address", ["#paper", "#n-3", "#stage/cleaning", "#respondent/2020/2", "#key/2020/why/share/staff"]
)
def test_nothing_scrolls_sideways_on_a_narrow_screen(page: Page, folder: Path, address: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto((folder / "audit/index.html").as_uri() + address)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.wait_for_timeout(30)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert page.evaluate("document.getElementById('audit-card').scrollWidth") <= NARROW["width"]


def test_on_a_narrow_screen_the_card_lies_over_the_paper_and_closes(page: Page, folder: Path) -> None:
    page.set_viewport_size(NARROW)
    page.goto((folder / "audit/index.html").as_uri())
    assert page.is_hidden("#audit-card")
    page.click("#n-2")
    assert page.is_visible("#audit-card")
    assert page.evaluate("document.getElementById('main').inert")
    page.click("[aria-label='Close the card']")
    assert page.is_hidden("#audit-card")
    assert focused(page) == page.inner_text("#n-2")


def test_dark_and_light_are_followed_and_both_can_be_read(page: Page, folder: Path) -> None:
    page.goto((folder / "audit/index.html").as_uri() + "#n-3")
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found.append(page.evaluate("['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])"))
    assert found[0] != found[1]
    assert all(contrast(*each) > 7 for each in found)


def contrast(first: str, second: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    lights = sorted(map(_light, (first, second)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(colour: str) -> float:
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("address", ["#paper", "#n-3", "#stage/coding", "#respondent/2020/2"])
def test_landmarks_headings_and_names_are_there_for_those_who_hear_the_page(audit: Page, address: str) -> None:
    go(audit, address)
    for landmark in ("main", "nav", "aside#audit-card", "[role=search]"):
        assert audit.locator(landmark).count() >= 1
    visible = "[...document.querySelectorAll('h1')].filter(each => each.checkVisibility()).length"
    assert audit.evaluate(visible) == 1
    named = "each.textContent.trim() || each.ariaLabel || each.labels?.length"
    nameless = (
        "[...document.querySelectorAll('a[href], button, input, [role=region], nav, aside')]"
        f".filter(each => each.checkVisibility() && !({named})).map(each => each.outerHTML)"
    )
    assert audit.evaluate(nameless) == []
    ids = audit.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))
    assert audit.locator("table:not(:has(caption))").count() == 0


def test_what_is_open_is_what_is_printed(audit: Page) -> None:
    audit.emulate_media(media="print")
    assert audit.is_visible("#audit-paper")
    assert audit.is_hidden("#audit-card")
    audit.emulate_media(media="screen")
    audit.click("#n-1")
    audit.emulate_media(media="print")
    assert audit.is_hidden("#audit-paper")
    assert audit.is_visible("#audit-card h2")
    assert audit.is_visible(".notice")


def test_the_papers_hover_card_leads_to_the_audit_by_keyboard_too(page: Page, folder: Path) -> None:
    page.goto((folder / "paper/paper.html").as_uri())
    number = page.locator("article .number[data-key] a").first
    number.focus()
    assert number.evaluate("each => each.getAttribute('href')").startswith("#e-")
    page.keyboard.press("Tab")
    assert focused(page) == "Audit this number"
    page.wait_for_timeout(300)
    assert page.is_visible("#number-card")
    page.keyboard.press("Shift+Tab")
    assert number.evaluate("each => each === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert not number.evaluate("each => each === document.activeElement")
    number.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/audit/index.html#n-*")
    assert page.inner_text("#audit-card .kicker").startswith("Number n-")
    page.wait_for_load_state("load")
    page.wait_for_timeout(100)  # in which the browser goes to the number in the paper
    assert focused(page) == "audit-card-title"
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('audit-card').contains(document.activeElement)")
