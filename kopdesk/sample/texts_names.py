"""Names true to their region, by folk."""

from collections.abc import Mapping, Sequence

# (women's given names, men's given names, second names that suit either); the last word is how one is called.
NAMES: Mapping[str, tuple[Sequence[str], Sequence[str], Sequence[str]]] = {
    "bugis": (
        ("Hasnawati", "Besse Nurjannah", "Rosdiana", "Andi Nurlina", "Murniati", "Hj. Nurhayati", "Indo Tang",
         "Sitti Aminah", "Rosmini", "Hasmira", "Jumriati", "Andi Tenri", "Syamsiah", "Nurbaya"),
        ("Andi Baharuddin", "Muh. Arsyad", "Ambo Dalle", "Baso Amiruddin", "H. Sudirman", "Beddu", "Syamsul Bahri",
         "Lamakkarennu", "Muh. Tahir", "Mappiare", "H. Abd. Latif", "Usman", "Sainuddin", "Ambo Asse"),
        ("Laupe", "Tahang", "Rauf", "Saleh", "Mappa", "Palewai", "Halim", "Rahman", "Kadir", "Patawari", ""),
    ),
    "kutai": (
        ("Aji Maimunah", "Dayang Rusmiati", "Encek Hartati", "Aji Masitah", "Norsiah", "Dayang Hamidah"),
        ("Aji Syahril", "Awang Faisal", "Encek Rusman", "Aji Bambang", "Awang Yakub", "Encek Idris", "Asranuddin"),
        ("Effendi", "Noor", "Fahmi", "Ishak", "Alimuddin", "Hasan", ""),
    ),
    "banjar": (
        ("Norhidayah", "Rusmina", "Siti Rahmah", "Noor Aida", "Mastora", "Hj. Masniah", "Norlaila"),
        ("Akhmad Junaidi", "Fahriansyah", "Abdul Gafur", "Syahrani", "Hairil", "M. Rifani", "H. Asmuni", "Jarkasi"),
        ("Anwar", "Effendi", "Fauzi", "Hidayat", "Yusuf", "Arifin", ""),
    ),
    "dayak": (
        ("Maria Bulan", "Yuliana Pelun", "Kristina Lahai", "Marta Buaq", "Lusia Hipui"),
        ("Lorensius Ding", "Yohanes Ngau", "Petrus Lenjau", "Markus Luhat", "Ledjie Taq", "Stefanus Bit"),
        ("Lejo", "Jalung", "Usat", "Anyeq", ""),
    ),
    "jawa_kaltim": (
        ("Sri Wahyuni", "Suparti", "Tumini", "Endang Lestari", "Wiji Astuti", "Sumiati", "Ngatinah", "Siti Rohmah",
         "Rahayu", "Partini", "Yuni Rahmawati"),
        ("Sugeng Riyadi", "Suparno", "Paimin", "Sutrisno", "Mulyono", "Teguh Santoso", "Wagiman", "Slamet Widodo",
         "Joko Purwanto", "Sarjono", "Agus Salim", "Ngadiman"),
        ("", "", "", ""),
    ),
    "jawa": (
        ("Anis Fitriyah", "Dewi Kartikasari", "Endah Wulandari", "Sri Utami", "Lilik Masruroh", "Ninik Handayani",
         "Yayuk Sulistyowati", "Titik Rahayu", "Ika Purnamasari", "Sumarni", "Umi Kulsum", "Retno Palupi",
         "Wahyu Ningtyas", "Evi Rosdiana", "Hj. Kholifah", "Tutik Hariyati"),
        ("Agus Hariyanto", "Didik Prasetyo", "Bambang Sutejo", "Hendro Wicaksono", "Nanang Kurniawan", "Eko Budiarto",
         "Sutikno", "Heru Cahyono", "H. Imam Syafii", "Yudi Setiawan", "Suwandi", "Arif Rachman", "Catur Wibowo",
         "M. Khoirul Anam", "Purnomo", "Slamet Hariadi", "Rudi Hartono", "Djoko Susilo"),
        ("", "", "", ""),
    ),
    "madura": (
        ("Hosniyah", "Siti Maisaroh", "Juhairiyah", "Hj. Sumriyah", "Rohimah", "Musrifah"),
        ("Moh. Ruslan", "H. Abd. Rohman", "Matrawi", "Subairi", "Hosnan", "Misnawi", "Moh. Sahid", "Buhari"),
        ("", "", "Efendi", "Hasyim"),
    ),
    "arab": (
        ("Fatimah", "Zahra", "Lulu", "Aisyah", "Maryam"),
        ("Husein", "Umar", "Salim", "Ali", "Ahmad Idrus", "Zain"),
        ("Alatas", "Bafadal", "Baraja", "Alhabsyi", "Baagil", "Bahasuan"),
    ),
}
