"""The fingerprint of an answer, by which a code stays with the words that it was given to."""

import hashlib
import unicodedata


def answer_hash(text: str) -> str:
    """Give the SHA-256 of a clean answer (NFC, without outer blanks) as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).strip().encode("utf-8")).hexdigest()
