from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from kopdesk.domain.conflict import Conflict
from kopdesk.domain.record_types import TYPES, leaf_at
from kopdesk.domain.values import Value
from kopdesk.wording.catalogue import LANGUAGES, use_language
from kopdesk.wording.differences import conflict_sentence
from kopdesk.wording.shortening import apart
from kopdesk.wording.titles import KNOWN_BY, record_heading, record_title, row_title

DINAS, RINA = 2_530_000, 2_350_000
A_CONFLICT = Conflict(
    id=UUID(int=1),
    about_type="book_check",
    about_id=UUID(int=2),
    about_path="cash_book_balance",
    kept_value=DINAS,
    kept_author="Dinas Kutai Timur",
    kept_at=datetime(2025, 11, 1, 3, 0, tzinfo=UTC),
    offered_value=RINA,
    offered_author="Rina Wulandari",
    offered_at=datetime(2025, 11, 2, 20, 0, tzinfo=UTC),
)
VISIT = {
    "visited_on": "2026-11-20",
    "place": "Balai desa",
    "findings/k7/text": "Kas kurang Rp180.000.",
    "findings/k7/due_on": "2026-12-01",
}


def about_visit(path: str, kept: Value, offered: Value) -> Conflict:
    return replace(A_CONFLICT, about_type="visit", about_path=path, kept_value=kept, offered_value=offered)


def told(conflict: Conflict, current: Value = None, **facts: str) -> str:
    current = conflict.kept_value if current is None else current
    return conflict_sentence(conflict, current, VISIT, zone="WITA", **facts)


def test_a_difference_is_told_in_the_words_of_the_form() -> None:
    assert told(A_CONFLICT, own_name="Rina Wulandari") == (
        "Saldo buku kas: Anda Rp2.350.000 (3 Nov); pusat Rp2.530.000 (Dinas Kutai Timur, 1 Nov)."
    )


def test_what_stands_may_be_the_readers_own() -> None:
    assert told(A_CONFLICT, own_name="Dinas Kutai Timur") == (
        "Saldo buku kas: Anda Rp2.530.000 (1 Nov); pihak lain Rp2.350.000 (Rina Wulandari, 3 Nov)."
    )


def test_without_a_reader_both_authors_are_named() -> None:
    assert told(A_CONFLICT) == (
        "Saldo buku kas: yang berlaku Rp2.530.000 (Dinas Kutai Timur, 1 Nov); "
        "yang ditawarkan Rp2.350.000 (Rina Wulandari, 3 Nov)."
    )


def test_two_of_one_day_are_told_with_their_time() -> None:
    conflict = replace(A_CONFLICT, kept_at=datetime(2025, 11, 3, 1, 30, tzinfo=UTC))
    assert "(Dinas Kutai Timur, 3 Nov 09.30)" in told(conflict)
    assert "(Rina Wulandari, 3 Nov 04.00)" in told(conflict)


@pytest.mark.parametrize(
    ("reader", "sentence"),
    [
        (
            "",
            "Saldo buku kas: tadinya berlaku Rp2.530.000 (Dinas Kutai Timur, 1 Nov); "
            "yang ditawarkan Rp2.350.000 (Rina Wulandari, 3 Nov); yang berlaku sekarang Rp75.000.",
        ),
        (
            "Rina Wulandari",
            "Saldo buku kas: Anda Rp2.350.000 (3 Nov); "
            "pusat tadinya Rp2.530.000 (Dinas Kutai Timur, 1 Nov), sekarang Rp75.000.",
        ),
        (
            "Dinas Kutai Timur",
            "Saldo buku kas: Anda Rp2.530.000 (1 Nov); pihak lain Rp2.350.000 (Rina Wulandari, 3 Nov); "
            "yang berlaku sekarang Rp75.000.",
        ),
    ],
)
def test_a_third_value_that_stands_now_is_told_and_the_kept_one_is_no_more_said_to_stand(
    reader: str, sentence: str
) -> None:
    assert told(A_CONFLICT, 75_000, own_name=reader) == sentence


def test_a_deletion_is_told_as_one() -> None:
    conflict = about_visit("~deleted", None, True)
    assert told(conflict) == (
        "Kunjungan: Rina Wulandari (3 Nov) menghapusnya tanpa melihat perubahan terakhir. "
        "Yang berlaku: tetap ada; yang ditawarkan: dihapus."
    )
    assert told(conflict, own_name="Rina Wulandari").startswith("Kunjungan: Anda (3 Nov) menghapusnya")
    assert told(replace(conflict, offered_author="")).startswith("Kunjungan: seseorang (3 Nov) menghapusnya")
    assert told(conflict, True).endswith("dihapus. Sekarang sudah dihapus.")


def test_a_deleted_row_is_named_by_what_is_written_in_it() -> None:
    assert told(about_visit("findings/k7/~deleted", None, True)).startswith(
        "Temuan “Kas kurang Rp180.000.”: Rina Wulandari (3 Nov) menghapusnya"
    )


def test_what_was_deleted_and_written_again_is_told_the_other_way_round() -> None:
    conflict = about_visit("~deleted", True, None)
    assert told(conflict, True) == (
        "Kunjungan: yang berlaku dihapus (Dinas Kutai Timur, 1 Nov); "
        "yang ditawarkan tetap ada (Rina Wulandari, 3 Nov)."
    )
    assert conflict_sentence(conflict, None, VISIT).endswith("Sekarang masih ada.")


