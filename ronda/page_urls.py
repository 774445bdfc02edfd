from django.urls import path

from . import log_pages, pages, plan_pages, round_pages

_PLAN = "rt-saya/ronda/<int:rt>/jadwal/"
_LOG = "rt-saya/ronda/<int:rt>/catatan/"

urlpatterns = [
    path("ronda/", pages.tonights, name="ronda"),
    path("ronda/<int:rt>/mulai/", pages.start, name="ronda-mulai"),
    path("ronda/<int:rt>/berhalangan/", pages.away, name="ronda-berhalangan"),
    path("ronda/<int:rt>/tukar/", pages.swap, name="ronda-tukar"),
    path("ronda/tukar/<int:swap>/", pages.answer_swap, name="ronda-jawab-tukar"),
    path("ronda/<slug:ronda>/", round_pages.one_round, name="ronda-satu"),
    path("ronda/<slug:ronda>/tanda/", round_pages.mark, name="ronda-tanda"),
    path("ronda/<slug:ronda>/selesai/", round_pages.finish, name="ronda-selesai"),
    path(_PLAN, plan_pages.plan, name="ronda-jadwal"),
    path(f"{_PLAN}jam/", plan_pages.set_hours, name="ronda-jam"),
    path(f"{_PLAN}regu/", plan_pages.add_weekly, name="ronda-regu"),
    path(f"{_PLAN}regu/<int:duty>/akhiri/", plan_pages.end_weekly, name="ronda-regu-akhiri"),
    path(f"{_PLAN}malam/", plan_pages.change_night, name="ronda-malam"),
    path(_LOG, log_pages.book, name="ronda-catatan"),
    path(f"{_LOG}ronda.csv", log_pages.table, name="ronda-csv"),
]
