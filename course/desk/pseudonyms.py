"""Names that are no names: the same student has the same pseudonym in one course folder, and another one in every other."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable, Mapping

from course.desk.folder import Desk, DeskError
from course.desk.roster import Student

KEY = ".counterclaim/pseudonyms.key"  # whoever has it can tell who is who from a class list: it stays in the course folder
_LEAST = 32  # bytes


def pseudonyms(course: Desk, students: Iterable[str], *, purpose: str = "") -> dict[str, str]:
    """Student id -> pseudonym, such as "s-k3f2-9qmd".

    Args:
        course: whose random key is used; it is made at the first call.
        students: their ids.
        purpose: another purpose has other pseudonyms, so that what is published cannot be matched with what is not.

    Errors: DeskError where the key cannot be read, made, or is not one. Source: HMAC with SHA-256 (RFC 2104).
    """
    key = _key(course)
    return {student: _pseudonym(key, f"{purpose}\0{student}") for student in students}


def _pseudonym(key: bytes, student: str) -> str:
    digest = hmac.new(key, student.encode("utf-8"), hashlib.sha256).digest()
    letters = base64.b32encode(digest[:5]).decode("ascii").lower()  # 40 bits: two of a thousand students never meet
    return f"s-{letters[:4]}-{letters[4:]}"


def _key(course: Desk) -> bytes:
    path = course.root / KEY
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = path.read_bytes()
        else:
            key = secrets.token_bytes(_LEAST)
            with os.fdopen(handle, "wb") as file:
                file.write(key)
    except OSError as error:
        raise DeskError(f"The key of the pseudonyms {path} cannot be used: {error.strerror}.") from error
    if len(key) < _LEAST:
        raise DeskError(
            f"{path} is no key of pseudonyms. Move it away: the next call makes a new one, and new pseudonyms."
        )
    return key


class Veil:
    """Takes the names of a class out of texts that a program or a student wrote."""

    def __init__(self, students: Iterable[Student], names: Mapping[str, str]) -> None:
        found: dict[str, str] = {}
        for student in students:
            for word in (student.id, student.name, student.first_name, student.last_name, student.email, student.login):
                if len(word) > 2:  # initials stand in too many other words
                    found.setdefault(word.casefold(), names.get(student.id, "(name)"))
        self._names = found
        words = "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    def __call__(self, text: str) -> str:
        """The text with each name of the class as its pseudonym."""
        if not self._pattern:
            return text
        return self._pattern.sub(lambda match: self._names.get(match[0].casefold(), "(name)"), text)
