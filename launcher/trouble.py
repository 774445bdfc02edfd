"""The one error of the launcher."""


class CannotStartError(Exception):
    """Why the portal cannot start: one Indonesian sentence for the person at the terminal that says what to do next."""
