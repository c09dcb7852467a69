from datetime import UTC, datetime

from kopdesk.wording.catalogue import use_language
from kopdesk.wording.devices import clock_sentence, copy_sentence, rewind_sentence

AT = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def test_a_copied_laptop_is_told_with_what_to_ask() -> None:
    assert copy_sentence("laptop-sari", "sari", AT) == (
        "Laptop laptop-sari (sari) punya salinan, terakhir terlihat 23 Nov 2026. "
        "Tidak ada isian yang hilang; tanyakan siapa yang menyalin laptop itu atau memulihkan data lamanya."
    )


def test_a_wrong_clock_is_told_with_how_wrong_it_is() -> None:
    for off in (2 * 86_400 + 5, -2 * 86_400 - 5):
        assert clock_sentence("laptop-sari", "sari", off).startswith(
            "Jam laptop laptop-sari (sari) meleset 2 hari saat"
        )
    use_language("en")
    assert "was off by 3 hours" in clock_sentence("laptop-sari", "sari", 3 * 3_600)


def test_a_lost_past_is_told_once_for_all_laptops_that_noticed() -> None:
    told = rewind_sentence([(f"laptop-{n}", f"orang{n}") for n in range(7)], AT)
    assert told.startswith("Data server ini pernah mundur ke keadaan lama, terakhir diketahui 23 Nov 2026")
    assert "laptop-4 (orang4), …" in told
    assert "laptop-5" not in told
