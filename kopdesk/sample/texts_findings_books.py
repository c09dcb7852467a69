"""What an assistant finds in books, cash, bank, stock, savings and loans, with advice and promise."""

from typing import NamedTuple

LIGHT, MIDDLE, HEAVY = 1, 2, 3


class FindingText(NamedTuple):
    """`who` is the slot of the person who promises; `needs` are traits the cooperative must have."""

    aspect: str
    weight: int
    who: str
    found: str
    advice: str
    promise: str
    needs: tuple[str, ...] = ()


F = FindingText

BOOKS = (
    F("buku", MIDDLE, "bendahara", "Buku kas terakhir ditulis tgl {tgl_jauh}, nota sesudah itu masih di dalam map.", "Tulis ulang per tanggal dari nota, jangan digabung satu baris per bulan.", "Buku kas ditulis sampai hari terakhir, nota diurutkan.", ("catat",)),
    F("buku", MIDDLE, "bendahara", "Saldo berjalan buku kas salah jumlah mulai baris tgl {tgl_lalu}, selisih {rp_ratus}.", "Jumlahkan ulang dari baris itu, coret sekali dan paraf, jangan dihapus tip-ex.", "Saldo buku kas dijumlah ulang dan diparaf {ketua}.", ("catat",)),
    F("buku", LIGHT, "sekretaris", "Buku tamu tidak diisi sejak {bln_jauh}, kunjungan dinas pun tdk tercatat.", "Taruh buku tamu di meja depan, isi setiap ada tamu termasuk saya.", "Buku tamu diisi setiap ada tamu."),
    F("buku", MIDDLE, "bendahara", "Nota belanja {barang} {rp_ratus} tdk ada nomor bukti dan tdk ditandatangani.", "Beri nomor urut semua nota, tanda tangan penerima dan {ketua}.", "Semua nota {bln_lalu} diberi nomor urut.", ("toko",)),
    F("buku", LIGHT, "sekretaris", "Buku notulen rapat pengurus hanya ada tanggal, isi keputusan kosong.", "Tulis keputusan dan siapa mengerjakan, cukup 5 baris per rapat.", "Notulen rapat {bln_lalu} dilengkapi dan ditandatangani yang hadir."),
    F("buku", MIDDLE, "bendahara", "Uang masuk dan uang keluar gerai dicatat di buku tulis pegawai, belum pindah ke buku kas.", "Rekap harian dari buku pegawai ke buku kas tiap sore.", "Rekap harian gerai masuk buku kas setiap sore.", ("toko", "catat")),
    F("buku", LIGHT, "sekretaris", "Buku inventaris blm ada, etalase dan timbangan tidak tercatat sbg milik koperasi.", "Buat daftar barang: tanggal beli, harga, kondisi, lokasi.", "Daftar inventaris dibuat, barang ditempeli nomor."),
    F("buku", MIDDLE, "bendahara", "Dua buku kas dipakai bersamaan (merah dan hijau), tanggalnya tumpang tindih.", "Pilih satu buku, tutup yang lain dengan garis dan saldo pindahan.", "Buku hijau ditutup, saldo dipindah ke buku merah.", ("catat",)),
    F("buku", LIGHT, "sekretaris", "Agenda surat keluar berhenti di nomor 0{n5}, padahal surat ke bank sudah beberapa kali.", "Catat surat ke bank dan dinas dengan nomor urut.", "Surat keluar {bln_lalu} dicatat mundur di buku agenda."),
    F("buku", HEAVY, "bendahara", "Tidak ada catatan apa pun sejak {bln_stop}; penjualan dan belanja hanya diingat.", "Mulai lagi dari hitung kas hari ini sbg saldo awal, sisanya disusun dari nota yang ada.", "Hitung kas jadi saldo awal, catatan mulai lagi hari ini.", ("stop",)),
    F("buku", HEAVY, "bendahara", "Buku kas berhenti tgl {tgl_stop}, {bendahara} bilang bukunya basah dan belum ganti.", "Beli buku baru, salin halaman yang masih terbaca, foto halaman lama.", "Buku kas baru dibeli, halaman lama disalin dan difoto.", ("stop",)),
    F("buku", HEAVY, "bendahara", "Nota sejak {bln_stop} disimpan dalam kantong plastik, {n20} lembar sudah tdk terbaca.", "Tempel nota di kertas bekas per tanggal, tulis ulang angkanya dgn pulpen.", "Nota ditempel per tanggal, yang luntur ditulis ulang.", ("stop",)),
    F("buku", MIDDLE, "bendahara", "Catatan keuangan ada di telepon {bendahara}, tidak ada salinan kertas.", "Salin ke buku kas tiap minggu, telepon bisa hilang.", "Catatan di telepon disalin ke buku kas.", ("stop",)),
    F("buku", LIGHT, "sekretaris", "Daftar pengurus di dinding masih susunan lama, {wakil_anggota} belum tercantum.", "Cetak ulang susunan sesuai akta.", "Papan susunan pengurus diganti."),
    F("buku", MIDDLE, "bendahara", "Buku besar belum dibuat, laporan disusun langsung dari buku kas.", "Pisahkan minimal: kas, bank, persediaan, simpanan, penjualan, beban.", "Buku besar sederhana 6 akun dimulai dari {bln_ini}.", ("catat",)),
    F("buku", LIGHT, "pengawas", "Buku pengawas kosong, pengawas memeriksa tapi tidak menulis hasilnya.", "Tulis tanggal, apa yang diperiksa, hasil, paraf.", "Pengawas menulis hasil periksa {bln_lalu} di bukunya."),
    F("buku", MIDDLE, "bendahara", "Laporan bulanan {bln_lalu} tidak sama dgn buku kas, beda {rp_ratus}.", "Cocokkan per baris, biasanya ada nota yang dicatat dua kali.", "Laporan {bln_lalu} dibetulkan dan diberi tanda revisi.", ("catat",)),
    F("buku", LIGHT, "sekretaris", "Buku saran anggota ada tapi blm pernah dijawab ({n2} saran).", "Bacakan di rapat pengurus, tulis jawabannya.", "Saran anggota dijawab tertulis di rapat berikut."),
)

