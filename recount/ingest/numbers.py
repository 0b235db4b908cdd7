"""Numbers of binary formats, as the text that a person would have typed for them."""

# From here on a double no longer tells neighbouring integers apart, and its digits would claim to.
EXACT = 2.0**53


def number_text(value: float) -> str:
    """Write a number in its shortest exact form: `5` and not `5.0`, `0.1` and not `0.1000000000000000055`."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    return repr(float(value))


def duration_text(seconds: float) -> str:
    """Write a time of day or a duration as `HH:MM:SS`, with more than 24 hours or a fraction where it has them."""
    sign = "-" if seconds < 0 else ""
    whole, fraction = divmod(round(abs(seconds) * 1_000_000), 1_000_000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    decimals = f".{fraction:06d}".rstrip("0") if fraction else ""
    return f"{sign}{hours:02d}:{minute:02d}:{second:02d}{decimals}"


def short_number_text(value: float) -> str:
    """Write a number that was stored in single precision: `0.1` and not `0.10000000149011612`."""
    import numpy as np

    return number_text(value) if value.is_integer() else str(np.float32(value))
