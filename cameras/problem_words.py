"""What errors are called, in the words of the portal. Pure: what the framework says in English is told in the portal's words here."""

from __future__ import annotations

from neighborhoods.wording import said

TITLES = {
    400: said("Permintaan tidak benar"),
    401: said("Perlu masuk"),
    403: said("Tidak diizinkan"),
    404: said("Tidak ditemukan"),
    405: said("Cara ini tidak dilayani"),
    406: said("Bentuk jawaban ini tidak ada"),
    409: said("Bertabrakan dengan keadaan sekarang"),
    410: said("Sudah tidak ada"),
    413: said("Terlalu besar"),
    415: said("Jenis isi ini tidak dikenal"),
    429: said("Terlalu sering"),
    500: said("Portal sedang bermasalah"),
    503: said("Sedang tidak tersedia"),
}

# By the status of an error that the framework raised; (code, detail).
BY_STATUS = {
    400: ("invalid", said("Permintaan ini tidak dapat dibaca.")),
    401: ("unauthenticated", said("Masuk dulu, atau sertakan token yang masih berlaku.")),
    403: ("forbidden", said("Anda tidak diizinkan melakukan ini.")),
    404: ("not_found", said("Tidak ada apa-apa di alamat ini.")),
    405: ("method", said("Cara (metode) ini tidak dilayani di alamat ini.")),
    406: ("not_acceptable", said("Jawaban hanya ada dalam bentuk JSON.")),
    413: ("too_large", said("Isian terlalu besar.")),
    415: ("unsupported_media_type", said("Isian harus berupa JSON (Content-Type: application/json).")),
    429: ("too_many", said("Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.")),
    500: ("error", said("Portal sedang bermasalah. Coba lagi sebentar lagi.")),
    503: ("unavailable", said("Layanan ini sedang tidak tersedia. Coba lagi sebentar lagi.")),
}
CSRF = (
    "csrf",
    said("Halaman ini terlalu lama terbuka, atau permintaan datang dari tempat lain. Muat ulang, lalu coba lagi."),
)
NO_PAGE = ("no_page", said("Halaman daftar ini tidak ada."))
NO_JSON = ("invalid", said("Isian bukan JSON yang benar."))

# Beginnings of what fields say where the framework has no Indonesian.
_FIELDS = (
    ("Must be a valid boolean", said("Harus true atau false.")),
    ("Not a valid string", said("Harus berupa teks.")),
    ("Must be a valid UUID", said("Bukan kode yang benar.")),
    ("Expected a list", said("Harus berupa daftar.")),
    ("This list may not be empty", said("Daftar ini tidak boleh kosong.")),
    ("Ensure this field has at least", said("Isi daftar ini kurang banyak.")),
    ("Ensure this field has no more than", said("Isi daftar ini terlalu banyak.")),
    ("Invalid data. Expected a dictionary", said("Isian harus berupa objek JSON.")),
    ("Expected a dictionary", said("Harus berupa objek JSON.")),
    ("This value does not match", said("Bentuknya tidak sesuai.")),
    ("A valid number", said("Harus berupa angka.")),
    ("A valid integer", said("Harus berupa bilangan bulat.")),
    ("Expected a date", said("Bukan tanggal dan waktu yang benar.")),
    ("Datetime value out of range", said("Bukan tanggal dan waktu yang benar.")),
    ("Invalid datetime", said("Bukan tanggal dan waktu yang benar.")),
    ("Null characters are not allowed", said("Memuat tanda yang tidak boleh ada.")),
    ("String value too large", said("Terlalu panjang.")),
)


def of_field(text: str) -> str:
    """What a field says of a wrong value, in our words."""
    return next((words for beginning, words in _FIELDS if text.startswith(beginning)), text)
