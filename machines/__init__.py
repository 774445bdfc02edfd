"""Machines that ask the API: their tokens, with an owner, scopes and an end."""
