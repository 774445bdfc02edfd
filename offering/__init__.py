"""Cameras that citizens offer: the address they type is reached through the guard, tried, and approved by head and officer.

Doors (pages, tasks, admin) → verbs (offers, deciding, asking, trials) → records (models, turning, attempts) → tools (discovery,
onvif, http, typed, wellknown), which know no Django.
"""
