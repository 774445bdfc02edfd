from django.urls import path

from . import pages

urlpatterns = [
    path("tawarkan-kamera/", pages.offer_camera, name="tawarkan"),
    path("tawarkan-kamera/<slug:public_id>/", pages.offer, name="tawaran"),
    path("tawarkan-kamera/<slug:public_id>/coba/", pages.try_again, name="tawaran-coba"),
    path("tawarkan-kamera/<slug:public_id>/kirim/", pages.hand_in, name="tawaran-kirim"),
    path("tawarkan-kamera/<slug:public_id>/tarik/", pages.withdraw, name="tawaran-tarik"),
    path("tawarkan-kamera/<slug:public_id>/gambar/<int:number>/", pages.still, name="tawaran-gambar"),
    path("tawarkan-kamera/<slug:public_id>/keputusan/", pages.decide, name="tawaran-keputusan"),
    path("tawaran-menunggu/", pages.waiting, name="tawaran-menunggu"),
]
