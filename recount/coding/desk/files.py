"""Where the desk's pages stand."""

FOLDER = "results/coding"


def desk_file(wave: str, question: str) -> str:
    """Name the page at which the answers to a question are coded."""
    return f"{FOLDER}/{wave}/{question}.html"


def adjudication_file(wave: str, question: str) -> str:
    """Name the page at which somebody decides where coders differ."""
    return f"{FOLDER}/{wave}/{question}.adjudication.html"
