"""The paper as a whole: its ledger, its appendix, its head."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest
import yaml

from recount.errors import TemplateError
from recount.write.io import (
    as_json,
    read_alternatives,
    read_bibliography_keys,
    read_claims,
    read_numbers,
    write_written,
)
from recount.write.paper import Written
from recount.write.unused import unused
from tests.write.schemas import claims_schema, printed_schema

Write = Callable[..., Written]
TEMPLATE = """---
subtitle: "Of {{ respondents() }} cities"
abstract: |
  In short: {{ share("office", "yes") }} have an office.

  A second paragraph.
abstract-zh: |
  {{ share("office", "yes") | zh }}的城市。
---
# Introduction {#sec-introduction}

Nothing here. Of {{ respondents() }} cities, e.g. those that answered, {{ share("office", "yes") }} have an office
({{ share("office", "yes") | of_base }}). See {{ ref("obstacles", "figure") }}, {{ ref("flow", "table") }} and
{{ ref("items", "table") }}.

{{ table("items") }}

{{ figure("obstacles") }}

{{ table("flow") }}

{% claim share("travel", "yes") < 0.5 %}Fewer than half{% endclaim %} travel; first comes
{{ ranked("obstacles").label }}.
"""


def _metadata(written: Written) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(written.markdown.split("---\n")[1])
    return content


@pytest.mark.parametrize(("name", "schema"), [("numbers", printed_schema()), ("claims", claims_schema())])
def test_the_ledger_keeps_to_its_schema(write: Write, name: str, schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    templates = (
        TEMPLATE,
        "Nothing.",
        "{{ (1 - share('office', 'yes')) | round(2) }}, {{ year('2018') }}, {{ base('office') }}",
    )
    for template in templates:
        content = getattr(write(template), name)
        jsonschema.validate(json.loads(as_json(content)), schema)
    if name == "numbers":
        content["numbers"][0]["id"] = "m-1"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(content, schema)


def test_numbers_have_ids_in_the_order_in_which_a_reader_meets_them(write: Write) -> None:
    written = write(TEMPLATE)
    ids = [each["id"] for each in written.numbers["numbers"]]
    assert ids == [f"n-{place + 1}" for place in range(len(ids))]
    assert re.findall(r"#(n-\d+) ", written.markdown) == ids
    assert [each["part"] for each in written.numbers["numbers"]][:6] == [
        *("front matter", "abstract", "abstract", "prose", "prose", "prose")
    ]
    assert {each["part"] for each in written.numbers["numbers"]} == {
        *("front matter", "abstract", "prose", "table", "caption")
    }


def test_each_number_knows_its_sentence_and_its_line(write: Write) -> None:
    numbers = write(TEMPLATE).numbers["numbers"]
    fourth, fifth = numbers[3:5]
    assert fourth["sentence"] == ("Of 47 cities, e.g. those that answered, 86% have an office (36 of 42).")
    assert (fourth["file"], fourth["line"], fourth["display"]) == ("report/paper.md.j2", 12, "47")
    assert (fifth["display"], fifth["keys"]) == ("86%", ["2020/office/share/yes"])
    caption = next(each for each in numbers if each["part"] == "caption")
    assert (caption["file"], caption["declared_at"]) == ("report/figures.yaml", "figures.obstacles.caption")
    assert caption["sentence"] == "Obstacles of 42 cities."
    cell = next(each for each in numbers if each["part"] == "table")
    assert (cell["file"], cell["line"], cell["declared_at"]) == ("report/tables.yaml", None, "tables.items")


def test_a_chinese_sentence_that_is_broken_in_the_template_has_no_blanks_for_its_reader(write: Write) -> None:
    written = write("多数城市设有负责国际交往的\n机构（{{ share('office', 'yes') }}），\n而旅行预算\n较少。")
    (number,) = written.numbers["numbers"]
    assert number["sentence"] == "多数城市设有负责国际交往的机构（86%），而旅行预算较少。"


def test_every_number_leads_to_its_entry_in_the_appendix_and_none_is_missing(write: Write) -> None:
    markdown = write(TEMPLATE).markdown
    used = set(re.findall(r'entry="(e-\d+)"', markdown))
    targets = re.findall(r"\{#(e-\d+)\}", markdown)
    assert used == set(targets)
    assert len(targets) == len(set(targets))
    appendix = markdown[markdown.index("# Every number in this paper {#numbers") :]
    line = next(each for each in appendix.splitlines() if "2020/office/share" in each)
    assert [cell.strip() for cell in line.strip("|").split("|")][1:] == [
        *("86%; 36 of 42; 76–96%", "2020/office/share", "Yes", "36", "42", "76% to 96%")
    ]


def test_a_span_carries_what_its_card_shows(write: Write) -> None:
    markdown = write("{{ share('office', 'yes') }}").markdown
    question = 'question="Does your city have an &quot;office&quot; &#124; for it?"'
    details = f'key="2020/office/share/yes" {question} base="36 of 42" interval="76% to 96%"'
    assert f'[86%]{{#n-1 .number {details} entry="e-1"}}' in markdown


def test_figures_and_tables_are_numbered_as_they_come_each_kind_by_itself(write: Write) -> None:
    markdown = write(TEMPLATE).markdown
    assert "[Figure 1](#fig-obstacles), [Table 2](#tbl-flow) and\n[Table 1](#tbl-items)" in markdown
    assert (
        "[图1](#fig-obstacles)"
        in write("{{ figure('obstacles') }}\n\n{{ ref('obstacles', 'figure', lang='zh') }}").markdown
    )


def test_a_name_that_is_a_figure_and_a_table_is_each_by_its_kind(write: Write) -> None:
    both = "{{ figure('obstacles') }}\n\n{{ table('obstacles') }}\n\n"
    markdown = write(both + "{{ ref('obstacles', 'table') }}, {{ ref('obstacles', 'figure') }}").markdown
    assert "[Table 1](#tbl-obstacles), [Figure 1](#fig-obstacles)" in markdown


def test_a_figure_stands_once(write: Write) -> None:
    with pytest.raises(TemplateError, match="stands twice"):
        write("{{ figure('obstacles') }}\n\n{{ figure('obstacles') }}")


def test_a_figure_is_an_image_without_extension_with_its_alternative_text(write: Write) -> None:
    written = write("{{ figure('obstacles') }}")
    assert '](figures/obstacles){#fig-obstacles alt="Bars: &quot;funding&quot; 71%, staff 48%."}' in written.markdown
    assert ("71%", "figure") in {(each["text"], each["kind"]) for each in written.numbers["allowed"]}


def test_the_front_matter_holds_what_the_study_declares_and_what_the_template_says(write: Write) -> None:
    metadata = _metadata(write(TEMPLATE))
    assert list(metadata)[:3] == ["title", "subtitle", "author"]
    assert (metadata["title"], metadata["author"], metadata["wave"]) == ("Cities abroad", ["A. Author"], "2020")
    assert metadata["abstract"].startswith("In short: [86%]{#n-2 .number key=")
    assert metadata["abstract"].endswith("have an office.\n\nA second paragraph.\n")
    assert "notice" not in metadata


def test_simulated_waves_are_told_at_the_head_and_in_the_ledger_whatever_the_template_says(write: Write) -> None:
    waves = {
        "2018": {"export": "a", "design": "census"},
        "2020": {"export": "b", "design": "census", "simulated": True},
    }
    written = write("---\nnotice: All is real.\nsimulated: false\n---\nText.", settings={"waves": waves})
    metadata = _metadata(written)
    assert metadata["notice"] == (
        "The responses of wave 2020, with contacts, corrections and codings, are **simulated**: "
        "nothing here may be cited as a finding."
    )
    assert metadata["simulated"] == ["2020"]
    assert written.numbers["simulated"] == written.claims["simulated"] == ["2020"]


def test_a_title_of_the_settings_is_read_like_prose(write: Write) -> None:
    with pytest.raises(TemplateError, match=r"config\.yaml, title: '47': this number is typed"):
        write("Text.", settings={"title": "A survey of 47 cities"})
    write("Text.", settings={"title": "A survey in times of COVID-19"})


def test_captions_and_notes_are_read_like_prose_at_their_key(write: Write) -> None:
    figures = {"figures": {"new": {"kind": "bars", "caption": "Of 42 cities, {{ shre() }}."}}}
    with pytest.raises(TemplateError) as caught:
        write("{{ figure('new') }}", figures=figures, alt_texts={"new": "Bars."})
    assert "report/figures.yaml, figures.new.caption: '42': this number is typed" in str(caught.value)
    assert "report/figures.yaml, figures.new.caption: 'shre': the paper's language has no such function" in str(
        caught.value
    )


def test_broken_front_matter_is_told(write: Write) -> None:
    with pytest.raises(TemplateError, match=r"paper\.md\.j2, line 3: the front matter is not YAML"):
        write('---\ntitle: "A"\nsubtitle: "B" c\n---\nText.')


def test_a_printed_text_cannot_break_the_front_matter(write: Write) -> None:
    metadata = _metadata(write("---\nsubtitle: {{ 'a: b\\n---\\nkey: [' }}\n---\nText."))
    assert metadata["subtitle"] == r"a: b --- key: \[".replace("---", r"\-\--")
    assert "key" not in metadata


def test_the_references_and_the_appendix_close_the_paper(write: Write) -> None:
    first = write("Text {{ respondents() }}.").markdown
    assert first.index("{#refs}") < first.index("{#numbers .appendix")
    assert write("Text.\n\n# Sources\n\n::: {#refs}\n:::\n").markdown.count("{#refs}") == 1


def test_two_builds_are_the_same_to_the_byte(write: Write) -> None:
    first, second = write(TEMPLATE), write(TEMPLATE)
    assert first.markdown == second.markdown
    assert as_json(first.numbers) == as_json(second.numbers)


def test_what_is_written_is_read_back(write: Write, tmp_path: Path) -> None:
    written = write(TEMPLATE)
    write_written(written, tmp_path / "paper")
    assert (tmp_path / "paper/paper.md").read_bytes().decode() == written.markdown
    assert read_numbers(tmp_path / "paper/printed.json") == written.numbers
    assert read_claims(tmp_path / "paper/claims.json") == written.claims


def test_keys_of_a_bibliography_and_alternative_texts_are_read(tmp_path: Path) -> None:
    bib = "@comment{x, y}\n@Article{acuto2018,\n title={A, @home{x,}}\n}\n  @book{ un2015 ,\n}"
    (tmp_path / "a.bib").write_text(bib, encoding="utf-8")
    (tmp_path / "flow.txt").write_text("A flow.\n", encoding="utf-8")
    assert read_bibliography_keys(tmp_path / "a.bib") == ["acuto2018", "un2015"]
    assert read_alternatives([tmp_path / "flow.txt"]) == {"flow": "A flow."}


def test_what_was_estimated_and_never_quoted_is_listed(write: Write, estimates: pd.DataFrame) -> None:
    numbers = write("{{ share('office', 'yes') }}, {{ count('travel', 'no') }}, {{ respondents() }}").numbers
    got = unused(estimates, numbers)["key"].tolist()
    assert not {"2020/office/share/yes", "2020/travel/share/no", "2020/-/respondents"} & set(got)
    assert {"2020/travel/share/yes", "2020/staff/mean"} <= set(got)
    assert not [key for key in got if key.startswith("2018") or "region=" in key]
