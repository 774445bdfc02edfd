"""Reaching an RT's people at once: the kentongan, news on open pages, and web push to browsers that asked for it.

Doors (pages, API, consumer, tasks, commands) → verbs (ringing, answering, muting, telling, subscribing, pushing) → records (models) →
tools (envelopes, posting), which know no Django.
"""