CASH = (
    F("kas", HEAVY, "bendahara", "Kas fisik {rp_kas}, menurut buku lebih banyak {rp_selisih}; penyebab belum diketahui.", "Telusuri nota yg belum dicatat dulu, kalau tidak ketemu buat berita acara selisih.", "Selisih kas ditelusuri, hasilnya ditulis di berita acara.", ("catat",)),
    F("kas", MIDDLE, "bendahara", "Di laci ada {n2} bon sementara atas nama {warga}, total {rp_ratus}, sudah lebih sebulan.", "Bon paling lama 7 hari, sesudah itu harus jadi nota atau dikembalikan.", "Bon {warga} diselesaikan dan dicatat.", ("toko",)),
    F("kas", HEAVY, "ketua", "Uang koperasi disimpan di rumah {bendahara} bercampur uang belanja sendiri.", "Pisahkan hari ini juga, pakai kotak dengan gembok, hitung berdua.", "Kotak uang dibeli, uang dipisah dan dihitung berdua."),
    F("kas", MIDDLE, "ketua", "Uang di brankas {rp_juta}, padahal kesepakatan rapat paling banyak dua juta.", "Setor kelebihan ke rekening, simpan slipnya.", "Kelebihan uang disetor ke {bank}."),
    F("kas", MIDDLE, "pengawas", "Belum pernah ada hitung kas mendadak sejak {bln_jauh}.", "Pengawas hitung kas minimal sekali sebulan, tanpa kabar dulu.", "Pengawas menghitung kas sekali sebulan, ada berita acara."),
    F("kas", LIGHT, "bendahara", "Uang receh dari kembalian tidak dihitung, ditaruh di kaleng terpisah.", "Ikut dihitung tiap tutup gerai.", "Isi kaleng dihitung dan masuk kas tiap tutup.", ("toko",)),
    F("kas", HEAVY, "ketua", "Kunci brankas hilang sejak {tgl_kunci}, dugaan diambil orang; brankas belum bisa dibuka.", "Lapor ke {kades} dan pengawas, panggil tukang kunci dengan saksi, hitung isi saat dibuka.", "Brankas dibuka tukang kunci dgn {n2} saksi, isinya dihitung.", ("kunci",)),
    F("kas", HEAVY, "ketua", "Kunci cadangan brankas dipegang tiga orang, tidak ada tanda terima.", "Satu kunci satu orang, tanda terima tertulis, satu cadangan di {kantor}.", "Kunci dibagi dengan tanda terima, cadangan disimpan di {kantor}.", ("kunci",)),
    F("kas", MIDDLE, "ketua", "Gembok kotak uang sudah diganti tapi laporan kehilangan ke Polsek blm dibuat.", "Buat laporan kehilangan, salinannya dilampirkan di buku kejadian penting.", "Laporan kehilangan dibuat, salinan ditempel di buku kejadian.", ("kunci",)),
    F("kas", MIDDLE, "bendahara", "Pengeluaran {rp_ratus} utk konsumsi rapat tanpa kuitansi.", "Minta kuitansi warung, kalau tdk ada buat nota intern ditandatangani dua pengurus.", "Kuitansi konsumsi rapat dilengkapi."),
    F("kas", LIGHT, "bendahara", "Penjualan gerai disetor tiap tiga hari, bukan tiap hari.", "Setor tiap tutup gerai, {pegawai} dan {bendahara} sama-sama paraf.", "Setoran gerai tiap hari dgn dua paraf.", ("toko",)),
    F("kas", MIDDLE, "bendahara", "Kas kurang {rp_puluh} dan langsung ditombok {pegawai} tanpa dicatat.", "Catat dulu selisihnya baru diputuskan siapa yang menanggung.", "Selisih kas dicatat apa adanya tiap hari.", ("toko",)),
    F("kas", MIDDLE, "bendahara", "Uang titipan warga utk tabung LPG {rp_ratus} bercampur dengan kas gerai.", "Amplop sendiri dan buku titipan, kas gerai jangan dipakai menalangi.", "Titipan LPG dipisah dan dibuatkan buku.", ("lpg",)),
    F("kas", LIGHT, "bendahara", "Ada uang logam 500 lama (gambar melati) {n20} keping yang sudah dicabut.", "Jangan dihitung sbg kas, tukar ke bank sebelum 2033.", "Uang logam lama dipisah, ditukar waktu ke {bank}."),
)

