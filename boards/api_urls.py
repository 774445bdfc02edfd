from django.urls import path

from .favourite_api import Favourites, OneFavourite
from .wall_api import OneWall, Walls

urlpatterns = [
    path("walls/", Walls.as_view(), name="api-walls"),
    path("walls/<int:wall>/", OneWall.as_view(), name="api-wall"),
    path("favourites/", Favourites.as_view(), name="api-favourites"),
    path("favourites/<slug:public_id>/", OneFavourite.as_view(), name="api-favourite"),
]
