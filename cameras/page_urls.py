from django.urls import path, re_path

from . import base_map, camera_desk, map_page, pages, place_pages, report_pages, rt_desk, search_pages

_KECAMATAN = r"(?P<code>\d{2}\.\d{2}\.\d{2})"
_KELURAHAN = r"(?P<code>\d{2}\.\d{2}\.\d{2}\.\d{4})"

urlpatterns = [
    path("", map_page.city_map, name="peta"),
    path("peta/dasar.pmtiles", base_map.file, name="peta-dasar"),
    path("wilayah/", place_pages.city, name="wilayah"),
    re_path(rf"^wilayah/{_KECAMATAN}/$", place_pages.kecamatan, name="wilayah-kecamatan"),
    re_path(rf"^wilayah/{_KELURAHAN}/$", place_pages.kelurahan, name="wilayah-kelurahan"),
    re_path(rf"^wilayah/{_KELURAHAN}/rw-(?P<rw>\d{{3}})/$", place_pages.rw, name="wilayah-rw"),
    re_path(rf"^wilayah/{_KELURAHAN}/rw-(?P<rw>\d{{3}})/rt-(?P<rt>\d{{3}})/$", place_pages.rt, name="wilayah-rt"),
    path("kamera/<slug:public_id>/", pages.camera, name="kamera"),
    path("kamera/<slug:public_id>/keterlihatan/", pages.switch_visibility, name="ubah-keterlihatan"),
    path("kamera/<slug:public_id>/laporkan/", report_pages.report, name="laporkan"),
    path("kamera/<slug:public_id>/kelola/", camera_desk.camera_desk, name="kelola-kamera"),
    path("kamera/<slug:public_id>/konfirmasi/", camera_desk.confirm, name="konfirmasi-pandangan"),
    path("kamera/<slug:public_id>/ragukan/", camera_desk.doubt, name="ragukan-pandangan"),
    path("kamera/<slug:public_id>/jadwal/", camera_desk.make_timetable, name="kelola-kamera-jadwal"),
    path("kamera/<slug:public_id>/laporan/<int:report>/jawab/", camera_desk.answer, name="jawab-laporan"),
    path("jadwal/<int:timetable>/akhiri/", camera_desk.end_timetable, name="akhiri-jadwal"),
    path("rt-saya/kamera/<int:rt>/", rt_desk.rt_desk, name="kelola-rt"),
    path("rt-saya/kamera/<int:rt>/semua/", rt_desk.switch_all, name="kelola-rt-semua"),
    path("rt-saya/kamera/<int:rt>/jadwal/", rt_desk.make_timetable, name="kelola-rt-jadwal"),
    path("cari/", search_pages.search_page, name="cari"),
    path("robots.txt", pages.robots, name="robots"),
]
