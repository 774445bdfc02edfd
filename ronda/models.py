"""The records of this room."""

from .plan_records import HoursSetting, NightChange, Reminder, Swap, SwapState, WeeklyDuty, Why
from .round_records import LOOKED, Mark, Presence, Round, Stop, Verdict

__all__ = [
    "LOOKED",
    "HoursSetting",
    "Mark",
    "NightChange",
    "Presence",
    "Reminder",
    "Round",
    "Stop",
    "Swap",
    "SwapState",
    "Verdict",
    "WeeklyDuty",
    "Why",
]
