"""Accounts: signing up, logging in, the second factor, invitations of a neighbourhood and who belongs to it."""
