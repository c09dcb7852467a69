import importlib
import pkgutil
from collections.abc import Iterator
from enum import StrEnum

import pytest

from kopdesk import domain
from kopdesk.domain import chart, fields, marks, plan_warnings
from kopdesk.domain.book_tests import causes, outcome
from kopdesk.domain.fields import DELETED, group_of, patterns
from kopdesk.domain.finding import Weight
from kopdesk.domain.record_types import TYPES
from kopdesk.domain.simkopdes_words import word_of
from kopdesk.domain.statement import (
    ASSET_KEYS,
    CONTRA_ASSET_KEYS,
    EQUITY_KEYS,
    EXPENSE_KEYS,
    INCOME_KEYS,
    LIABILITY_KEYS,
    OTHER_RESULT_KEYS,
    TAX_KEY,
    UNIT_KEYS,
)
from kopdesk.wording.accounts import ACCOUNTS
from kopdesk.wording.catalogue import use_language
from kopdesk.wording.choices import WORDS, choice_label
from kopdesk.wording.labels import LABELS, leaf_label, lowered, path_label, type_label
from kopdesk.wording.record_names import RECORD_NAMES

# Words of the program itself; nobody chooses them.
_NOT_FOR_PEOPLE = {
    fields.Kind,
    fields.MergeClass,
    marks.Layer,
    chart.AccountClass,
    chart.AccountRole,
    outcome.Source,
    outcome.Unit,
    causes.Slip,
    plan_warnings.PlanWarning,
}

# SIMKOPDES says these in English or as a number; people here do not.
_TRANSLATED = {
    "Approved": "Disetujui",
    "Requested": "Diajukan",
    "Processed": "Diproses",
    "Verified": "Terverifikasi",
    "Rejected": "Ditolak",
    "Draft": "Draf",
    "To Do": "Belum dikerjakan",
    "Other": "Lainnya",
}
# Ours tells apart what is one word there.
_FINER = {"Wakil Ketua Bidang Usaha": "WAKIL KETUA", "Wakil Ketua Bidang Anggota": "WAKIL KETUA"}


def forms() -> Iterator[type]:
    """Every record type and every row within one."""
    waiting: list[type] = [record_type.form for record_type in TYPES.values()]
    seen = set()
    while waiting:
        form = waiting.pop()
        if form not in seen:
            seen.add(form)
            waiting += group_of(form).rows.values()
            yield form


def enumerations() -> list[type[StrEnum]]:
    for module in pkgutil.walk_packages(domain.__path__, "kopdesk.domain."):
        importlib.import_module(module.name)
    found = [kind for kind in StrEnum.__subclasses__() if kind.__module__.startswith("kopdesk.domain.")]
    return [kind for kind in found if kind not in _NOT_FOR_PEOPLE]


def test_every_record_type_has_a_label_and_no_other() -> None:
    assert RECORD_NAMES.keys() == TYPES.keys()


def test_every_declared_leaf_and_row_has_a_label_and_nothing_else_has_one() -> None:
    for form in forms():
        group = group_of(form)
        assert LABELS[form].keys() == {*group.leaves, *group.values, *group.rows}, form
    assert LABELS.keys() == set(forms())


def test_every_pattern_can_be_told_without_a_word_of_the_program() -> None:
    for record_type in TYPES.values():
        for pattern in patterns(record_type.form):
            label = path_label(record_type.name, pattern)
            assert "_" not in label, (record_type.name, pattern)
            assert "*" not in label, (record_type.name, pattern)
            assert "~" not in label, (record_type.name, pattern)


def test_the_labels_of_one_form_differ() -> None:
    for form in forms():
        labels = list(LABELS[form].values())
        assert sorted(labels) == sorted(set(labels)), form


def test_every_choice_of_every_enumeration_has_a_label_and_no_other() -> None:
    for choices in enumerations():
        assert list(WORDS[choices]) == [choice.value for choice in choices], choices
    assert WORDS.keys() == set(enumerations())


