from django.urls import path

from . import log_pages, preview_pages

urlpatterns = [
    path("kamera/<slug:public_id>/tontonan/", log_pages.viewings, name="tontonan"),
    path("kamera/<slug:public_id>/pratinjau.jpg", preview_pages.preview, name="pratinjau"),
]