BANK = (
    F("bank", MIDDLE, "bendahara", "Saldo rekening {bank} beda {rp_ratus} dengan buku bank, biaya administrasi belum dicatat.", "Cetak buku tabungan, catat biaya dan bunga tiap bulan.", "Buku tabungan dicetak, buku bank dicocokkan sampai {bln_lalu}.", ("rekening", "konven")),
    F("bank", MIDDLE, "bendahara", "Buku tabungan terakhir dicetak {bln_jauh}.", "Cetak setiap ke kota, foto halamannya dan kirim ke saya.", "Buku tabungan dicetak waktu ke {bank}.", ("rekening",)),
    F("bank", HEAVY, "ketua", "Rekening masih atas nama pribadi {bendahara}, bukan nama koperasi.", "Buka rekening a.n. koperasi, bawa akta, SK AHU, NPWP, KTP dua pengurus.", "Pembukaan rekening a.n. koperasi di {bank}.", ("tanpa_rekening",)),
    F("bank", MIDDLE, "ketua", "Contoh tanda tangan di bank masih {sekretaris} sendiri.", "Ubah jadi dua orang: {ketua} dan {bendahara}.", "Contoh tanda tangan di {bank} diubah jadi dua tanda tangan.", ("rekening",)),
    F("bank", LIGHT, "bendahara", "Setoran {rp_juta} tgl {tgl_lalu} tercatat di bank, di buku belum.", "Catat hari itu juga, slip ditempel di belakang buku bank.", "Setoran dicatat dan slip ditempel.", ("rekening",)),
    F("bank", LIGHT, "bendahara", "Rekening tidak bergerak sejak {bln_jauh}, bank bisa menutupnya.", "Setor sedikit tiap bulan dari simpanan wajib.", "Simpanan wajib {bln_ini} disetor ke rekening.", ("rekening",)),
    F("bank", MIDDLE, "bendahara", "Jasa bagi hasil bank syariah {rp_puluh} dicatat sebagai penjualan.", "Catat di pos bagi hasil, jangan dicampur penjualan.", "Bagi hasil bank dipindah ke posnya.", ("rekening", "syariah")),
)

