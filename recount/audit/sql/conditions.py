"""Conditions of SQL, put together; "" is one that always holds."""

from collections.abc import Sequence

from recount.audit.sql.quote import text, texts

NEVER = "false"


def both(*conditions: str) -> str:
    """Ask that all conditions hold."""
    return " AND ".join(each for each in conditions if each)


def one_of(value: str, known: Sequence[str]) -> str:
    """Ask whether a value is one of these texts."""
    if not known:
        return NEVER
    return f"{value} = {text(known[0])}" if len(known) == 1 else f"{value} IN ({texts(known)})"


def ticked_any(ticked: str, known: Sequence[str]) -> str:
    """Ask whether at least one of these ids is in a list."""
    if not known:
        return NEVER
    return (
        f"list_contains({ticked}, {text(known[0])})" if len(known) == 1 else f"list_has_any({ticked}, [{texts(known)}])"
    )
