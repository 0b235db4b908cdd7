"""The finished page, read back as pandoc reads it: numbers that no rule could find before they were put together."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.errors import TemplateError
from recount.write.documents.pandoc import READER, Source, run
from recount.write.documents.tree import tree
from recount.write.paper import Written
from recount.write.proofread import unaccounted

Write = Callable[..., Written]
HERE = Path(__file__).parent
UNSOURCED = "this number reached the page without a source"
AS_ONE = "two numbers read as one"


def _told(write: Write, template: str, **options: Any) -> str:
    assert write(template, **options).markdown  # before the page is read, nothing is found
    with pytest.raises(TemplateError) as caught:
        write(template, tree=tree, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ('In {{ "for" }}{{ "ty" }} cities.', "forty"),
        ('In for{{ "ty" }} cities.', "forty"),
        ("In {% filter reverse %}ytrof{% endfilter %} cities.", "forty"),
        ("In {% set x %}ytrof{% endset %}{{ x[::-1] }} cities.", "forty"),
        ("In {% macro m(a) %}{{ a }}ty{% endmacro %}{{ m('for') }} cities.", "forty"),
        ("In {% for x in ['for', 'ty'] %}{{ x }}{% endfor %} cities.", "forty"),
        ("In {% claim respondents() > 3 %}for{{ 'ty' }}{% endclaim %} cities.", "forty"),
        ("In [for]{.number #n-99}{{ 'ty' }} cities.", "forty"),
        ("In {{ literal('4', why='x') }}{{ literal('2', why='x') }} cities.", "42"),
        ("Text[^1].\n\n[^1]: In {{ 'for' }}{{ 'ty' }} cities.", "forty"),
        ("| a |\n|:--|\n| {{ 'for' }}{{ 'ty' }} |", "forty"),
        ('---\nx: &x "42 cities"\ntitle: *x\n---\nText.', "42"),
        ("---\n{title: 42 cities}\n---\nText.", "42"),
    ],
)
def test_a_number_that_was_made_of_parts_is_found_with_the_line_that_it_stands_in(
    write: Write, template: str, value: str
) -> None:
    message = _told(write, template)
    assert f"report/paper.md.j2: {value!r}: {UNSOURCED}" in message
    assert "next: see where this is made: " in message


def test_a_number_in_a_caption_is_found(write: Write) -> None:
    figures = {"figures": {"obstacles": {"kind": "bars", "caption": "Of {{ 'for' }}{{ 'ty' }} cities"}}}
    message = _told(write, "{{ figure('obstacles') }}", figures=figures)
    assert f"'forty': {UNSOURCED}" in message
    assert "see where this is made: Of forty cities" in message


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("{{ respondents() }}{{ respondents() }}", "74"),
        ("{{ respondents() }}{% if true %}{% endif %}.{{ respondents() }}", "7.4"),
        ("{{ literal('4', why='x') }}{{ respondents() }}", "44"),
        ("{{ respondents() }}{{ literal('2', why='x') }}", "72"),
    ],
)
def test_numbers_that_stand_so_close_that_they_read_as_another_one_are_found(
    write: Write, template: str, value: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        write(f"In {template} cities.", tree=tree)
    message = str(caught.value)
    assert f"{value!r}: {AS_ONE}" in message or "'.': this number is typed" in message


def test_a_page_on_which_every_number_is_accounted_for_is_let_through(write: Write) -> None:
    template = """---
title: "In {{ respondents() }} cities"
author:
- name: A. Author
  orcid: 0000-0001
toc-depth: 2
---
# 1 Introduction {#sec-start}

Of {{ respondents() }} cities, {{ share("office", "yes") | interval }}; {{ ranked("obstacles").label }} (CO2, C40),
see {{ ref("start", "section") }}, {{ ref("obstacles", "figure") }}, [@un2015, pp. 12-14] and @acuto2018 [p. 4].
At https://example.org/2020/47 and doi:10.1080/0811, `COVID-19`, {{ cited("2030", "un2015") }}.[^1]
{% claim share("travel", "yes") < 0.5 %}Fewer than half{% endclaim %} can travel; {{ wording("travel") }}

[^1]: See [there](page-2.html#s3){.x #y42 width=50%}.

1. a
2. b

Between.

3. c

{{ figure("obstacles") }}

{{ table("waves") }}

## 1.1 End

Term
: Of {{ [respondents(), respondents("2018")] | listed }}

> Quoted {{ respondents() }}\\
> | a
"""
    assert write(template, tree=tree).markdown


SIGNS = [
    "42",
    "42",
    " ",
    "\n",
    "\n\n",
    *"*_`[](){}<>#^~\\|\"'-&=!",
    "](x)",
    "{.c}",
    "```\n",
    "::: ",
    ": ",
    "> ",
    "[^1]: ",
]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(SIGNS), min_size=3, max_size=12).map("".join).filter(lambda text: "42" in text))
def test_whatever_markup_stands_around_a_number_what_pandoc_prints_is_found(text: str) -> None:
    source = Source(markdown=HERE, figures=HERE, bibliography=HERE, style=HERE, styles=HERE)
    printed = run([f"--from={READER}", "--to=plain"], source, text=text).decode()
    found = [each.text for each in unaccounted(tree(text), (), ())]
    assert bool(found) or "42" not in printed