STOCK = (
    F("stok", MIDDLE, "pegawai", "Hitung {barang}: di kartu {n20}, di rak kurang {n2}. Kartu stok tidak diisi sejak {tgl_lalu}.", "Hitung ulang semua barang, selisih dibuatkan berita acara.", "Stok dihitung ulang, kartu dimulai dgn angka baru.", ("toko",)),
    F("stok", LIGHT, "pegawai", "{barang} {n5} bungkus lewat tanggal, masih di rak depan.", "Pisahkan, catat sbg rusak, tanya pemasok bisa tukar atau tdk.", "Barang lewat tanggal dipisah dan dicatat.", ("toko",)),
    F("stok", MIDDLE, "pegawai", "Harga beli {barang} tdk ditulis di kartu, nilai persediaan cuma kira-kira.", "Tulis harga beli terakhir di kartu, pakai rata-rata.", "Harga beli ditulis di semua kartu stok.", ("toko",)),
    F("stok", MIDDLE, "pegawai", "Tabung LPG 3 kg isi {n20}, kosong {n5}; menurut buku {n2} tabung lagi, tidak ketemu.", "Hitung isi dan kosong terpisah tiap pagi, yang dipinjam warga dicatat namanya.", "Tabung yang dipinjam warga didata dan ditarik.", ("lpg",)),
    F("stok", LIGHT, "pegawai", "Gudang belakang bocor, {n5} karung {barang} lembap.", "Pakai palet, geser dari dinding, tambal dulu.", "Palet dipasang, atap ditambal.", ("toko",)),
    F("stok", MIDDLE, "wakil_usaha", "{barang} menumpuk {n20} karton, laku cuma {n2} seminggu.", "Jangan belanja lagi sampai tinggal 5 karton, tawarkan ke warung.", "Belanja {barang} dihentikan sampai stok turun.", ("toko",)),
    F("stok", MIDDLE, "pegawai", "Pupuk urea dan NPK ditaruh langsung di lantai, {n2} karung mengeras.", "Beri alas kayu, pupuk lama keluar dulu.", "Alas kayu dipasang, karung lama dijual dulu.", ("pupuk",)),
    F("stok", MIDDLE, "pegawai", "Galon kosong tidak dicatat, kira-kira {n5} belum kembali dari pelanggan.", "Buku galon: nama, tanggal keluar, tanggal kembali.", "Buku galon dibuat, yang belum kembali ditagih.", ("air",)),
    F("stok", HEAVY, "wakil_usaha", "Barang terendam waktu banjir tgl {tgl_banjir}: gula dan terigu, kerugian kira-kira {rp_juta}.", "Foto, daftar, berita acara dgn {kades}; yang rusak jangan dijual.", "Daftar barang rusak dan berita acara dibuat.", ("banjir", "toko")),
    F("stok", LIGHT, "pegawai", "Kartu stok rapi utk beras dan minyak, barang kecil blm ada kartu.", "Barang kecil cukup satu kartu per kelompok.", "Kartu per kelompok dibuat utk barang kecil.", ("toko",)),
)

