"""The one catalogue: Indonesian stands in the code, English in a .po file; switchable at run time.

Texts are marked as gettext's tools expect: `_` looks up, `n_` looks up with a number, `N_` and `NN_`
only mark what is looked up later (so that tables are made once and shown in any language).
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from kopdesk.shipped import shipped

Language: TypeAlias = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Entries: TypeAlias = Mapping[str, tuple[str, ...]]
"""By Indonesian text: its translation, or with a number the one for one and the one for many."""

_INDONESIAN: Entries = MappingProxyType({})

_language: Language = "id"
_entries: Entries = _INDONESIAN


def use_language(language: Language) -> None:
    """Speak Indonesian or English from now on. What is already shown has to be shown anew."""
    global _language, _entries
    entries = _INDONESIAN if language == "id" else english()
    _language, _entries = language, entries


def language() -> Language:
    """The language spoken now."""
    return _language


def _(text: str) -> str:
    """The text in the language spoken now; Indonesian where a translation is missing."""
    found = _entries.get(text)
    return found[0] if found else text


def n_(text: str, number: int) -> str:
    """The same for a text about a number: languages other than Indonesian tell one from many."""
    found = _entries.get(text)
    return (found[0] if number == 1 else found[-1]) if found else text


def many(text: str) -> str:
    """The same as the heading of many, however many there are: Janji, Promises."""
    return n_(text, 2)


def N_(text: str) -> str:  # noqa: N802 - gettext's name
    """Mark a text that `_` looks up later."""
    return text


def NN_(text: str) -> str:  # noqa: N802 - the same for `n_`
    """Mark a text that `n_` looks up later."""
    return text


@cache
def english() -> Entries:
    """The English catalogue, read when it is first spoken."""
    path = shipped("i18n", "en", "LC_MESSAGES", "kopdesk.po")
    return read_po(path.read_text(encoding="utf-8"))


_FIELD = re.compile(r'(?:(msg[a-z_]+(?:\[\d\])?)\s+)?(".*")')


def read_po(text: str) -> Entries:
    """The translations in a .po file, without its header and what is empty, doubtful or given up."""
    found: dict[str, tuple[str, ...]] = {}
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        entry = _entry(block)
        forms = tuple(entry[name] for name in ("msgstr", "msgstr[0]", "msgstr[1]") if entry.get(name))
        if forms and entry.get("msgid"):
            found[entry["msgid"]] = forms
    return MappingProxyType(found)


def _entry(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if line.startswith("#,") and "fuzzy" in line:
            return {}
        matched = _FIELD.fullmatch(line.strip())
        if matched is None:
            continue
        name = matched[1] or name
        fields[name] = fields.get(name, "") + json.loads(matched[2])
    return fields
