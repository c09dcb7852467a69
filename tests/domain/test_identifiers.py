import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.identifiers import (
    VillageKind,
    email,
    is_cooperative_nik,
    is_email,
    is_nib,
    is_npwp,
    is_personal_nik,
    is_phone,
    is_sha256,
    is_village_code,
    phone,
    village_code,
    village_kind,
)

two_digits = st.integers(0, 99).map(lambda number: f"{number:02}")
village_blocks = st.tuples(two_digits, two_digits, two_digits, st.integers(1000, 3999).map(str))


@given(village_blocks, st.lists(st.booleans(), min_size=3, max_size=3))
def test_a_village_code_gets_its_dots_however_it_came(
    blocks: tuple[str, str, str, str], dotted: list[bool]
) -> None:
    written = blocks[0] + "".join(("." if dot else "") + b for dot, b in zip(dotted, blocks[1:], strict=True))
    assert village_code(f" {written} ") == ".".join(blocks)
    assert is_village_code(".".join(blocks))
    assert is_village_code(written) == all(dotted)


@given(st.text(max_size=20))
def test_what_is_no_village_code_is_left_as_it_is(text: str) -> None:
    code = village_code(text)
    assert code == text or is_village_code(code)
    assert village_code(code) == code


@pytest.mark.parametrize(
    "text", ["", "64.08.05.4002", "64.08.05.0002", "64.08.05", "64,08,05,2002", "٦٤.08.05.2002"]
)
def test_a_village_that_cannot_exist_is_none(text: str) -> None:
    assert not is_village_code(village_code(text))
    assert village_kind(text) is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("35.73.03.1003", VillageKind.KELURAHAN),
        ("64.08.05.2002", VillageKind.DESA),
        ("91.03.01.3001", VillageKind.DESA_ADAT),
        ("6408052002", VillageKind.DESA),
    ],
)
def test_the_fourth_block_tells_who_governs(code: str, kind: VillageKind) -> None:
    assert village_kind(code) is kind


@given(st.integers(1, 31), st.booleans(), st.integers(1, 12), st.integers(0, 99), st.integers(0, 9999))
def test_a_personal_number_has_a_birthday_in_it(
    day: int, is_woman: bool, month: int, year: int, serial: int
) -> None:
    assert is_personal_nik(f"640805{day + 40 * is_woman:02}{month:02}{year:02}{serial:04}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "640805000785000",
        "64080500078500012",
        "6408050007850001",  # day 0
        "6408053207850001",  # day 32
        "6408054007850001",  # day 40 is no woman's first day
        "6408057207850001",  # day 72
        "6408051700850001",  # month 0
        "6408051713850001",  # month 13
        "640805170785000x",
        "٦٤٠٨٠٥١٧٠٧٨٥٠٠٠١",
    ],
)
def test_a_personal_number_without_a_birthday_is_none(text: str) -> None:
    assert not is_personal_nik(text)


def test_official_numbers_have_their_lengths() -> None:
    assert [size for size in range(20) if is_cooperative_nik("7" * size)] == [16]
    assert [size for size in range(20) if is_nib("7" * size)] == [13]
    assert [size for size in range(20) if is_npwp("7" * size)] == [15, 16]
    assert not is_nib("12345678901 3")
    assert not is_nib("¹²³¹²³¹²³¹²³¹")


@pytest.mark.parametrize(
    "text",
    [
        "0812-3456-7890",
        "+62 812 3456 7890",
        "62812.3456.7890",
        "+6208123456 7890",
        "(0812) 34567890",
        "628123 4567890",
    ],
)
def test_one_phone_is_one_number_however_it_is_written(text: str) -> None:
    assert phone(text) == "+6281234567890"


@given(st.text(st.sampled_from("0123456789+-() .ab"), max_size=20))
def test_a_phone_once_written_well_stays_so(text: str) -> None:
    assert phone(phone(text)) == phone(text)


@pytest.mark.parametrize("text", ["", "0812", "tanya Budi", "+", "081234567890123456789", "+62٨١٢٣٤٥٦٧٨"])
def test_what_cannot_be_dialled_is_no_phone(text: str) -> None:
    assert not is_phone(phone(text))


def test_a_foreign_number_is_a_phone() -> None:
    assert is_phone(phone("+60 12-345 6789"))


def test_an_email_has_one_at_and_a_host() -> None:
    assert is_email(email(" kdmp.peridan@gmail.com "))
    for text in ("", "kdmp", "a@b", "a b@c.id", "a@b@c.id", "a@.id", "a@b.", "a@b..id"):
        assert not is_email(text)


def test_a_hash_is_64_small_hexadecimal_digits() -> None:
    assert is_sha256("0f" * 32)
    assert not is_sha256("0F" * 32)
    assert not is_sha256("0f" * 31)
