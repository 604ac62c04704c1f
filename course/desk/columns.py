"""What the columns of a class list are: by their names, in the languages of the platforms, or by Canvas's fixed order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.desk.roster import Student

# How Canvas, Moodle and people name them, in small letters without marks and signs.
_NAMES = {
    "id": ["id", "studentid", "username", "userid", "benutzername", "nomdutilisateur", "nombredeusuario", "matrikelnummer"],
    "first_name": ["firstname", "givenname", "forename", "vorname", "prenom", "nombre", "nome", "imie", "voornaam", "fornavn", "fornamn", "имя"],
    "last_name": ["lastname", "surname", "familyname", "nachname", "nomdefamille", "apellidos", "apellido", "cognome", "sobrenome", "nazwisko", "achternaam", "efternamn", "etternavn", "efternavn", "фамилия"],
    "name": ["name", "student", "fullname", "studentname", "nameofstudent", "vollstandigername", "nomcomplet", "nombrecompleto"],
    "email": ["email", "emailaddress", "mail", "emailadresse", "adressedecourriel", "courriel", "correo", "direcciondecorreo", "correoelectronico", "indirizzoemail", "enderecodeemail", "emailadres", "epost", "epostadress"],
    "lms_id": ["lmsid", "lmsuserid", "canvasid"],
    "sis_id": ["sisid", "sisuserid", "idnumber", "idnummer", "numerodidentification", "numerodeid", "numeroid"],
    "login": ["login", "sisloginid", "loginid"],
    "section": ["section", "sections", "group", "groups", "gruppe", "gruppen", "groupe", "groupes", "grupo", "grupos", "gruppo", "gruppi", "abschnitt"],
    "consent": ["consent"],
}  # fmt: skip
_KNOWN = {name: column for column, names in _NAMES.items() for name in names}
_CANVAS = ("lms_id", "sis_id", "login", "section")
# What Canvas adds after the class: assignments with their numbers, sums of groups, and notes for its own import.
_POINTS = re.compile(
    r"\(\d+\)$|(current|final|unposted|override) (score|grade|points|status)$|^(integration id|root account|notes)$|(score|grade|points)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Row:
    """One student's cells: by our names of the columns, and the others."""

    fields: dict[str, str]
    more: dict[str, str]


@dataclass(slots=True)
class Columns:
    """How the cells of a line are read. `hint` follows an error, where names of columns may be its cause."""

    head: list[str]
    meaning: list[str]
    canvas: bool = False
    used: dict[str, str] = field(default_factory=dict)

    @property
    def unknown(self) -> list[str]:
        return [
            name
            for name, what in zip(self.head, self.meaning, strict=True)
            if not what and name and not (self.canvas and _POINTS.search(name))
        ]

    @property
    def hint(self) -> str:
        return f" The columns {', '.join(map(repr, self.unknown))} are not known here." if self.unknown else ""

    def row(self, cells: Sequence[str]) -> Row | None:
        """A line's cells by what they mean; None where Canvas wrote it, and it is no student's."""
        found: dict[str, str] = {}
        more: dict[str, str] = {}
        for name, what, cell in zip(self.head, self.meaning, cells, strict=False):
            cell = cell.strip()
            if what and cell:
                found.setdefault(what, cell)
            elif cell and name in self.unknown:
                more[name] = cell
        if self.canvas:
            student = found.get("name", "").strip(" '\"").casefold()
            # the points of each column, how they are posted, and the student of "view as student" are lines of their own
            if not student or student.startswith("points possible") or student in ("student, test", "test student"):
                return None
            if not any(found.get(key) for key in _CANVAS[:3]):
                return None
        if whole := found.pop("name", ""):
            first, last = split(whole)
            found.setdefault("first_name", first)
            found.setdefault("last_name", last)
        if self.canvas and "@" in found.get("login", ""):
            found.setdefault("email", found["login"])
        return Row(found, more)

    def remarks(self, students: Sequence[Student]) -> list[str]:
        """What an instructor should know of the columns."""
        lines = []
        if self.unknown:
            names = ", ".join(map(repr, self.unknown))
            lines.append(f"Not used here, but kept in roster.csv: {names}.")
        if not any(one.first_name or one.last_name for one in students):
            lines.append(
                "The list holds no names of students: files that are named after them will fit nobody. "
                "The columns are called first_name and last_name, or name."
            )
        return lines


def columns_of(head: Sequence[str]) -> Columns:
    """How the lines under this head are read."""
    plain = [_plain(name) for name in head]
    canvas = _of_canvas(plain)
    if canvas:
        return Columns(list(head), canvas, canvas=True)
    meaning = [_KNOWN.get(name, "") for name in plain]
    if "last_name" in meaning and "first_name" not in meaning and "name" in meaning:
        meaning[meaning.index("name")] = "first_name"
    if "nom" in plain:  # of a family in French, of a person in Catalan
        meaning[plain.index("nom")] = "last_name" if "first_name" in meaning else "name"
    seen = set[str]()
    for place, what in enumerate(meaning):  # the first of two counts; the other is kept
        if what in seen:
            meaning[place] = ""
        seen.add(what)
    return Columns(list(head), meaning)


def _of_canvas(plain: Sequence[str]) -> list[str]:
    """Canvas's columns in any language: a student, its own number, those of the SIS, the section; [] where it is another list."""
    sis = [place for place, name in enumerate(plain) if "sis" in name and place < 8]
    if len(plain) < 3 or plain[1] != "id" or not (sis or plain[0] == "student"):
        return []
    meaning = ["" for _ in plain]
    meaning[0], meaning[1] = "name", "lms_id"
    login = next(
        (place for place in sis if "login" in plain[place] or "anmelde" in plain[place]), sis[1] if len(sis) > 1 else -1
    )
    for place in sis:
        if place == login:
            meaning[place] = "login"
        elif "sis_id" not in meaning:
            meaning[place] = "sis_id"
    section = next(
        (place for place, name in enumerate(plain) if _KNOWN.get(name) == "section"), max(sis, default=1) + 1
    )
    if section < len(plain) and not meaning[section] and "integration" not in plain[section]:
        meaning[section] = "section"
    return meaning


def split(whole: str) -> tuple[str, str]:
    """First and last name of one that stands in one cell: "Roe, Ann" or "Ann Roe"."""
    last, comma, first = whole.partition(", ")
    if not comma:
        first, _, last = whole.rpartition(" ")
    return first.strip(), last.strip()


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in bare if sign.isalnum())
