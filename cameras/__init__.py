"""Cameras: where they are, who may see them, how they are, and where their picture comes from (sealed)."""