SAVINGS = (
    F("simpanan", MIDDLE, "bendahara", "Jumlah kartu simpanan beda {rp_ratus} dgn buku simpanan ({n5} anggota blm tercatat).", "Cocokkan satu-satu mulai nomor anggota 1, beri centang.", "Kartu dan buku simpanan dicocokkan sampai nomor terakhir."),
    F("simpanan", MIDDLE, "bendahara", "Simpanan wajib {bln_lalu} baru dibayar {n_bayar} orang dari {n_anggota} anggota.", "Tagih lewat ketua RT, umumkan daftar di papan gerai.", "Daftar tunggakan ditempel, ditagih lewat RT."),
    F("simpanan", HEAVY, "ketua", "{n2} anggota yang masih aktif menarik simpanan pokok, menurut AD tidak boleh.", "Minta dikembalikan atau proses sebagai anggota keluar.", "Penarikan simpanan pokok diselesaikan sesuai AD."),
    F("simpanan", LIGHT, "bendahara", "Kartu simpanan {n5} anggota baru blm dicetak.", "Cetak waktu ke {kota}, sementara tulis tangan dan diparaf.", "Kartu simpanan anggota baru dibuat."),
    F("simpanan", MIDDLE, "sekretaris", "Tagihan simpanan di SIMKOPDES baru dibuat utk {n_bayar} anggota, sisanya belum.", "Buat tagihan {waktu_daring}, daftar disiapkan dulu di kertas.", "Tagihan simpanan dibuat utk semua anggota."),
    F("simpanan", MIDDLE, "bendahara", "Simpanan sukarela {warga} {rp_ratus} dicatat sebagai simpanan wajib.", "Pindahkan, sukarela itu utang koperasi ke anggota.", "Catatan simpanan {warga} dipindahkan."),
    F("simpanan", LIGHT, "bendahara", "Setoran simpanan pokok dicicil {n2} kali oleh {warga}, tidak ada catatan sisanya.", "Tulis sisa cicilan di kartu anggota.", "Sisa cicilan simpanan pokok ditulis di kartu."),
    F("simpanan", LIGHT, "bendahara", "Tidak ada kuitansi utk setoran simpanan {bln_lalu}, cuma dicentang di daftar.", "Beli buku kuitansi rangkap, satu utk anggota.", "Kuitansi rangkap dipakai mulai minggu depan."),
)

LOANS = (
    F("pinjaman", HEAVY, "bendahara", "{n2} pinjaman anggota menunggak lebih 3 bulan, sisa pokok {rp_juta}.", "Datangi berdua, buat jadwal baru tertulis, jangan tambah pinjaman dulu.", "Penunggak didatangi, jadwal baru ditandatangani.", ("usp", "konven")),
    F("pinjaman", MIDDLE, "bendahara", "Perjanjian pinjaman {warga} {rp_juta} tdk bertanggal jatuh tempo.", "Lengkapi tanggal dan jadwal angsuran, tanda tangan ulang.", "Perjanjian dilengkapi dan ditandatangani ulang.", ("usp",)),
    F("pinjaman", HEAVY, "ketua", "Pinjaman pengurus {rp_juta} tidak lewat rapat, dicatat sebagai uang muka.", "Bawa ke rapat pengurus dan pengawas, buat perjanjian seperti anggota lain.", "Pinjaman pengurus dibahas di rapat dgn pengawas.", ("usp",)),
    F("pinjaman", MIDDLE, "bendahara", "Bon sembako anggota {rp_juta} dari {n5} orang, tidak ada batas waktu.", "Batas bon 2 minggu dan paling banyak 200 ribu per anggota.", "Aturan bon ditempel, bon lama ditagih.", ("toko",)),
    F("pinjaman", MIDDLE, "bendahara", "Margin murabahah di kartu {warga} dihitung dari sisa pokok, seharusnya tetap sesuai akad.", "Hitung ulang sesuai akad, margin tidak berubah selama angsuran.", "Kartu pembiayaan {warga} dihitung ulang.", ("usp", "syariah")),
    F("pinjaman", MIDDLE, "sekretaris", "Akad pembiayaan {n2} anggota belum ditandatangani saksi.", "Lengkapi saksi sebelum pencairan berikutnya.", "Akad dilengkapi dua saksi.", ("usp", "syariah")),
    F("pinjaman", MIDDLE, "bendahara", "Nisbah bagi hasil simpanan berjangka tidak tertulis di bilyet.", "Tulis nisbah di bilyet, bukan persen tetap per bulan.", "Bilyet diganti, nisbah ditulis.", ("syariah",)),
    F("pinjaman", LIGHT, "bendahara", "Kartu pinjaman ada, tapi kolom sisa pokok tdk diisi.", "Isi setiap terima angsuran, bacakan ke anggota.", "Kolom sisa pokok diisi semua.", ("usp",)),
)
