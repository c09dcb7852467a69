import re
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kopdesk.domain.errors import ForbiddenChange, InvalidField, KopdeskError, RecordNotFound
from kopdesk.protocol.messages import Verdict
from kopdesk.server.errors import BackupUnusable, StoreFailed
from kopdesk.server.errors import DatabaseNewer as ServerDatabaseNewer
from kopdesk.sheets.limits import FileUnreadable
from kopdesk.storage.errors import DatabaseNewer, DiskFull, ProfileError, ReadOnlyFolder
from kopdesk.sync.errors import HistoryBroken, LinkFailed, NotBelieved, ServerRefused
from kopdesk.usecases.errors import CopyKept, NotShown, StillUnsent
from kopdesk.wording.catalogue import LANGUAGES, use_language
from kopdesk.wording.reasons import REASONS, reason_sentence
from kopdesk.wording.sentences import SENTENCES, sentence_for
from kopdesk.wording.sentences_import import ROW_REASONS, row_sentence
from kopdesk.wording.sentences_link import (
    HISTORY_VERDICTS,
    LINK_REASONS,
    MESSAGE_REASONS,
    REASONS_OF_REFUSALS,
)
from kopdesk.wording.sentences_server import (
    ASIDE_REASONS,
    BACKUP_REASONS,
    FILE_REASONS,
    STORE_REASONS,
    aside_sentence,
)
from tests.wording.failures import (
    backup_words,
    field_words,
    file_words,
    kinds_of_failure,
    link_words,
    message_words,
    one_of,
    refusal_words,
    refused_batch_words,
    row_words,
)

FAILURES = [one_of(kind) for kind in kinds_of_failure()]
LONGEST = 220


def sentences() -> list[str]:
    """Everything a failure can be told as, in the language spoken now."""
    errors: list[Exception] = [
        *FAILURES,
        KopdeskError(),
        ValueError("a bug"),
        *(
            InvalidField("findings/ab12/due_on", reason, "16 / 15")
            for reason in (*REASONS, "from a newer centre")
        ),
        *(ForbiddenChange("visit", "findings/ab12/due_on", reason) for reason in REASONS),
        ForbiddenChange("plan", "title", "content_is_fixed"),
        *(LinkFailed(reason) for reason in LINK_REASONS),
        *(ServerRefused(400, reason) for reason in REASONS_OF_REFUSALS),
        ServerRefused(429, "too_many_attempts", 300),
        ServerRefused(503, "too_busy", 30),
        *(NotBelieved(reason) for reason in MESSAGE_REASONS),
        *(HistoryBroken(verdict) for verdict in HISTORY_VERDICTS),
        CopyKept(UUID(int=1), None),
        NotShown(UUID(int=1), deletes=False),
        *(StoreFailed(reason) for reason in STORE_REASONS),
        *(BackupUnusable(Path("/cadangan/server 2026.zip"), reason) for reason in BACKUP_REASONS),
        *(FileUnreadable(Path("Daftar koperasi.xlsx"), reason, "20000") for reason in FILE_REASONS),
    ]
    rows = [
        row_sentence(reason, "contoh", sheet="Koperasi", row=12, column="NIK Koperasi")
        for reason in (*ROW_REASONS, *REASONS)
    ]
    aside = map(aside_sentence, (*ASIDE_REASONS, "role_may_not"))
    dropped = reason_sentence("dropped", "Sudah ditulis ulang oleh penggantinya. " * 9)
    return [*map(sentence_for, errors), *map(reason_sentence, REASONS), dropped, *rows, *aside]


def test_every_failure_the_program_knows_has_a_sentence_of_its_own() -> None:
    general = sentence_for(KopdeskError())
    assert [type(error) for error in FAILURES if sentence_for(error) == general] == []


def test_no_sentence_is_left_behind_by_a_failure_that_is_gone() -> None:
    kinds = kinds_of_failure()
    names = {kind.__name__ for kind in kinds} | {
        f"{kind.__module__.split('.')[1]}.{kind.__name__}" for kind in kinds
    }
    assert sorted(SENTENCES.keys() - names) == []


