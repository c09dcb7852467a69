"""Short notes on officers, papers, land and buildings."""

OFFICER_NOTES: dict[str, tuple[str, ...]] = {
    "ketua": (
        "Mantan ketua RT, dihormati, agak sulit soal angka.",
        "Guru SD, bisa ditemui sesudah jam 13.",
        "Pedagang, cepat ambil keputusan, jarang menulis.",
        "Pensiunan, rajin datang ke {tempat}.",
        "Lebih suka ditelepon malam.",
    ),
    "bendahara": (
        "Teliti, tulisan rapi, perlu waktu utk belajar laporan.",
        "Punya warung sendiri, uang pernah tercampur.",
        "Mantan kader PKK, dipercaya ibu-ibu.",
        "Bisa hitung cepat, belum biasa buku bank.",
        "Anak masih kecil, kerja di rumah.",
    ),
    "sekretaris": (
        "Perangkat muda, bisa laptop dan SIMKOPDES.",
        "Operator sekolah, paham unggah data.",
        "Kerja di {kantor}, mudah ditemui pagi.",
        "Rajin menulis notulen, belum berani bicara di rapat.",
    ),
    "pengawas": (
        "Tokoh masjid, mau periksa kas kalau diajak.",
        "Mantan bendahara kelompok tani, paham buku.",
        "Jarang hadir, tinggal di {dusun}.",
    ),
}


DOCUMENT_NOTES = (
    "Asli ada di map biru {sekretaris}.",
    "Asli di {kantor}, koperasi pegang fotokopi.",
    "Sudut kertas kena air, masih terbaca.",
    "Nama ditulis tanpa gelar, sesuai KTP.",
    "Dilaminating, jangan dilubangi lagi.",
    "Halaman tanda tangan difoto.",
    "Disimpan di rumah {ketua}, minta dipindah ke {kantor}.",
    "Stempel basah, tanda tangan lengkap.",
)


LAND_NOTES = (
    "Di depan lapangan, sebagian rawa, perlu urug.",
    "Bekas pasar lama, rata, dekat jalan.",
    "Sebelah {kantor}, batas sudah dipatok.",
    "Agak miring ke sungai, jangan terlalu dekat tebing.",
    "Dipakai parkir warga tiap hari pasar.",
    "Batas timur belum ada patok.",
    "Dekat sekolah, ramai pagi.",
)
BUILDING_NOTES = (
    "Galian pondasi, batu kali sudah datang.",
    "Pondasi selesai, besi tiang terpasang.",
    "Dinding setengah, tukang tinggal {n2} orang.",
    "Dinding sampai ring balok.",
    "Rangka atap naik, seng belum datang.",
    "Atap terpasang, lantai belum dicor.",
    "Lantai dicor, pintu gulung terpasang.",
    "Kaca depan datang, retak satu; listrik belum.",
    "Cat sudah, halaman masih tanah.",
    "Selesai, tinggal serah terima.",
)

OUTLET_NOTES: dict[str, tuple[str, ...]] = {
    "kutim": (
        "Di rumah panggung depan {kantor}, ukuran 4x6 m.",
        "Pinjam ruang samping {kantor}, etalase satu.",
        "Kios papan milik {warga}, pinjam pakai setahun.",
        "Bekas gudang desa, sudah dicat, kunci di {pegawai}.",
        "Buka pagi sampai magrib, Jumat tutup siang.",
    ),
    "malang": (
        "Ruang depan rumah {warga}, sewa per tahun.",
        "Bekas pos RW, 3x5 m, listrik token.",
        "Di samping {kantor}, satu etalase dan satu kulkas.",
        "Buka jam 7 sampai 20, ramai sore.",
        "Pinjam balai RW, tutup kalau ada hajatan.",
    ),
}

MONTH_NOTES = (
    "Beras paling laku.", "Ramai menjelang hajatan.", "Sepi, banyak warga panen.", "Kiriman telat seminggu.",
    "Bon anggota bertambah.", "Harga telur naik.", "Tutup empat hari, penjaga sakit.", "Ada pesanan posyandu.",
    "Minyak goreng sempat kosong.", "Anggota baru mulai belanja.", "Angka dari buku pegawai, blm dicek.",
    "Sudah dicocokkan dengan nota.", "Banyak beli eceran, untung tipis.", "Gula naik, pembeli berkurang.",
    "Pesanan sekolah masuk.", "Hujan terus, warga jarang keluar.",
)
