"""What officers and assistant agreed at the end of a visit."""

from typing import NamedTuple


class AgreementText(NamedTuple):
    """`aspect` is a word of the findings, so that what was found and what was agreed belong together."""

    aspect: str
    text: str
    needs: tuple[str, ...] = ()


A = AgreementText

AGREEMENTS = (
    A("buku", "Buku kas ditulis tiap sore oleh {bendahara}, {ketua} paraf tiap Sabtu.", ("catat",)),
    A("kas", "Belanja di atas 500 ribu harus dua tanda tangan.", ()),
    A("simpanan", "Simpanan wajib {wajib} ditagih paling lambat tgl 10 tiap bulan.", ()),
    A("kas", "Kas di gerai paling banyak satu juta, sisanya ke {bank}.", ("toko",)),
    A("kas", "{pengawas} menghitung kas sekali sebulan tanpa kabar.", ()),
    A("pinjaman", "Bon anggota paling banyak 200 ribu dan 14 hari.", ("toko",)),
    A("gerai", "Gerai buka jam 8 sampai 16, Jumat sampai 11.", ("toko",)),
    A("gerai", "Harga jual ditulis ulang tiap barang masuk.", ("toko",)),
    A("stok", "Barang lewat tanggal diturunkan tiap tgl 1.", ("toko",)),
    A("mitra", "LPG hanya dijual sesuai HET {het}, maksimal 2 tabung per KK.", ("lpg",)),
    A("mitra", "Tabung yang dipinjam warga ditarik semua sebelum kiriman berikut.", ("lpg",)),
    A("mitra", "Uang LPG disetor di hari yang sama.", ("lpg",)),
    A("rapat", "Rapat pengurus tiap tanggal 5 sesudah isya di {tempat}.", ()),
    A("rapat", "{sekretaris} membuat notulen, dibacakan sebelum bubar.", ()),
    A("pengurus", "{ketua} dan {bendahara} sama-sama hadir waktu hitung kas.", ("ribut",)),
    A("pengurus", "Buku simpanan disimpan di {kantor} sampai rapat damai selesai.", ("ribut",)),
    A("pengurus", "{kades} memimpin pertemuan damai sebelum akhir bulan.", ("ribut",)),
    A("pengurus", "Selama berselisih, pencairan di atas 300 ribu menunggu {pengawas}.", ("ribut",)),
    A("kas", "Brankas dibuka dengan saksi {kades} dan {pengawas}.", ("kunci",)),
    A("kas", "Kunci brankas: satu {bendahara}, satu di {kantor}, ada tanda terima.", ("kunci",)),
    A("kas", "Kejadian kunci ditulis di buku kejadian penting hari ini.", ("kunci",)),
    A("buku", "Mulai hari ini semua nota masuk kardus, tidak ada yang dibuang.", ("stop",)),
    A("kas", "Saldo awal dihitung ulang dari kas fisik, yang lama disusun belakangan.", ("stop",)),
    A("buku", "{sekretaris} membantu menulis sampai {bendahara} longgar.", ("stop",)),
    A("rencana", "Rencana bisnis dipakai angka gerai sendiri, bukan contoh.", ()),
    A("rencana", "Pinjaman tidak diajukan sebelum {musyawarah}.", ()),
    A("rencana", "Pengajuan diperkecil ke modal kerja saja.", ("rencana",)),
    A("rencana", "Warung yang ada didata dulu, koperasi tidak jual barang yang sama semua.", ("toko",)),
    A("aset", "Gedung Agrinas dicatat sbg hak pakai, bukan aset koperasi.", ("bangunan",)),
    A("aset", "{kades} menyurat ke pelaksana soal bangunan yang berhenti.", ("bangunan",)),
    A("aset", "Foto bangunan dikirim {sekretaris} tiap akhir bulan.", ("bangunan",)),
    A("aset", "Ukur ulang tanah bersama saksi batas, sesudah itu baru lanjut.", ("tanah",)),
    A("stok", "Barang rusak banjir tidak dijual, dihapus dgn berita acara.", ("banjir", "toko")),
    A("stok", "Rak bawah dikosongkan selama musim hujan.", ("banjir", "toko")),
    A("simkopdes", "Data SIMKOPDES diperbarui {sekretaris} waktu ke {kota}.", ("kutim",)),
    A("simkopdes", "{sekretaris} memperbarui SIMKOPDES tiap Senin malam.", ("malang",)),
    A("anggota", "Anggota baru disetujui di rapat, kartu dibuat seminggu.", ()),
    A("anggota", "Anggota pindah diproses sesuai AD sebelum RAT.", ()),
    A("karyawan", "Upah {pegawai} dibayar {bendahara} dengan kuitansi.", ("toko",)),
    A("mitra", "Pupuk dibayar separuh di depan, sisanya sesudah panen.", ("pupuk",)),
    A("mitra", "Data kelompok tani dicocokkan dgn penyuluh.", ("pupuk",)),
    A("gerai", "Titip jual dibayar tiap Sabtu.", ("toko",)),
    A("mitra", "Karcis bernomor dipakai utk isi ulang galon.", ("air",)),
    A("mitra", "Uang agen BRILink dipisah dari uang gerai.", ("brilink",)),
    A("pinjaman", "Margin ditetapkan di awal akad, tidak berubah walau telat bayar.", ("syariah",)),
    A("pinjaman", "Tidak ada denda telat bayar, diganti kesepakatan jadwal baru.", ("syariah",)),
    A("pinjaman", "Nisbah simpanan berjangka ditulis di bilyet.", ("syariah",)),
    A("rapat", "RAT yang tertunda diadakan bulan depan, panitia {n5} orang.", ("tanpa_rat",)),
    A("anggota", "Pembagian SHU dibetulkan dan dibacakan ulang di rapat anggota.", ("rat",)),
    A("izin", "Surat keluar masuk dicatat mulai nomor baru.", ()),
    A("pengurus", "Stempel dipegang {sekretaris}, tidak boleh tanda tangan kertas kosong.", ()),
    A("kas", "Uang muka belanja paling lama 7 hari harus jadi nota.", ()),
    A("bank", "{bendahara} setor ke {bank} dua minggu sekali.", ("rekening",)),
    A("bank", "Buka rekening a.n. koperasi sebelum tanggal gajian.", ("tanpa_rekening",)),
    A("pengurus", "Dua pengurus diusulkan ikut pelatihan {dinas}.", ()),
    A("aset", "Motor roda tiga disimpan malam di {kantor}.", ("toko",)),
    A("anggota", "Anak kos boleh belanja harga umum, harga anggota hanya utk anggota.", ("kos", "toko")),
    A("stok", "Stok beras paling sedikit 10 karung, pesan sebelum habis.", ("toko",)),
    A("rencana", "Es dan solar dicatat permintaannya dua minggu baru diputuskan.", ("pesisir",)),
    A("gerai", "Hasil titipan ikan dibayar di hari yang sama.", ("pesisir",)),
    A("mitra", "Harga sawit dicatat tiap minggu, belum ada kerja sama dulu.", ("sawit",)),
    A("izin", "NIB diurus lewat surel koperasi, kata sandi disimpan {sekretaris}.", ("tanpa_nib",)),
    A("pengurus", "{wakil_anggota} digantikan sementara oleh {sekretaris}.", ("pindah",)),
    A("rapat", "Setiap kunjungan dimulai dari janji yang belum selesai.", ()),
    A("simpanan", "Daftar tunggakan ditempel tanpa jumlah, hanya nomor anggota.", ()),
    A("anggota", "Grup anggota hanya utk pengumuman pengurus.", ("malang",)),
    A("simpanan", "Tagihan dusun jauh dititip ketua RT dgn tanda terima.", ("kutim",)),
    A("stok", "Kunjungan berikut khusus hitung stok, gerai tutup setengah hari.", ("toko",)),
    A("rapat", "Laporan {bln_lalu} dibaca {kades} sebelum dikirim ke dinas.", ()),
    A("stok", "Kalau air naik lagi, barang dinaikkan ke lantai atas {kantor}.", ("banjir", "toko")),
    A("gerai", "Gerai dibuka tiga hari seminggu dulu, bergiliran.", ("belum_jual",)),
)
