"""Words of bookkeeping checks: causes, advice, conclusions, and the goods that are counted."""

CHECK_TEXTS = {
    "cause": (
        "Kembalian salah, {pegawai} ingat harinya.",
        "Ada nota {barang} yang belum dicatat.",
        "Uang dipakai beli bensin, kuitansi menyusul.",
        "Belum tahu, ditelusuri dari nota tiga hari terakhir.",
        "Bon {warga} dikira sudah dicatat.",
    ),
    "cash": (
        "Telusuri nota yang belum dicatat sejak hitung kas terakhir.",
        "Buat berita acara selisih, {ketua} yang memutuskan.",
        "Hitung lagi berdua besok pagi sebelum gerai buka.",
    ),
    "trial": (
        "Cek angka terbalik dulu: selisih habis dibagi sembilan.",
        "Cocokkan per akun dengan buku kas mulai dari beban.",
        "Jumlah ulang kolom debit, lihat beban listrik dan angkut.",
    ),
    "savings": (
        "Pakai kartu yang ditandatangani anggota, betulkan bukunya.",
        "Tanya anggotanya, lalu betulkan yang salah dengan paraf.",
        "Cari kuitansi setoran terakhir, salin ke buku.",
    ),
}

CHECK_SUMMARIES = {
    "orderly": (
        ("Kas cocok, neraca saldo seimbang, nota lengkap.", "Pertahankan, hitung kas mendadak sebulan sekali."),
        ("Pembukuan {bln_lalu} rapi, tinggal kartu stok barang kecil.", "Kartu stok dilengkapi per kelompok barang."),
        ("Buku cocok dgn kas, bank dan kartu simpanan contoh.", "Siapkan laporan triwulan dari buku besar."),
    ),
    "needs_mending": (
        ("Buku kas ada dan jalan, masih ada selisih yang harus ditelusuri.", "Selisih diselesaikan dulu sebelum laporan bulan ini."),
        ("Pencatatan cukup, tetapi beberapa angka tidak cocok antar buku.", "Cocokkan tiap akhir pekan, {pengawas} ikut melihat."),
        ("Sebagian buku tertinggal, kas dan simpanan perlu dibetulkan.", "Buku yang tertinggal ditulis dua minggu ini."),
    ),
    "absent": (
        ("Buku kas berhenti, hanya kas fisik yang bisa dihitung.", "Mulai lagi dari saldo hitung kas, susun nota lama per bulan."),
        ("Tidak ada catatan yang bisa diperiksa selain kas.", "{sekretaris} membantu menulis sampai catatan jalan."),
        ("Catatan belum dimulai lagi, nota masih dalam kardus.", "Sortir nota per bulan, mulai dari yang terbaru."),
    ),
}

STOCK_ARTICLES = (
    ("Beras SPHP 5 kg", "karung", 61_500),
    ("Gula pasir 1 kg", "bungkus", 16_800),
    ("Minyak goreng 1 liter", "botol", 15_700),
    ("Telur", "kilogram", 27_500),
    ("Terigu 1 kg", "bungkus", 11_200),
    ("Mi instan", "dus", 112_000),
    ("Kopi bubuk 65 g", "bungkus", 6_400),
    ("Sabun cuci 800 g", "bungkus", 17_900),
    ("Air mineral gelas", "dus", 21_000),
    ("Kecap 275 ml", "botol", 12_300),
    ("Susu kental", "kaleng", 11_700),
)
