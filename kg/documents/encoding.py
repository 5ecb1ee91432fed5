"""Turns bytes into characters, or says why it cannot."""

from __future__ import annotations

import codecs
import unicodedata

from kg.errors import DocumentError

_BYTE_ORDER_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WESTERN = ["cp1252", "mac_roman"]
"""The older encodings that French and English are met in.  A free guess takes French in cp1252 for
Lithuanian in cp1257, since every accented letter has a look-alike there."""
_MAX_CHAOS = 15.0
"""Share of suspicious character runs, in percent, above which a guessed encoding is not believed."""
_TEXT_CONTROLS = frozenset("\t\n\r\f\v\x85\x1e\x1f")
_SAVE_AS_UTF8 = "Save the file as UTF-8 and try again"


def decode(data: bytes, name: str) -> str:
    """Return the text of ``data`` with every line end as ``\\n``, as Python's ``read_text`` gives it.

    UTF-8 first (a byte order mark stays in the text as U+FEFF, so that offsets count it), then UTF-16
    or UTF-32 by their byte order mark, then the usual Western encodings if one of them fits well.

    Raises:
        DocumentError: binary data, or an encoding that cannot be told with confidence.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_other(data, name)
    if is_binary(text):
        raise DocumentError(name, "binary data, not text", "Convert it to text, HTML, PDF or DOCX first")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_other(data: bytes, name: str) -> str:
    encoding = _marked_encoding(data) or _guess(data)
    try:
        if encoding:
            return data.decode(encoding)
    except UnicodeDecodeError:
        encoding = ""
    if b"\x00" in data:
        raise DocumentError(name, "binary data, not text", "Convert it to text, HTML, PDF or DOCX first")
    raise DocumentError(name, "unknown encoding (not UTF-8)", _SAVE_AS_UTF8)


def _marked_encoding(data: bytes) -> str:
    for mark in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return "utf-32" if len(mark) == 4 else "utf-16"
    return ""


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    match = from_bytes(data, cp_isolation=_WESTERN).best()
    if match is None or match.percent_chaos > _MAX_CHAOS:
        return ""
    return str(match.encoding)


def has_surrogates(text: str) -> bool:
    """Whether ``text`` holds half a character (a JSON escape can), which no file can be written with."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def is_binary(text: str) -> bool:
    """Whether control characters stand where text has none (more than one in 1,000)."""
    controls = sum(unicodedata.category(c) == "Cc" and c not in _TEXT_CONTROLS for c in text)
    return "\x00" in text or controls * 1000 > len(text)
