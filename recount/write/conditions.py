"""The functions of the paper's language that are conditions: what "a majority" and "named most often" mean."""

from typing import Any

from recount.errors import EstimateError, Finding, nearest
from recount.write.index import number_of
from recount.write.lookup import Lookup
from recount.write.truth import MAJORITY, Joined, Truth, compared


class Conditions:
    """Each public method is a function of the template under the same name."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def majority(self, question: str, category: str, **where: Any) -> Truth:
        """Say whether more than half of the question's base chose a category, a net or a code."""
        return compared(">", self._lookup.find("share", question, category, **where), MAJORITY)

    def most_named(self, question: str, category: str, **where: Any) -> Truth:
        """Say whether a category, or a code, was chosen by more than each other one; a tie is not the most."""
        rows = {row.category: number_of(row) for row in self._lookup.own("share", question, **where)}
        if category not in rows:
            raise EstimateError(
                Finding(
                    problem="no category or code of this question is called so",
                    key=f"most_named {question}",
                    value=category,
                    expected=nearest(category, list(rows)),
                )
            )
        own = rows.pop(category)
        order = tuple(compared(">", own, each) for each in rows.values())
        return order[0] if len(order) == 1 else Joined("and", order)