def test_every_word_that_says_why_has_a_sentence() -> None:
    assert sorted(field_words() - REASONS.keys()) == []
    assert sorted(refused_batch_words() - REASONS.keys()) == []
    assert sorted(link_words() - LINK_REASONS.keys()) == []
    assert sorted(refusal_words() - REASONS_OF_REFUSALS) == []
    assert sorted(message_words() - MESSAGE_REASONS.keys()) == []
    assert sorted(file_words() - FILE_REASONS.keys()) == []
    assert sorted(backup_words() - BACKUP_REASONS.keys()) == []
    assert sorted(row_words() - ROW_REASONS.keys() - REASONS.keys()) == []
    assert {verdict.name.lower() for verdict in Verdict if verdict is not Verdict.OK} == set(HISTORY_VERDICTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_short_ends_with_a_stop_and_shows_nothing_of_the_program(language: str) -> None:
    use_language("en" if language == "en" else "id")
    for sentence in sentences():
        assert sentence.endswith("."), sentence
        assert len(sentence) <= LONGEST, sentence
        assert not re.search(r"[{}]|\n|  |[a-z]_[a-z]|None|Error|\bdata/", sentence), sentence


def test_nothing_is_longer_than_it_may_be_however_long_its_facts_are() -> None:
    long = "Koperasi " * 60
    for error in (ReadOnlyFolder(Path("/" + long)), FileUnreadable(Path(long), "missing")):
        assert len(sentence_for(error)) <= LONGEST


def test_a_sentence_says_what_is_safe_when_the_disk_is_full() -> None:
    assert sentence_for(DiskFull(Path("x"))) == (
        "Disk laptop penuh, perubahan terakhir belum tersimpan. "
        "Hapus berkas yang tidak perlu lalu simpan lagi; data sebelumnya aman."
    )


def test_a_field_is_named_as_the_form_names_it() -> None:
    error = InvalidField("findings/k7/due_on", "not_a_date", "31-02-2026")
    assert sentence_for(error).startswith("Temuan › tenggat: tanggal ini tidak ada. ")


def test_the_name_of_a_field_follows_the_record_type_where_it_is_known() -> None:
    error = InvalidField("name", "line_too_long")
    assert sentence_for(error).startswith("Nama: ")
    assert sentence_for(error, "outlet").startswith("Nama gerai: ")


def test_few_choices_are_named_and_many_are_not() -> None:
    few = InvalidField("findings/k7/weight", "unknown_choice", "low, medium, high")
    many = InvalidField("business", "unknown_choice", ", ".join("abcdefghijk"))
    assert sentence_for(few).endswith("Pilih salah satu: Rendah, Sedang, Tinggi.")
    assert sentence_for(many).endswith("Pilih salah satu dari daftar.")


def test_a_number_of_the_wrong_length_says_the_right_lengths() -> None:
    assert "16 atau 15 angka" in sentence_for(InvalidField("npwp", "wrong_digits", "16 / 15"))


def test_a_reason_without_a_field_stands_alone() -> None:
    assert sentence_for(InvalidField("", "empty_record")) == reason_sentence("empty_record")


def test_what_stops_a_visit_from_being_sealed_is_told_of_the_visit() -> None:
    error = ForbiddenChange("visit", "state", "needs_attendee", "attendee")
    assert sentence_for(error).startswith("Kunjungan: belum ada orang yang ditemui. ")


def test_waiting_is_told_with_its_length() -> None:
    assert "Tunggu 5 menit" in sentence_for(ServerRefused(429, "too_many_attempts", 300))


def test_two_failures_of_one_name_are_told_apart_by_their_package() -> None:
    laptop, server = sentence_for(DatabaseNewer(Path("x"))), sentence_for(ServerDatabaseNewer(3, 2))
    assert "laptop" in laptop
    assert "server" in server


def test_a_failure_without_a_sentence_is_told_as_its_ancestor() -> None:
    class NewProfileTrouble(ProfileError):
        pass

    assert sentence_for(NewProfileTrouble(Path("x"))) == sentence_for(ProfileError(Path("x")))


def test_a_bug_is_told_without_its_name() -> None:
    assert "ZeroDivision" not in sentence_for(ZeroDivisionError("division by zero"))


def test_what_keeps_a_copy_is_told_with_its_number_and_its_day() -> None:
    assert sentence_for(StillUnsent(UUID(int=1), 1234)).startswith("1.234 isian koperasi ini belum sampai")
    assert "mulai 23 Desember 2026" in sentence_for(CopyKept(UUID(int=1), date(2026, 12, 23)))


def test_a_record_that_is_missing_is_named() -> None:
    assert sentence_for(RecordNotFound("visit", uuid4())).startswith("Kunjungan ini tidak ada di sini.")


def test_a_problem_in_a_list_names_sheet_row_and_column() -> None:
    sentence = row_sentence("wrong_digits", "16", sheet="Koperasi", row=12, column="NIK Koperasi")
    assert sentence.startswith(
        "Lembar Koperasi, baris 12, kolom “NIK Koperasi”: nomor ini tidak pas. Isi 16 angka"
    )


def test_a_problem_of_a_whole_list_names_no_row() -> None:
    assert row_sentence("no_list").startswith("Tidak ada daftar koperasi")
    assert row_sentence("row_twice", "7", row=9) == "Baris 9: sudah ada di baris 7. Hapus salah satunya."
