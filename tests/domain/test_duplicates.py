from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopdesk.domain.duplicates import (
    CooperativeSummary,
    Likeness,
    OfficerSummary,
    like_cooperatives,
    like_officers,
    plain_name,
    similar_names,
)

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Koperasi Desa Merah Putih Tanjung Manis", "KDMP TANJUNG MANIS"),
        ("Koperasi Kelurahan Merah Putih Bumiayu", "Bumi Ayu"),
        ("Kop. Desa Merah-Putih Péridan", "Peridan"),
        ("Mukti Utama", "Mukti Utamma"),
    ],
)
def test_spellings_of_one_name_are_similar(left: str, right: str) -> None:
    assert similar_names(left, right)
    assert similar_names(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Koperasi Desa Merah Putih Peridan", "Koperasi Desa Merah Putih Tadoan"),
        ("KDMP Suka Maju 1", "KDMP Suka Maju 2"),
        ("Tepian Indah I", "Tepian Indah II"),
        ("Benua Baru", "Benua Baru Ilir"),
        ("", ""),
        (None, "Peridan"),
    ],
)
def test_names_of_two_villages_are_not(left: str | None, right: str | None) -> None:
    assert not similar_names(left, right)


def test_a_village_called_red_keeps_its_name() -> None:
    assert plain_name("Koperasi Desa Merah Putih Tanah Merah") == "tanah merah"
    assert plain_name("Koperasi Desa Merah Putih") == "koperasi desa merah putih"


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_of_names_has_no_direction(left: str, right: str) -> None:
    assert similar_names(left, right) == similar_names(right, left)


def test_the_strongest_reason_comes_first() -> None:
    new = CooperativeSummary(
        id=ONE, name="KDMP Peridan", nik="6408052003000001", village_code="64.08.05.2003"
    )
    known = [
        CooperativeSummary(id=TWO, name="Peridan"),
        CooperativeSummary(id=THREE, name="Koperasi Peridan Jaya", nik="6408052003000001"),
        CooperativeSummary(id=UUID(int=4), village_code="64.08.05.2003", nik="9908052003000001"),
        CooperativeSummary(id=UUID(int=5), name="Manubar", nik="1111111111111111"),
        new,
    ]
    assert like_cooperatives(new, known) == [
        Likeness(THREE, ("same_nik",)),
        Likeness(UUID(int=4), ("same_village", "same_nik_tail")),
        Likeness(TWO, ("similar_name",)),
    ]


@pytest.mark.parametrize(
    ("nik", "alike"),
    [("9999999999000001", True), ("6408052003990001", False), ("0001", False), (None, False)],
)
def test_a_number_with_a_mistyped_beginning_still_ends_alike(nik: str | None, alike: bool) -> None:
    new = CooperativeSummary(id=ONE, nik="6408052003000001")
    found = like_cooperatives(new, [CooperativeSummary(id=TWO, nik=nik)])
    assert found == ([Likeness(TWO, ("same_nik_tail",))] if alike else [])


def test_villages_far_apart_share_names() -> None:
    new = CooperativeSummary(id=ONE, name="Suka Maju", village_code="64.08.05.2003")
    near = CooperativeSummary(id=TWO, name="Sukamaju", village_code="64.08.11.2003")
    far = CooperativeSummary(id=THREE, name="Suka Maju", village_code="35.73.03.1003")
    assert [likeness.id for likeness in like_cooperatives(new, [near, far])] == [TWO]


def test_officers_are_known_by_number_phone_or_name() -> None:
    new = OfficerSummary(id=ONE, name="H. Ahmad Fauzi, S.E.", nik="6408051707850001", phone="+628111111111")
    known = [
        OfficerSummary(id=TWO, name="Ahmad Fauzi"),
        OfficerSummary(id=THREE, name="Siti Aminah", phone="+628111111111"),
        OfficerSummary(id=UUID(int=4), name="Rahmat Hidayat", nik="******850001"),
        OfficerSummary(id=UUID(int=5), name="Dewi Lestari", nik="6408054101850001"),
    ]
    assert like_officers(new, known) == [
        Likeness(UUID(int=4), ("same_nik_tail",)),
        Likeness(THREE, ("same_phone",)),
        Likeness(TWO, ("similar_name",)),
    ]
