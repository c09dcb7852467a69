import ast
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from kopdesk.domain import duplicates
from kopdesk.domain.conflict import Conflict
from kopdesk.usecases import status
from kopdesk.wording.catalogue import use_language
from kopdesk.wording.notices import (
    LIKENESSES,
    WARNINGS,
    conflict_sentence,
    likeness_sentence,
    warning_sentence,
    withdrawn_sentence,
)

A_CONFLICT = Conflict(
    id=UUID(int=1),
    about_type="book_check",
    about_id=UUID(int=2),
    about_path="cash_book_balance",
    kept_value=2_530_000,
    kept_author="Dinas Kutai Timur",
    kept_at=datetime(2025, 11, 1, 3, 0, tzinfo=UTC),
    offered_value=2_350_000,
    offered_author="Rina Wulandari",
    offered_at=datetime(2025, 11, 2, 20, 0, tzinfo=UTC),
)


def test_a_difference_is_told_in_the_words_of_the_form() -> None:
    assert conflict_sentence(A_CONFLICT, own_name="Rina Wulandari", zone="WITA") == (
        "Saldo buku kas: Anda Rp2.350.000 (3 Nov); pusat Rp2.530.000 (Dinas Kutai Timur, 1 Nov)."
    )


def test_what_stands_may_be_the_readers_own() -> None:
    sentence = conflict_sentence(A_CONFLICT, own_name="Dinas Kutai Timur", zone="WITA")
    assert sentence == (
        "Saldo buku kas: Anda Rp2.530.000 (1 Nov); pihak lain Rp2.350.000 (Rina Wulandari, 3 Nov)."
    )


def test_without_a_reader_both_authors_are_named() -> None:
    assert conflict_sentence(A_CONFLICT, zone="WITA") == (
        "Saldo buku kas: yang berlaku Rp2.530.000 (Dinas Kutai Timur, 1 Nov); "
        "yang ditawarkan Rp2.350.000 (Rina Wulandari, 3 Nov)."
    )


def test_a_deletion_against_an_edit_is_told() -> None:
    conflict = replace(A_CONFLICT, about_path="findings/k7/~deleted", kept_value=None, offered_value=True)
    assert conflict_sentence(conflict, own_name="Rina Wulandari", zone="WITA").startswith(
        "Temuan › dihapus: Anda ya (3 Nov); pusat tidak ("
    )


def test_long_texts_are_shortened_and_unknown_authors_left_out() -> None:
    conflict = replace(
        A_CONFLICT,
        about_type="visit",
        about_path="topics",
        kept_value="Kas dihitung bersama bendahara.\n" * 20,
        kept_author="",
        kept_at=datetime(1970, 1, 1, tzinfo=UTC),
        offered_value=None,
    )
    sentence = conflict_sentence(conflict, own_name="Rina Wulandari")
    assert "(kosong) (3 Nov)" in sentence
    assert "Kas dihitung bersama bendahara. Kas dih…." in sentence
    assert "\n" not in sentence


def test_a_difference_in_something_unknown_is_still_told() -> None:
    conflict = replace(A_CONFLICT, about_type="future", about_path="new_leaf")
    assert conflict_sentence(conflict, own_name="Rina Wulandari").startswith("new leaf: Anda 2.350.000")


def test_every_warning_of_the_status_has_a_sentence() -> None:
    assert _appended_words(Path(status.__file__)) == set(WARNINGS)
    assert len({warning_sentence(word) for word in (*WARNINGS, "new")}) == len(WARNINGS) + 1


def _appended_words(path: Path) -> set[str]:
    calls = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
    appends = (n for n in calls if isinstance(n.func, ast.Attribute) and n.func.attr == "append")
    return {n.args[0].value for n in appends if isinstance(n.args[0], ast.Constant)}  # type: ignore[misc]


def test_a_withdrawn_cooperative_is_told_with_what_becomes_of_its_copy() -> None:
    name, day = "Koperasi Desa Merah Putih Peridan", date(2026, 12, 23)
    assert withdrawn_sentence(name, 0, day) == (
        "Koperasi Desa Merah Putih Peridan sudah bukan dampingan Anda; salinannya di laptop ini hanya bisa "
        "dibaca. Boleh dihapus dari laptop mulai 23 Desember 2026."
    )
    assert withdrawn_sentence(name, 3, day).endswith("belum sampai di pusat. Sinkronkan.")
    assert withdrawn_sentence(name, 0, None).endswith("hanya bisa dibaca.")
    assert len(withdrawn_sentence(name * 9, 0, day)) <= 220


def test_every_likeness_has_a_sentence() -> None:
    assert set(duplicates._ORDER) == set(LIKENESSES)
    assert len({likeness_sentence(reason) for reason in (*LIKENESSES, "new")}) == len(LIKENESSES) + 1


def test_notices_are_told_in_english_too() -> None:
    use_language("en")
    assert conflict_sentence(A_CONFLICT, own_name="Rina Wulandari", zone="WITA") == (
        "Balance of the cash book: you Rp2,350,000 (3 Nov); "
        "the centre Rp2,530,000 (Dinas Kutai Timur, 1 Nov)."
    )
