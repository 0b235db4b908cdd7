from collections.abc import Callable

from recount.write.paper import Written


def test_the_ledger_lists_figures_and_tables_as_they_are_numbered(write: Callable[..., Written]) -> None:
    written = write(
        "{{ table('waves') }}\n\n{{ figure('obstacles') }}\n\n{{ ref('items', 'table') }}\n\n{{ table('items') }}"
    )
    assert written.numbers["floats"] == {"figure": ["obstacles"], "table": ["waves", "items"]}
    assert "[Table 2](#tbl-items)" in written.markdown


def test_a_paper_without_figures_and_tables_lists_none(write: Callable[..., Written]) -> None:
    assert write("Nothing.").numbers["floats"] == {"figure": [], "table": []}
