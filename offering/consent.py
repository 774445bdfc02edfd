"""What an owner agrees to, in plain words. A change of the words is another version; each offer keeps the version it agreed to."""

from __future__ import annotations

VERSION = "2026-11"

TEXT = (
    "Kamera ini milik saya, atau pemiliknya mengizinkan saya menawarkannya.",
    "Gambarnya boleh dilihat langsung lewat portal ini, paling luas oleh mereka yang saya pilih di bawah.",
    "Ketua RT dan petugas boleh mempersempit siapa yang melihat, tidak boleh memperluasnya.",
    "Kamera menghadap jalan atau tempat umum, bukan ke dalam rumah orang, dan di tempatnya ada pemberitahuan bahwa ada kamera.",
    "Portal tidak merekam dan tidak mengenali wajah. Alamat dan kata sandi kamera disimpan terkunci, tidak ditampilkan lagi.",
    "Saya dapat menarik kamera ini kapan saja dengan satu tombol. Tayangan langsung berhenti, alamat dan kata sandinya dihapus.",
)
