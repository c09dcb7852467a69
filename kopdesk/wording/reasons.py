"""Why one field was not taken, as a sentence with the remedy. The words come from both ends."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from kopdesk.domain.errors import ForbiddenChange, InvalidField
from kopdesk.domain.states import STATES
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.choices import choice_label, choice_labels
from kopdesk.wording.labels import lowered, path_label, type_label
from kopdesk.wording.shortening import shortened

_MOST_CHOICES_NAMED = 6
_LONGEST_WORDS = 100
_LENGTHS = re.compile(r"\d\d?( / \d\d?)*")

_VALUE_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "wrong_kind": N_(
            "Bentuk isian ini keliru: angka, teks, atau ya/tidak. Isi lagi dengan bentuk yang benar."
        ),
        "negative_amount": N_("Jumlah uang ini tidak boleh kurang dari nol. Isi nol atau lebih."),
        "made_by_centre": N_("Catatan ini dibuat oleh pusat. Sampaikan kepada Dinas bila ada yang keliru."),
        "negative_count": N_("Jumlah tidak boleh kurang dari nol. Isi nol atau lebih."),
        "outside_earth": N_("Letak ini tidak ada di peta. Isi derajat antara -180 dan 180."),
        "line_too_long": N_("Isian ini terlalu panjang. Pendekkan menjadi satu baris saja."),
        "unknown_choice": N_("Pilihan ini tidak dikenal. Pilih salah satu dari daftar."),
        "wrong_digits": N_("Nomor ini tidak pas. Isi angkanya saja, tanpa titik dan spasi."),
        "date_not_understood": N_("Tanggal ini tidak terbaca. Ketik misalnya 5, 5/12, atau 5 Des 2026."),
        "not_a_date": N_("Tanggal ini tidak ada. Isi tahun, bulan, dan tanggal, misalnya 2025-11-12."),
        "not_a_month": N_("Bulan ini tidak ada. Isi tahun dan bulan, misalnya 2025-11."),
        "not_a_time": N_("Jam ini tidak ada. Isi jam dan menit, misalnya 14.30."),
        "not_a_instant": N_("Waktu ini belum lengkap. Isi tanggal dan jam, misalnya 2025-11-12T06:30:00Z."),
        "not_a_reference": N_("Catatan yang dirujuk tidak jelas. Pilih catatannya dari daftar."),
        "not_a_personal_nik": N_("NIK ini keliru. Salin 16 angka dari KTP."),
        "not_a_village_code": N_("Kode desa ini keliru. Isi kode Kemendagri, misalnya 64.08.04.2001."),
        "not_a_phone": N_("Nomor telepon ini keliru. Isi nomor lengkap, misalnya 0812 3456 7890."),
        "not_a_email": N_("Alamat email ini keliru. Isi alamat lengkap, misalnya nama@desa.id."),
        "not_a_sha256": N_("Sidik berkas ini keliru. Lampirkan ulang berkasnya."),
        "not_a_whole_number": N_("Angka ini bukan bilangan bulat. Isi angkanya saja, tanpa koma dan huruf."),
        "number_two_ways": N_("Angka ini bisa dibaca dua cara. Tulis tanpa titik dan koma, misalnya 1500."),
        "not_a_coordinate": N_("Letak ini bukan angka. Isi derajat, misalnya -0,502183."),
        "number_too_large": N_("Angka ini terlalu besar. Periksa jumlah nolnya."),
        "control_character": N_("Ada tanda yang tidak bisa disimpan. Ketik ulang isinya."),
        "text_too_long": N_("Teks ini terlalu panjang. Pendekkan isinya."),
        "unknown_field": N_("Isian ini tidak dikenal. Periksa ejaan namanya."),
        "bad_key": N_("Nama baris ini tidak bisa dipakai. Pakai huruf dan angka saja, paling banyak 40."),
        "bad_mark": N_("Tanda versi ini keliru. Buka lagi catatannya, lalu ubah menurut yang tampil."),
        "newer_field": N_(
            "Isian ini dari Kopdesk yang lebih baru. Perbarui Kopdesk dulu, lalu putuskan lagi."
        ),
        "month_not_understood": N_("Bulan ini tidak dimengerti. Tulis misalnya Oktober 2026 atau 10/2026."),
        "too_many_months": N_("Terlalu banyak bulan; paling lama 50 tahun. Periksa angkanya."),
        "not_above_nought": N_("Angka ini harus lebih dari nol."),
        "negative_rate": N_("Suku bunga tidak boleh kurang dari nol. Isi nol atau lebih."),
        "grace_too_long": N_("Masa tenggang harus lebih pendek dari jangka waktunya."),
        "drawdowns_differ": N_("Jumlah tahap pencairan tidak sama dengan jumlah pinjaman."),
        "drawn_too_late": N_("Ada tahap pencairan setelah pinjaman berakhir."),
        "has_cents": N_("Angka ini punya pecahan rupiah. Tulis rupiah bulat."),
        "formula_without_value": N_("Rumus ini tanpa hasil. Buka berkasnya, simpan ulang, lalu baca lagi."),
        "formula_error": N_(
            "Rumus di berkas menghasilkan kesalahan. Betulkan di berkasnya, atau ketik di sini."
        ),
        "not_a_number": N_("Ini bukan angka. Isi angkanya saja, misalnya 12 atau 12,5."),
        "too_many_decimals": N_("Angka di belakang koma terlalu banyak."),
        "key_twice": N_("Nomor ini sudah ada di baris lain."),
        "key_missing": N_("Baris ini belum punya nomor. Isi nomornya, lalu baris disimpan."),
        "bad_key_typed": N_("Nomor hanya boleh berisi huruf, angka, titik dan strip."),
        "missing": N_("Isian ini masih kosong. Lengkapi dulu."),
        "empty_record": N_("Belum ada yang diisi. Isi paling sedikit satu kolom."),
        "key_leaf": N_("Isian ini tetap sejak dibuat. Buat catatan baru dengan isian yang benar."),
        "formula": N_("Sel ini berisi rumus. Ganti dengan hasilnya."),
        "digits_lost": N_(
            "Sebagian angka hilang di lembar kerja. Ketik ulang nomornya di kolom berformat teks."
        ),
        "bad_login": N_("Nama pengguna ini tidak bisa dipakai. Pakai huruf dan angka, tanpa spasi."),
        "bad_name": N_("Nama ini kosong atau terlalu panjang. Isi nama lengkap dalam satu baris."),
        "bad_password": N_("Kata sandi ini tidak bisa dipakai. Pakai huruf, angka, dan tanda baca biasa."),
        "password_too_short": N_("Kata sandi ini terlalu pendek. Pakai paling sedikit 8 huruf atau angka."),
    }
)

_KINDS_WANTED: Mapping[str, str] = MappingProxyType(
    {
        "money": N_("Isian ini rupiah bulat, tanpa titik dan petik, misalnya 25000."),
        "count": N_("Isian ini bilangan bulat, tanpa petik, misalnya 12."),
        "coordinate": N_("Isian ini sepersejuta derajat, tanpa petik, misalnya -502183."),
        "basis_points": N_("Isian ini bilangan bulat per seratus persen; 6 % ditulis 600."),
        "flag": N_("Isian ini ya atau tidak: true atau false."),
        "values": N_("Isian ini objek dengan nama dan isinya: {…}."),
        "rows": N_("Isian ini beberapa baris: daftar […] atau objek {…}."),
        "row": N_("Baris ini objek dengan nama dan isinya: {…}."),
        **dict.fromkeys(
            ("text", "line", "code", "digits", "date", "month", "time", "instant", "reference"),
            N_("Isian ini teks, di antara petik."),
        ),
    }
)
"""By the kind of a leaf, or what a group of them is."""

_RULE_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "content_is_fixed": N_("Isinya sudah dikunci. Tulis koreksi atau tambahan sebagai gantinya."),
        "only_added": N_("Yang sudah tercatat tidak bisa diubah. Tambahkan catatan baru."),
        "role_may_not": N_("Bagian ini bukan wewenang Anda. Minta pihak yang berwenang mengisinya."),
        "unknown_state": N_("Status ini tidak dikenal. Pilih salah satu dari daftar."),
        "no_such_step": N_(
            "Status itu belum bisa dipilih sekarang. Buka lagi catatannya dan lihat statusnya."
        ),
        "needs_date": N_("Tanggalnya belum ada. Isi tanggal dulu."),
        "needs_attendee": N_("Belum ada orang yang ditemui. Tambahkan paling sedikit satu nama."),
        "needs_purpose_or_finding": N_("Tujuan dan temuan masih kosong. Isi salah satunya dulu."),
        "needs_conclusion": N_("Kesimpulannya belum ada. Pilih kesimpulan dulu."),
        "needs_reason": N_("Alasannya belum ada. Tulis alasan dulu."),
        "needs_answer": N_("Jawabannya belum ada. Tulis jawaban dulu."),
        "needs_text": N_("Isinya masih kosong. Tulis dulu."),
        "already_sealed": N_("Kunjungan ini sudah dikunci. Tulis koreksi bila ada yang keliru."),
        "not_correctable": N_("Bagian ini tidak bisa dikoreksi. Tulis tambahan sebagai gantinya."),
        "not_sealed": N_("Kunjungan ini belum dikunci. Ubah saja isinya langsung."),
        "already_decided": N_("Perbedaan ini sudah diputuskan. Buka lagi daftarnya."),
        "value_not_asked": N_("Nilai lain tidak diperlukan untuk pilihan ini. Kosongkan nilainya."),
    }
)

_CENTRE_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "unknown_leaf": N_("Isian ini tidak dikenal pusat. Pasang Kopdesk versi terbaru."),
        "unknown_type": N_("Jenis catatan ini tidak dikenal pusat. Pasang Kopdesk versi terbaru."),
        "other_channel": N_("Catatan ini milik koperasi lain. Buat lagi di koperasi yang benar."),
        "foreign_channel": N_("Koperasi ini bukan dampingan Anda. Hubungi Dinas bila itu keliru."),
        "withdrawn_channel": N_(
            "Penugasan Anda di koperasi ini sudah diakhiri, dan isian Anda dititipkan di pusat. "
            "Minta Dinas meneruskannya."
        ),
        "disabled_account": N_(
            "Akun Anda sudah ditutup, dan isian ini dititipkan di pusat. Minta Dinas meneruskannya."
        ),
        "lost_grant": N_(
            "Pusat kehilangan catatan penugasan Anda, dan isian ini dititipkan di sana. "
            "Minta Dinas menugaskan Anda lagi."
        ),
        "in_question": N_(
            "Isian ini berbeda dengan isian orang lain, dan pusat menyimpan keduanya. "
            "Dinas akan memutuskan; hubungi mereka bila mendesak."
        ),
        "question_missing": N_(
            "Perbedaan yang diputuskan di sini tidak ada di pusat. Tunggu sampai muncul lagi di daftar, "
            "lalu putuskan."
        ),
        "handed_in_again": N_(
            "Pusat sempat kehilangan titipan ini, dan laptop ini sudah menyerahkannya lagi. "
            "Minta Dinas meneruskannya."
        ),
        "read_only_channel": N_("Koperasi ini hanya boleh Anda baca. Hubungi Dinas bila itu keliru."),
        "was_withdrawn": N_(
            "Isian ini dititipkan di pusat sewaktu koperasinya bukan dampingan Anda. "
            "Minta Dinas meneruskannya."
        ),
        "was_disabled": N_(
            "Isian ini dititipkan di pusat sewaktu akun Anda ditutup. Minta Dinas meneruskannya."
        ),
        "grant_was_lost": N_(
            "Pusat sempat kehilangan catatan penugasan Anda, dan isian ini dititipkan di sana. "
            "Minta Dinas meneruskannya."
        ),
        "dropped": N_("Peninjau memutuskan isian ini tidak dipakai. Hubungi Dinas bila itu keliru."),
        # Why the centre refused a whole batch, which in the end held this one alone.
        "too_large": N_(
            "Catatan ini terlalu besar untuk pusat; isinya aman di laptop. "
            "Pendekkan, atau bagi menjadi dua catatan."
        ),
        **dict.fromkeys(
            ("unknown_protocol", "unknown_coding", "unknown_path"),
            N_(
                "Pusat tidak mengerti isian ini; isinya aman di laptop. "
                "Pasang Kopdesk versi terbaru, lalu isi lagi."
            ),
        ),
        **dict.fromkeys(
            (
                "bad_value",
                "channel_twice",
                "foreign_batch",
                "leaf_twice",
                "truncated",
                "undecodable",
                "uneven_columns",
                "unknown_channel",
            ),
            N_(
                "Pusat tidak bisa membaca isian ini; isinya aman di laptop. "
                "Isi lagi, dan hubungi Dinas bila tetap ditolak."
            ),
        ),
    }
)

REASONS: Mapping[str, str] = MappingProxyType({**_VALUE_REASONS, **_RULE_REASONS, **_CENTRE_REASONS})


def reason_sentence(reason: str, detail: str = "") -> str:
    """Why a field was not taken, here or at the centre, and what to do."""
    if reason == "wrong_digits" and _LENGTHS.fullmatch(detail):
        lengths = detail.replace("/", _("atau"))
        return _("Nomor ini tidak pas. Isi {lengths} angka, tanpa titik dan spasi.").format(lengths=lengths)
    if reason == "wrong_kind" and detail in _KINDS_WANTED:
        return _(_KINDS_WANTED[detail])
    if reason == "unknown_choice":
        labels = choice_labels(tuple(detail.split(", ")))
        if 0 < len(labels) <= _MOST_CHOICES_NAMED:
            told = _("Pilihan ini tidak dikenal. Pilih salah satu: {choices}.")
            return told.format(choices=", ".join(labels))
    if reason == "dropped" and detail:
        told = _("Peninjau memutuskan isian ini tidak dipakai: “{words}”. Hubungi Dinas bila itu keliru.")
        return told.format(words=shortened(detail, _LONGEST_WORDS))
    if reason in REASONS:
        return _(REASONS[reason])
    return _("Isian ini belum bisa diterima. Periksa lagi isinya.")


def field_sentence(error: InvalidField, record_type: str | None = None) -> str:
    """The same after the name of the field: "Temuan › tenggat: tanggal ini tidak ada. …"."""
    told = reason_sentence(error.reason, error.detail)
    return _after(path_label(record_type, error.path), told) if error.path else told


def change_sentence(error: ForbiddenChange) -> str:
    """The same for what a record's state or the caller's rights forbid."""
    where = type_label(error.record_type)
    if error.path and error.path not in ("state", "status"):
        where += " › " + lowered(path_label(error.record_type, error.path))
    if error.record_type == "plan" and error.reason == "content_is_fixed":
        return _after(where, _("Rencana ini sedang dibaca peninjau. Tunggu sampai dikembalikan."))
    if error.reason == "no_such_step" and (state := _state_label(error)):
        told = _("Status itu belum bisa dipilih selagi statusnya “{state}”. Buka lagi catatannya.")
        return _after(where, told.format(state=state))
    return _after(where, reason_sentence(error.reason, error.detail))


def _state_label(error: ForbiddenChange) -> str:
    """In which state the record is, if the error says so."""
    table = STATES.get(error.record_type)
    return choice_label(table.states, error.detail) if table is not None and error.detail else ""


def _after(label: str, sentence: str) -> str:
    return f"{label}: {lowered(sentence)}"
