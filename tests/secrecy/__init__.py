"""Looks for cameras' addresses and credentials where none may stand: spellings, places, a crawler, and a scene to be searched."""
