from django.urls import path

from . import favourite_pages, home_pages, wall_pages

urlpatterns = [
    path("rt-saya/", home_pages.my_rt, name="rt-saya"),
    path("hemat-data/", home_pages.save_data, name="hemat-data"),
    path("dinding/", wall_pages.all_walls, name="dinding"),
    path("dinding/baru/", wall_pages.new, name="dinding-baru"),
    path("dinding/siap/<slug:key>/", wall_pages.ready, name="dinding-siap"),
    path("dinding/<int:wall>/", wall_pages.one, name="dinding-satu"),
    path("dinding/<int:wall>/atur/", wall_pages.change, name="dinding-atur"),
    path("dinding/<int:wall>/hapus/", wall_pages.erase, name="dinding-hapus"),
    path("kamera/<slug:public_id>/bintang/", favourite_pages.star, name="bintang"),
]
