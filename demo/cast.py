"""The people of the demo city. They share one password, made for this installation (demo.password) and told on the terminal."""

from __future__ import annotations

from dataclasses import dataclass

# Marks the demo's own accounts. No mail reaches .invalid, and no real person has such an address.
MAIL_DOMAIN = "contoh.invalid"

HOME_KELURAHAN = "33.74.12.1009"  # Sekaran
HOME_RW = "005"
HOME_RT = "003"
NEXT_RT = "004"


@dataclass(frozen=True)
class Person:
    """An example account. *rt*: the RT of the home RW to which the person belongs, if any; *leads*: ``rw`` or ``kelurahan``, the
    home one.
    """

    username: str
    first_name: str
    last_name: str
    rt: str = ""
    head: bool = False
    guard: bool = False
    leads: str = ""
    officer: bool = False
    superuser: bool = False

    @property
    def email(self) -> str:
        return f"{self.username}@{MAIL_DOMAIN}"


CAST = (
    Person("warga", "Siti", "Rahayu", rt=HOME_RT),
    Person("tetangga", "Budi", "Santoso", rt=NEXT_RT),
    Person("ketua", "Slamet", "Widodo", rt=HOME_RT, head=True),
    Person("penjaga", "Joko", "Susilo", rt=HOME_RT, guard=True),
    Person("ketuarw", "Sri", "Wahyuni", leads="rw"),
    Person("lurah", "Agus", "Prasetyo", leads="kelurahan"),
    Person("petugas", "Dewi", "Lestari", officer=True),
    Person("admin", "Pengelola", "Portal", superuser=True),
)
