"""Cameras from a CSV file, all or nothing.

A camera is known by its kelurahan, RT and name (one that tells nothing is replaced: cameras.naming). Importing a corrected
file again *updates* it and keeps its page, its history and its health. Then

* the visibility stays where a person once switched it: the head of the RT decides, not a file. A warning says so;
* the user and password stay where the row has none and the address is the same, so that a file may be kept without
them; so does the substream;
* a source that is the same is not touched, so that nobody's picture is interrupted.

    CannotImport        what is wrong, with line, column and reason; nothing was changed
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from neighborhoods.locate import locator
from neighborhoods.models import RT, Kelurahan, get_or_create_rt

from . import sources, spreadsheet, visibility
from .addresses import Address
from .models import Camera, Visibility, VisibilityChange
from .proposals import COLUMNS, OPTIONAL_COLUMNS, Checker, Identity, Proposal
from .sealing import CannotOpen
from .spreadsheet import Problem
from .telling_apart import Owned, Present, found, tell_apart, warnings


class CannotImport(Exception):
    """*problems* in the order of the file. No address, user or password is in them."""

    def __init__(self, problems: Iterable[Problem | str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Report:
    """How many cameras are new, changed and the same as before; *warnings* in the order of the file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warnings: list[Problem] = field(default_factory=list)


def import_cameras(content: bytes, *, dry_run: bool = False) -> Report:
    """Takes the cameras of a CSV file into the database; with *dry_run* everything is tried and then taken back.

    Raises:
        CannotImport: see above.
    """
    try:
        table = spreadsheet.read(content, COLUMNS, OPTIONAL_COLUMNS)
    except spreadsheet.WrongTable as wrong:
        raise CannotImport([str(wrong)]) from wrong
    checker = Checker({row.code: row for row in Kelurahan.objects.filter(valid_to__isnull=True)}, locator())
    proposals = [proposal for row in table.rows if (proposal := checker.proposal(row)) is not None]
    with transaction.atomic():
        present = _present(proposals)
        addresses = list(sources.each_address())
        proposals = tell_apart(proposals, present, addresses)
        problems = [*table.problems, *checker.problems]
        problems += [*_names_twice(proposals), *_addresses_twice(checker), *_in_use(proposals, present, addresses)]
        if problems:
            raise CannotImport(sorted(problems))
        report = _store(proposals, present)
        transaction.set_rollback(dry_run)
    report.warnings = sorted([*checker.warnings, *warnings(proposals), *report.warnings])
    return report


def _present(proposals: Sequence[Proposal]) -> dict[Identity, list[Camera]]:
    """The cameras that are there already, by what tells them apart; of RTs that are valid today."""
    there: dict[Identity, list[Camera]] = {}
    codes = {proposal.kelurahan.code for proposal in proposals}
    rows = Camera.objects.filter(kelurahan__code__in=codes).exclude(rt__valid_to__isnull=False)
    for camera in rows.select_related("kelurahan", "rt__rw"):
        rw, rt = (camera.rt.rw.number, camera.rt.number) if camera.rt else ("", "")
        there.setdefault((camera.kelurahan.code, rw, rt, camera.name.casefold()), []).append(camera)
    return there


def _names_twice(proposals: Sequence[Proposal]) -> Iterable[Problem]:
    lines: dict[Identity, int] = {}
    for one in proposals:
        first = lines.setdefault(one.identity, one.line)
        if first != one.line:
            yield Problem(one.line, "name", f"nama ini sudah ada di RT yang sama pada baris {first}")


def _addresses_twice(checker: Checker) -> Iterable[Problem]:
    lines: dict[Address, int] = {}
    for line, column, address in checker.addresses:
        first = lines.setdefault(address, line)
        if first != line:
            yield Problem(line, column, f"alamat ini sama dengan alamat pada baris {first}")


def _in_use(proposals: Sequence[Proposal], present: Present, addresses: Sequence[Owned]) -> Iterable[Problem]:
    mentioned = {camera.pk for one in proposals for camera in found(one, present)}
    # Two pullers of one camera take each other's session. A camera of this file gets its address from this file.
    taken = {address for pk, address in addresses if pk not in mentioned}
    for one in proposals:
        if len(found(one, present)) > 1:
            yield Problem(one.line, "name", "ada beberapa kamera bernama ini di RT ini; bedakan dulu namanya")
        for column, address in (("source_url", one.address), ("substream_url", one.substream)):
            if address in taken:
                yield Problem(one.line, column, "alamat ini sudah dipakai kamera lain")


def _store(proposals: Sequence[Proposal], present: Present) -> Report:
    report = Report()
    rts: dict[tuple[str, str, str], RT | None] = {}
    problems: list[Problem] = []
    for one in proposals:
        key = one.identity[:3]
        if key not in rts:
            rts[key] = get_or_create_rt(one.kelurahan, one.rw, one.rt) if one.rt else None
        try:
            if there := found(one, present):
                changed = _update(there[0], one, report)
                report.updated += changed
                report.unchanged += not changed
            else:
                _create(one, rts[key])
                report.created += 1
        except ValidationError as error:
            problems += [
                Problem(one.line, column, " ".join(messages)) for column, messages in error.message_dict.items()
            ]
        except visibility.CannotSwitch as error:
            problems.append(Problem(one.line, "visibility", str(error)))
    if problems:
        raise CannotImport(problems)
    return report


def _create(one: Proposal, rt: RT | None) -> None:
    camera = Camera(
        name=one.name,
        category=one.category,
        kelurahan=one.kelurahan,
        rt=rt,
        latitude=one.latitude,
        longitude=one.longitude,
        visibility=one.visibility or Visibility.WARGA_RT,
    )
    camera.full_clean()
    camera.save()
    sources.set_source(camera, address=one.address, credentials=one.credentials, substream=one.substream)


def _update(camera: Camera, one: Proposal, report: Report) -> bool:
    before = (camera.name, camera.category, camera.latitude, camera.longitude)
    camera.name, camera.category = one.name, one.category
    camera.latitude, camera.longitude = one.latitude, one.longitude
    moved = before != (camera.name, camera.category, camera.latitude, camera.longitude)
    if moved:
        camera.full_clean()
        # Not visibility and epoch: they are switched, never saved.
        camera.save(update_fields=["name", "category", "latitude", "longitude"])
    # Both, whatever the first says.
    switched, mended = _switch(camera, one, report), _mend_source(camera, one)
    return moved or switched or mended


def _switch(camera: Camera, one: Proposal, report: Report) -> bool:
    if one.visibility is None or one.visibility == camera.visibility:
        return False
    if VisibilityChange.objects.filter(camera=camera, by__isnull=False).exists():
        report.warnings.append(
            Problem(one.line, "visibility", f"tetap {camera.visibility}, karena pernah diputuskan orang di portal")
        )
        return False
    return visibility.switch(camera, to=one.visibility, by=None, reason="Impor berkas kamera")


def _mend_source(camera: Camera, one: Proposal) -> bool:
    try:
        kept = sources.open_source(camera.pk)
    except CannotOpen:
        kept = None
    wanted = sources.Source(one.address, one.credentials, one.substream)
    if kept is not None and kept.address == one.address:
        wanted = wanted._replace(
            credentials=one.credentials or kept.credentials, substream=one.substream or kept.substream
        )
    if wanted == kept:
        return False
    sources.set_source(camera, **wanted._asdict())
    return True
