"""Kecamatan → kelurahan → RW → RT, and who lives or holds office where."""