def test_the_choices_of_one_enumeration_are_told_apart_in_both_languages() -> None:
    for choices in enumerations():
        for spoken in ("id", "en"):
            use_language("en" if spoken == "en" else "id")
            labels = [choice_label(choices, choice) for choice in choices]
            assert len(labels) == len(set(labels)), choices


def test_a_leafs_choices_name_their_enumeration() -> None:
    """Labels are found by the tuple of words a leaf declares: two enumerations must not share one."""
    tuples = [tuple(choice.value for choice in choices) for choices in enumerations()]
    assert len(tuples) == len(set(tuples))


def test_choices_are_called_as_simkopdes_calls_them() -> None:
    for choices in enumerations():
        for choice in choices:
            try:
                word = word_of(choices, choice)
            except KeyError:
                continue
            label = choice_label(choices, choice)
            if word is None or word.isdigit():
                continue
            assert _FINER.get(label, label).casefold() == _TRANSLATED.get(word, word).casefold(), choice


def test_every_account_and_unit_of_a_statement_has_a_name() -> None:
    keys = {
        *ASSET_KEYS,
        *CONTRA_ASSET_KEYS,
        *LIABILITY_KEYS,
        *EQUITY_KEYS,
        *INCOME_KEYS,
        *EXPENSE_KEYS,
        *OTHER_RESULT_KEYS,
        TAX_KEY,
        *UNIT_KEYS,
    }
    assert ACCOUNTS.keys() == keys


@pytest.mark.parametrize(
    ("record_type", "path", "label"),
    [
        ("visit", "visited_on", "Tanggal kunjungan"),
        ("visit", "findings/k7m2/due_on", "Temuan › tenggat"),
        ("visit", "purposes/plans", "Tujuan › penyusunan rencana usaha"),
        ("visit", DELETED, "Dihapus"),
        ("visit", "findings/k7m2/~deleted", "Temuan › dihapus"),
        ("visit", "findings/k7m2", "Temuan"),
        ("outlet", "months/2025-11/revenue", "Bulan › November 2025 › omzet"),
        ("book_check", "cash/main/note/100000", "Kas › uang kertas › Rp100.000"),
        ("book_check", "bank/a/items/b/side", "Bank › penyesuaian › pihak yang disesuaikan"),
        ("statement", "position/kas_dan_setara_kas", "Posisi keuangan › kas dan setara kas"),
        ("statement", "position/akun_baru", "Posisi keuangan › akun baru"),
        ("plan", "units/u1/seasons/03", "Unit usaha › musim › Maret"),
        ("cooperative", "nik", "NIK koperasi"),
        ("cooperative", "licences/x/kbli", "KBLI dalam NIB › kode KBLI"),
        (None, "cooperative_id", "Koperasi"),
        (None, "findings/k7m2/due_on", "Temuan › tenggat"),
    ],
)
def test_a_path_is_told_as_the_form_shows_it(record_type: str | None, path: str, label: str) -> None:
    assert path_label(record_type, path) == label


def test_what_a_newer_program_writes_is_shown_as_it_is() -> None:
    assert path_label("visit", "new_part/k1/new_leaf") == "new part › new leaf"
    assert path_label("new_type", "new_leaf") == "new leaf"
    assert type_label("new_type") == "new type"
    assert choice_label(Weight, "extreme") == "extreme"
    assert choice_label(("a", "b"), "a") == "a"


def test_short_forms_keep_their_capitals_within_a_path() -> None:
    assert [lowered(label) for label in ("Tenggat", "NIK", "RT", "")] == ["tenggat", "NIK", "RT", ""]


def test_a_field_has_its_label_in_english_too() -> None:
    use_language("en")
    assert leaf_label(TYPES["visit"].form, "visited_on") == "Date of the visit"
    assert type_label("follow_up") == "Follow-up"
