"""What open pages are told, published from here alone. At most once: every message can be lost, and a socket that connects hears first
which alarms are not over.
"""

from __future__ import annotations

from typing import TypedDict

from cameras.events import send
from neighborhoods.names import name_of

from .audience import group_of, person_group
from .models import Alarm, State, What
from .words import Words


class AlarmNews(TypedDict):
    """One alarm as pages show it, in codes, since who reads it may have another language; *at* is ISO 8601, *coming*: names."""

    id: int
    rt: int
    rt_text: str
    kind: str
    note: str
    state: str
    ending: str
    caller: str
    caller_id: int
    at: str
    url: str
    coming: list[str]


def news_of(alarm: Alarm) -> AlarmNews:
    """*alarm* with its RT and caller already loaded; one query for who is coming."""
    steps = alarm.steps.filter(what=What.COMING).select_related("by")
    return {
        "id": alarm.pk,
        "rt": alarm.rt_id,
        "rt_text": str(alarm.rt),
        "kind": alarm.kind,
        "note": alarm.note,
        "state": alarm.state,
        "ending": alarm.ending,
        "caller": name_of(alarm.caller),
        "caller_id": alarm.caller_id,
        "at": alarm.at.isoformat(),
        "url": alarm.get_absolute_url(),
        "coming": [step.who for step in steps],
    }


def running(rts: frozenset[int]) -> list[AlarmNews]:
    """The alarms of these RTs that are not over, newest first."""
    rows = Alarm.objects.filter(rt__in=rts).exclude(state=State.ENDED)
    return [news_of(alarm) for alarm in rows.select_related("rt__rw", "caller")[:20]]


def publish_alarm(alarm: Alarm) -> None:
    """Tells the RT's open pages how this alarm is now."""
    send(group_of(alarm.rt_id), {"type": "kabar.alarm", "alarm": news_of(alarm)})


def publish_word(user_id: int, words: Words) -> None:
    """Shows what *words* say on this person's open pages, each in its language."""
    send(person_group(user_id), {"type": "kabar.word", "words": words})
