from django.urls import path

from . import pages

urlpatterns = [
    path("kentongan/", pages.own_kentongan, name="kentongan-saya"),
    path("kentongan/<int:rt>/", pages.kentongan, name="kentongan"),
    path("kentongan/<int:rt>/jeda/", pages.mute, name="kentongan-jeda"),
    path("kentongan/<int:rt>/jeda/<int:mute>/cabut/", pages.lift, name="kentongan-cabut-jeda"),
    path("kentongan/bunyi/<int:alarm>/", pages.alarm, name="kentongan-bunyi"),
    path("kentongan/bunyi/<int:alarm>/datang/", pages.come, name="kentongan-datang"),
    path("kentongan/bunyi/<int:alarm>/selesai/", pages.end, name="kentongan-selesai"),
]
