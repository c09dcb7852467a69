"""Names true to their region, by folk."""

from collections.abc import Mapping, Sequence

# (women's given names, men's, second names of women, of men). People are called by the given name;
# H., Hj. and titles such as Andi or Aji stand before it.
BUGIS = ("Laupe", "Tahang", "Rauf", "Saleh", "Mappa", "Palewai", "Halim", "Rahman", "Kadir", "Patawari", "")
KUTAI = ("Effendi", "Noor", "Fahmi", "Ishak", "Alimuddin", "Hasan", "")
BANJAR = ("Anwar", "Effendi", "Fauzi", "Hidayat", "Yusuf", "Arifin", "")
DAYAK = ("Lejo", "Jalung", "Usat", "Anyeq", "")
ARAB = ("Alatas", "Bafadal", "Baraja", "Alhabsyi", "Baagil", "Bahasuan")
JAWA_WOMEN = (
    "Fitriyah", "Kartikasari", "Wulandari", "Utami", "Masruroh", "Handayani", "Sulistyowati", "Rahayu",
    "Purnamasari", "Wahyuni", "Lestari", "Palupi", "Ningtyas", "Rosdiana", "Hariyati", "Astuti", "Rahmawati", "",
)
JAWA_MEN = (
    "Hariyanto", "Prasetyo", "Sutejo", "Wicaksono", "Kurniawan", "Budiarto", "Cahyono", "Setiawan", "Riyadi",
    "Santoso", "Widodo", "Purwanto", "Wibowo", "Hariadi", "Hartono", "Susilo", "Nugroho", "Suryadi", "",
)

NAMES: Mapping[str, tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str]]] = {
    "bugis": (
        ("Hasnawati", "Besse Nurjannah", "Rosdiana", "Andi Nurlina", "Murniati", "Hj. Nurhayati", "Indo Tang",
         "Siti Aminah", "Rosmini", "Hasmira", "Jumriati", "Andi Tenri", "Syamsiah", "Nurbaya"),
        ("Andi Baharuddin", "Muh. Arsyad", "Ambo Dalle", "Baso Amiruddin", "H. Sudirman", "Beddu", "Syamsul",
         "Lamakkarennu", "Muh. Tahir", "Mappiare", "H. Latif", "Usman", "Sainuddin", "Ambo Asse"),
        BUGIS, BUGIS,
    ),
    "kutai": (
        ("Aji Maimunah", "Dayang Rusmiati", "Encek Hartati", "Aji Masitah", "Norsiah", "Dayang Hamidah"),
        ("Aji Syahril", "Awang Faisal", "Encek Rusman", "Aji Bambang", "Awang Yakub", "Encek Idris", "Asranuddin"),
        KUTAI, KUTAI,
    ),
    "banjar": (
        ("Norhidayah", "Rusmina", "Siti Rahmah", "Noor Aida", "Mastora", "Hj. Masniah", "Norlaila"),
        ("Junaidi", "Fahriansyah", "Gafur", "Syahrani", "Hairil", "M. Rifani", "H. Asmuni", "Jarkasi"),
        BANJAR, BANJAR,
    ),
    "dayak": (
        ("Maria", "Yuliana", "Kristina", "Marta", "Lusia", "Veronika", "Hipui"),
        ("Lorensius", "Yohanes", "Petrus", "Markus", "Ledjie", "Stefanus", "Ngau", "Luhat"),
        DAYAK, DAYAK,
    ),
    "jawa_kaltim": (
        ("Sri", "Suparti", "Tumini", "Endang", "Wiji", "Sumiati", "Ngatinah", "Rohmah", "Partini", "Yuni",
         "Sumini", "Lasmi", "Painem", "Katmi"),
        ("Sugeng", "Suparno", "Paimin", "Sutrisno", "Mulyono", "Teguh", "Wagiman", "Slamet", "Joko", "Sarjono",
         "Agus", "Ngadiman", "Tukiran", "Sukardi"),
        JAWA_WOMEN, JAWA_MEN,
    ),
    "jawa": (
        ("Anis", "Dewi", "Endah", "Sri", "Lilik", "Ninik", "Yayuk", "Titik", "Ika", "Sumarni", "Umi", "Retno",
         "Wahyu", "Evi", "Hj. Kholifah", "Tutik", "Sulastri", "Mujiati", "Wiwik", "Erna", "Nurul", "Indah"),
        ("Agus", "Didik", "Bambang", "Hendro", "Nanang", "Eko", "Sutikno", "Heru", "H. Imam", "Yudi", "Suwandi",
         "Arif", "Catur", "M. Khoirul", "Purnomo", "Slamet", "Rudi", "Djoko", "Gatot", "Wawan", "Totok", "Samsul"),
        JAWA_WOMEN, JAWA_MEN,
    ),
    "madura": (
        ("Hosniyah", "Siti Maisaroh", "Juhairiyah", "Hj. Sumriyah", "Rohimah", "Musrifah", "Hamiyeh"),
        ("Moh. Ruslan", "H. Rohman", "Matrawi", "Subairi", "Hosnan", "Misnawi", "Moh. Sahid", "Buhari"),
        ("", "Hasanah", "Aini", "Hotijah"), ("", "Efendi", "Hasyim", "Rasyid"),
    ),
    "arab": (
        ("Fatimah", "Zahra", "Lulu", "Aisyah", "Maryam"),
        ("Husein", "Umar", "Salim", "Ali", "Idrus", "Zain"),
        ARAB, ARAB,
    ),
}
