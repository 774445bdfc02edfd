"""Lapor: what a resident reports of the neighbourhood, with the still of the moment, until somebody has closed it with a reason.

Doors (pages, API, tasks) → verbs (reporting, handling) → records (models, concerned, moments).
"""
