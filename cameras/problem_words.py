"""What errors are called, in the words of the portal. Pure: what the framework says in English is told in Indonesian here."""

from __future__ import annotations

TITLES = {
    400: "Permintaan tidak benar",
    401: "Perlu masuk",
    403: "Tidak diizinkan",
    404: "Tidak ditemukan",
    405: "Cara ini tidak dilayani",
    406: "Bentuk jawaban ini tidak ada",
    409: "Bertabrakan dengan keadaan sekarang",
    410: "Sudah tidak ada",
    413: "Terlalu besar",
    415: "Jenis isi ini tidak dikenal",
    429: "Terlalu sering",
    500: "Portal sedang bermasalah",
    503: "Sedang tidak tersedia",
}

# By the status of an error that the framework raised; (code, detail).
BY_STATUS = {
    400: ("invalid", "Permintaan ini tidak dapat dibaca."),
    401: ("unauthenticated", "Masuk dulu, atau sertakan token yang masih berlaku."),
    403: ("forbidden", "Anda tidak diizinkan melakukan ini."),
    404: ("not_found", "Tidak ada apa-apa di alamat ini."),
    405: ("method", "Cara (metode) ini tidak dilayani di alamat ini."),
    406: ("not_acceptable", "Jawaban hanya ada dalam bentuk JSON."),
    413: ("too_large", "Isian terlalu besar."),
    415: ("unsupported_media_type", "Isian harus berupa JSON (Content-Type: application/json)."),
    429: ("too_many", "Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi."),
    500: ("error", "Portal sedang bermasalah. Coba lagi sebentar lagi."),
    503: ("unavailable", "Layanan ini sedang tidak tersedia. Coba lagi sebentar lagi."),
}
CSRF = (
    "csrf",
    "Halaman ini terlalu lama terbuka, atau permintaan datang dari tempat lain. Muat ulang, lalu coba lagi.",
)
NO_PAGE = ("no_page", "Halaman daftar ini tidak ada.")
NO_JSON = ("invalid", "Isian bukan JSON yang benar.")

# Beginnings of what fields say where the framework has no Indonesian.
_FIELDS = (
    ("Must be a valid boolean", "Harus true atau false."),
    ("Not a valid string", "Harus berupa teks."),
    ("Must be a valid UUID", "Bukan kode yang benar."),
    ("Expected a list", "Harus berupa daftar."),
    ("This list may not be empty", "Daftar ini tidak boleh kosong."),
    ("Ensure this field has at least", "Isi daftar ini kurang banyak."),
    ("Ensure this field has no more than", "Isi daftar ini terlalu banyak."),
    ("Invalid data. Expected a dictionary", "Isian harus berupa objek JSON."),
    ("Expected a dictionary", "Harus berupa objek JSON."),
    ("This value does not match", "Bentuknya tidak sesuai."),
    ("A valid number", "Harus berupa angka."),
    ("A valid integer", "Harus berupa bilangan bulat."),
    ("Expected a date", "Bukan tanggal dan waktu yang benar."),
    ("Datetime value out of range", "Bukan tanggal dan waktu yang benar."),
    ("Invalid datetime", "Bukan tanggal dan waktu yang benar."),
    ("Null characters are not allowed", "Memuat tanda yang tidak boleh ada."),
    ("String value too large", "Terlalu panjang."),
)


def of_field(text: str) -> str:
    """What a field says of a wrong value, in Indonesian."""
    return next((words for beginning, words in _FIELDS if text.startswith(beginning)), text)
