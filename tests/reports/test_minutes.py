"""The minutes of a visit: what is in them, as message and as pages; a person's own template."""

from pathlib import Path
from uuid import UUID

import pytest

from kopdesk.domain.errors import RecordNotFound
from kopdesk.reports.minutes import Minutes, minutes_facts, minutes_message, read_minutes
from kopdesk.reports.typesetting import typeset
from kopdesk.usecases.records import delete_record
from kopdesk.wording.sentences import sentence_for
from tests.support.histories import synced
from tests.support.world import TestLaptop, World

OWN = """#let facts = json(bytes(sys.inputs.facts))
#set page(width: 100mm, height: 100mm)
#facts.cooperative"""


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    world.person("ani", coop)
    return coop


@pytest.fixture
def ani(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "ani", coop)


@pytest.fixture
def visit(ani: TestLaptop, coop: UUID) -> UUID:
    visit = ani.put(
        "visit",
        cooperative_id=str(coop),
        visited_on="2026-11-20",
        start_time="09:20",
        end_time="11:00",
        zone="WITA",
        place="Balai desa",
        mode="field",
        purposes={"plans": True, "partnerships": None},
        attendees={"a": {"name": "Hj. Nurhayati", "position": "Ketua"}},
        findings={"f": {"text": "Kas kurang.", "recommendation": "Cari notanya.", "due_on": "2026-11-30"}},
        agreement="Hubungi 0812-3456-7890 bila kas sudah cocok. NIK 6408041203780001. Selisih Rp1.250.000.",
    )
    ani.put(
        "follow_up",
        cooperative_id=str(coop),
        promise="Nota dicari.",
        responsible="Bendahara",
        due_on="2026-11-30",
        origin_type="visit",
        origin_id=str(visit),
    )
    return visit


@pytest.fixture
def minutes(ani: TestLaptop, visit: UUID) -> Minutes:
    return read_minutes(ani.desk.database, visit, assistant="Ani", zone="WITA")


def test_the_minutes_hold_what_was_recorded_in_words(minutes: Minutes) -> None:
    assert minutes.cooperative == "Koperasi Desa Merah Putih Peridan"
    assert (minutes.day, minutes.time) == ("Jumat, 20 November 2026", "09.20–11.00 WITA")
    assert (minutes.place, minutes.mode, minutes.is_draft) == ("Balai desa", "Di lapangan", True)
    assert [(one.name, one.position) for one in minutes.people] == [("Hj. Nurhayati", "Ketua")]
    assert minutes.purposes == ("Penyusunan rencana usaha",)
    assert [one.mend for one in minutes.findings] == ["Cari notanya, sampai 30 November 2026"]
    assert [(one.text, one.due) for one in minutes.promises] == [("Nota dicari.", "30 November 2026")]


def test_a_message_has_no_number_that_belongs_to_a_person(minutes: Minutes) -> None:
    told = minutes_message(minutes)
    assert "Hubungi [nomor] bila kas sudah cocok. NIK [nomor]. Selisih Rp1.250.000." in told
    assert "- Nota dicari, Bendahara, 30 November 2026" in told
    assert "Jumat, 20 November 2026, 09.20–11.00 WITA, Balai desa" in told
    assert "Tujuan: " in told


def test_what_was_corrected_after_the_seal_stands_beside_it(ani: TestLaptop, coop: UUID, visit: UUID) -> None:
    ani.put("visit", id=str(visit), state="sealed", sealed_at="2026-11-20T04:00:00Z")
    correction = {"path": "place", "value": "Gerai", "reason": "Salah ketik", "by": "Ani"}
    ani.put("visit", id=str(visit), corrections={"c": correction}, additions={"t": {"text": "Kades ikut."}})
    minutes = read_minutes(ani.desk.database, visit, assistant="Ani", zone="WITA")
    assert not minutes.is_draft
    assert minutes.later == ("Koreksi Tempat: Gerai. Alasan: Salah ketik (Ani)", "Tambahan: Kades ikut.")


def test_a_visit_that_is_deleted_has_none(ani: TestLaptop, visit: UUID) -> None:
    ani.sync()
    delete_record(ani.desk, "visit", visit)
    with pytest.raises(RecordNotFound):
        read_minutes(ani.desk.database, visit, assistant="Ani", zone="WITA")


@pytest.mark.parametrize("paper", ["a4", "f4"])
def test_they_are_set_on_both_papers_whatever_was_typed(minutes: Minutes, paper: str) -> None:
    hostile = minutes_facts(minutes) | {"agreement": '#panic(1) $x$ <label> *a* [b] \\ " \n= Judul @x'}
    done = typeset("minutes", hostile, own_templates=None, paper=paper)  # type: ignore[arg-type]
    assert done.pdf.startswith(b"%PDF")
    assert (len(done.pages), done.fault) == (1, None)
    assert done.pages[0].startswith(b"\x89PNG")
    assert b"Inter" in done.pdf


def test_long_minutes_go_on_on_a_second_page(minutes: Minutes) -> None:
    findings = [{"text": f"Temuan {n}. " * 12, "mend": "Segera."} for n in range(30)]
    long = minutes_facts(minutes) | {"findings": findings}
    assert len(typeset("minutes", long, own_templates=None).pages) > 1


def test_a_persons_own_template_is_used_instead(minutes: Minutes, tmp_path: Path) -> None:
    shipped = typeset("minutes", minutes_facts(minutes), own_templates=tmp_path)
    (tmp_path / "minutes.typ").write_text(OWN, encoding="utf-8")
    own = typeset("minutes", minutes_facts(minutes), own_templates=tmp_path)
    assert own.fault is None
    assert len(own.pages[0]) < len(shipped.pages[0])


@pytest.mark.parametrize(
    ("broken", "line"),
    [("\n#let x = (\n", 2), (OWN + "\n#facts.no_such_thing", 4), (OWN + '\n#read("/etc/hostname")', 4)],
)
def test_a_fault_in_it_is_named_by_line_and_the_shipped_one_used(
    minutes: Minutes, tmp_path: Path, broken: str, line: int
) -> None:
    (tmp_path / "minutes.typ").write_text(broken, encoding="utf-8")
    done = typeset("minutes", minutes_facts(minutes), own_templates=tmp_path)
    assert done.pdf.startswith(b"%PDF")
    assert done.fault is not None
    assert done.fault.line == line
    assert f"minutes.typ keliru di baris {line}," in sentence_for(done.fault)