def test_a_field_of_a_row_says_of_which_row() -> None:
    conflict = about_visit("findings/k7/due_on", "2026-12-01", "2026-12-08")
    assert told(conflict).startswith("Temuan › tenggat (“Kas kurang Rp180.000.”): yang berlaku 1 Desember")


def test_a_row_is_not_named_by_the_text_in_question_nor_beside_a_key_that_says_it() -> None:
    text = about_visit("findings/k7/text", "Kas kurang.", "Kas lebih.")
    assert told(text).startswith("Temuan › uraian: yang berlaku “Kas kurang.”")
    month = replace(A_CONFLICT, about_type="outlet", about_path="months/2026-10/revenue")
    notes = {"months/2026-10/note": "Tutup seminggu."}
    assert "Tutup" not in conflict_sentence(month, DINAS, notes)


def test_long_texts_are_shown_where_they_differ() -> None:
    same = "Kas dihitung bersama bendahara dan dua pengawas, semua nota diperiksa satu per satu, "
    conflict = about_visit("topics", same + "selisihnya Rp180.000.", same + "tidak ada selisih.")
    sentence = told(conflict)
    assert "selisihnya Rp180.000." in sentence
    assert "tidak ada selisih." in sentence
    assert len(sentence) < 220


def test_texts_that_differ_in_spaces_alone_are_not_shown_alike() -> None:
    kept, offered = apart("Kas\ncocok", "Kas cocok", 60)
    assert (kept, offered) == ("Kas↵cocok", "Kas·cocok")


@pytest.mark.parametrize("before", ["", "x" * 100, "kata " * 30])
@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("", " lagi"), ("a" * 80, "b" * 80), ("ab", "a")])
def test_a_difference_is_always_seen(before: str, one: str, other: str) -> None:
    shown = apart(before + one, before + other, 60)
    assert shown[0] != shown[1]
    assert max(map(len, shown)) <= 60


def test_references_and_other_values_that_read_alike_are_told_apart() -> None:
    conflict = about_visit("signed_photo_id", str(UUID(int=7)), str(UUID(int=8)))
    assert "catatan lain [" in told(conflict)
    assert "0007]" in told(conflict)
    assert "0008]" in told(conflict)


def test_an_emptied_field_and_an_unknown_author_are_told() -> None:
    conflict = replace(
        about_visit("topics", "Kas dihitung.", None), kept_author="", kept_at=datetime(1970, 1, 1, tzinfo=UTC)
    )
    assert told(conflict, own_name="Rina Wulandari") == (
        "Yang dibahas: Anda (kosong) (3 Nov); pusat “Kas dihitung.”."
    )


def test_a_difference_in_something_unknown_is_still_told() -> None:
    conflict = replace(A_CONFLICT, about_type="future", about_path="new_leaf")
    assert told(conflict, own_name="Rina Wulandari").startswith("new leaf: Anda 2.350.000")
    assert told(replace(conflict, about_path="rows/k7/new_leaf")).startswith("rows/k7/new leaf: yang berlaku")
    assert told(replace(conflict, about_path="rows/k7/~deleted", kept_value=None, offered_value=True))


def test_a_heading_names_the_cooperative_and_the_record() -> None:
    name = "Koperasi Desa Merah Putih Peridan"
    assert record_heading("visit", name, VISIT) == f"{name} › Kunjungan 20 November 2026, Balai desa"
    assert record_heading("visit", name, {}) == f"{name} › Kunjungan"
    assert record_heading("visit", "", {}) == "Kunjungan"
    assert record_heading("cooperative", name, {"name": name}) == name


def test_every_type_is_known_by_leaves_it_has() -> None:
    assert KNOWN_BY.keys() == set(TYPES)
    assert [
        (name, path) for name, paths in KNOWN_BY.items() for path in paths if not leaf_at(name, path)
    ] == []


def test_a_title_is_as_short_as_what_is_filled() -> None:
    assert record_title("member_count", {"period": "2026-10", "members": 12}) == "Jumlah anggota Oktober 2026"
    assert record_title("problem", {"text": "Jalan " * 40}).endswith("…")
    assert record_title("future", {"name": "x"}) == "future"
    assert record_title("outlet", {"name": "Gerai sembako"}) == "Gerai sembako"
    assert row_title("visit", "findings/k8", VISIT) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_differences_are_told_in_both_languages(language: str) -> None:
    use_language("en" if language == "en" else "id")
    sentences = {
        told(A_CONFLICT, value, own_name=name) for value in (DINAS, 1) for name in ("", "Rina Wulandari")
    }
    assert len(sentences) == 4
    if language == "en":
        assert told(A_CONFLICT, own_name="Rina Wulandari") == (
            "Balance of the cash book: you Rp2,350,000 (3 Nov); "
            "the centre Rp2,530,000 (Dinas Kutai Timur, 1 Nov)."
        )
        assert told(about_visit("~deleted", None, True)).startswith(
            "Visit: Rina Wulandari (3 Nov) deleted it"
        )
