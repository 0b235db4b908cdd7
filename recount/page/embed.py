"""Data inside a page of HTML: whatever a respondent wrote, it stays data."""

import json
import re
from typing import Any

# Signs by which HTML could take data for markup, and those that would turn, hide or break the page's own source:
# control characters, marks of direction, line ends of JavaScript. JSON writes each as \uXXXX, and reads it back.
_UNSAFE = re.compile(
    "[<>&\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff\ud800-\udfff]"
)


def embedded(content: Any) -> str:
    """Write JSON that can stand in a script element: no `<`, no end of it, no comment, nothing invisible."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
