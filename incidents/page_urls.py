from django.urls import path

from . import pages

urlpatterns = [
    path("lapor/", pages.make, name="lapor"),
    path("lapor/gambar/<str:moment>/", pages.held_picture, name="lapor-gambar"),
    path("laporan/", pages.incidents, name="laporan"),
    path("laporan/<slug:public_id>/", pages.incident, name="satu-laporan"),
    path("laporan/<slug:public_id>/gambar/", pages.picture, name="gambar-laporan"),
    path("laporan/<slug:public_id>/langkah/", pages.step, name="langkah-laporan"),
]
