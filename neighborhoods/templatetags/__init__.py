"""Template tags of the places."""
