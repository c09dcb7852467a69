import ast
import re
from collections import Counter
from datetime import date

import pytest

from kopdesk.wording.catalogue import _, english, language, n_, read_po, use_language
from kopdesk.wording.dates import date_text
from kopdesk.wording.figures import counted
from kopdesk.wording.labels import path_label
from tests.wording.marked import lost_marks, marked_texts, trees

_PLACEHOLDER = re.compile(r"\{(\w*)\}")

# Words that would show that somebody wrote English into the Indonesian text.
_ENGLISH = {
    *("the", "and", "or", "of", "to", "is", "are", "was", "not", "with", "without", "for", "from", "your"),
    *("you", "please", "error", "failed", "failure", "file", "files", "save", "saved", "sync", "synced"),
    *("upload", "download", "password", "username", "user", "network", "offline", "online", "device"),
    *("cannot", "invalid", "missing", "unknown", "field", "value", "record", "retry", "again", "wrong"),
    *("draft", "approved", "requested", "processed", "verified", "rejected", "other", "delete", "deleted"),
    *("cancel", "close", "open", "message", "token", "conflict", "settings"),
}
# Names and words of SIMKOPDES that are English by themselves.
_NAMES = ("Merchant by BRI",)


def test_every_marked_text_has_its_english() -> None:
    missing = [f'msgid "{text}"' for text in marked_texts() if text not in english()]
    assert not missing, "add to resources/i18n/en/LC_MESSAGES/kopdesk.po:\n" + "\n".join(missing)


def test_no_english_is_kept_for_a_text_that_is_gone() -> None:
    assert sorted(english().keys() - marked_texts().keys()) == []


def test_a_text_about_a_number_has_two_english_forms_and_others_one() -> None:
    counted_texts = marked_texts()
    wrong = [text for text, forms in english().items() if len(forms) != 1 + counted_texts[text]]
    assert wrong == []


def test_both_languages_have_the_same_placeholders() -> None:
    wrong = [
        (text, form)
        for text, forms in english().items()
        for form in forms
        if Counter(_PLACEHOLDER.findall(text)) != Counter(_PLACEHOLDER.findall(form))
    ]
    assert wrong == []


def test_both_languages_end_alike_and_hold_no_stray_spaces() -> None:
    for text, forms in english().items():
        for form in forms:
            assert text.endswith(".") == form.endswith("."), text
            for one in (text, form):
                assert one == one.strip(), one
                assert "  " not in one, one


def test_the_indonesian_text_holds_no_english() -> None:
    for text in marked_texts():
        if text in _NAMES:
            continue
        words = set(re.findall(r"[a-z]+", _PLACEHOLDER.sub("", text).lower()))
        assert not words & _ENGLISH, text


def test_only_literal_texts_are_marked() -> None:
    assert lost_marks() == []


def test_a_text_is_looked_up_in_the_language_spoken() -> None:
    assert _("Kunjungan") == "Kunjungan"
    use_language("en")
    assert language() == "en"
    assert _("Kunjungan") == "Visit"
    assert path_label("visit", "findings/k7/due_on") == "Finding › due date"
    use_language("id")
    assert _("Kunjungan") == "Kunjungan"


def test_english_tells_one_from_many() -> None:
    use_language("en")
    assert [counted(count, "visit") for count in (0, 1, 2)] == ["0 visits", "1 visit", "2 visits"]


def test_a_text_without_translation_stays_indonesian() -> None:
    use_language("en")
    assert _("Belum diterjemahkan") == "Belum diterjemahkan"
    assert n_("{n} belum ada", 1) == "{n} belum ada"


def test_tables_of_marked_texts_are_not_looked_up_while_importing() -> None:
    """A lookup outside of a function would freeze the language of the start."""
    for module, tree in trees().items():
        assert not _looked_up_at_import(tree), module


def _looked_up_at_import(node: ast.AST) -> list[int]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "n_", "many"):
        return [node.lineno]
    return [line for child in ast.iter_child_nodes(node) for line in _looked_up_at_import(child)]


def test_a_po_file_may_be_written_as_editors_write_it() -> None:
    text = """
# A comment.
msgid ""
msgstr ""
"Language: en\\n"

#. Of a form.
#: kopdesk/x.py:1
msgid ""
"Dua "
"baris\\n"
"\\"kutip\\""
msgstr "Two "
"lines\\n\\"quote\\""

#, fuzzy
msgid "Ragu"
msgstr "Doubt"

msgid "Kosong"
msgstr ""

#~ msgid "Lama"
#~ msgstr "Old"

msgid "{n} kas"
msgid_plural "{n} kas"
msgstr[0] "{n} till"
msgstr[1] "{n} tills"
"""
    assert read_po(text.replace("\n", "\r\n")) == {
        'Dua baris\n"kutip"': ('Two lines\n"quote"',),
        "{n} kas": ("{n} till", "{n} tills"),
    }


@pytest.mark.parametrize(("spoken", "expected"), [("id", "1 Mei 2026"), ("en", "1 May 2026")])
def test_dates_follow_the_language(spoken: str, expected: str) -> None:
    use_language("en" if spoken == "en" else "id")
    assert date_text(date(2026, 5, 1)) == expected
