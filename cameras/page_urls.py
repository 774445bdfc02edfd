from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path, re_path

from . import pages
from .forms import SignInForm

_KECAMATAN = r"(?P<code>\d{2}\.\d{2}\.\d{2})"
_KELURAHAN = r"(?P<code>\d{2}\.\d{2}\.\d{2}\.\d{4})"

urlpatterns = [
    path("", pages.city_map, name="peta"),
    path("wilayah/", pages.city, name="wilayah"),
    re_path(rf"^wilayah/{_KECAMATAN}/$", pages.kecamatan, name="wilayah-kecamatan"),
    re_path(rf"^wilayah/{_KELURAHAN}/$", pages.kelurahan, name="wilayah-kelurahan"),
    re_path(rf"^wilayah/{_KELURAHAN}/rw-(?P<rw>\d{{3}})/$", pages.rw, name="wilayah-rw"),
    re_path(rf"^wilayah/{_KELURAHAN}/rw-(?P<rw>\d{{3}})/rt-(?P<rt>\d{{3}})/$", pages.rt, name="wilayah-rt"),
    path("kamera/<slug:public_id>/", pages.camera, name="kamera"),
    path("kamera/<slug:public_id>/keterlihatan/", pages.switch_visibility, name="ubah-keterlihatan"),
    path("rt-saya/", pages.my_rt, name="rt-saya"),
    path(
        "masuk/",
        LoginView.as_view(
            template_name="cameras/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
        ),
        name="masuk",
    ),
    path("keluar/", LogoutView.as_view(), name="keluar"),
    path("robots.txt", pages.robots, name="robots"),
]
