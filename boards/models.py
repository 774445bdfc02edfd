"""Django finds this room's records through this module."""

from .favourite_records import Favourite
from .wall_records import Wall, WallTile

__all__ = ["Favourite", "Wall", "WallTile"]
