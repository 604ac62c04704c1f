"""System accounts of a hub on one machine: each person has one, with a home that nobody else may enter.

python deploy/accounts.py add FILE     makes an account for each line of FILE, prints a first password for each new one
python deploy/accounts.py name WHO     says which account a person of the learning platform gets
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import secrets
import subprocess
import sys
from pathlib import Path

GROUP = "counterclaim"  # who may sign in with a password of this machine
FIRST_UID = 1000  # below it are the system's own accounts
_OURS = re.compile(r"s-[a-z0-9-]{0,21}[0-9a-f]{8}")
_USABLE = re.compile(r"[a-z][a-z0-9_-]{0,30}")


class AccountError(Exception):
    """An account that cannot be made or used; the message says why, in one line."""


def account_name(who: str) -> str:
    """The account of somebody whom the learning platform calls `who`: readable, valid on Linux, and no one else's.

    It begins with `s-` and ends with a hash, so that nobody becomes `root` or a colleague by choosing a name.
    """
    if _OURS.fullmatch(who):
        return who
    readable = re.sub(r"[^a-z0-9]+", "-", who.lower()).strip("-")[:20]
    return f"s-{readable}-{hashlib.sha256(who.encode()).hexdigest()[:8]}"


def account(name: str) -> pwd.struct_passwd:
    """The account `name`, whose home only its owner may enter from now on. Errors: AccountError where there is none, or it is the system's."""
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        raise AccountError(
            f"This machine has no account {name}: python deploy/accounts.py add FILE makes it."
        ) from None
    if found.pw_uid < FIRST_UID:
        raise AccountError(f"{name} is an account of the system: nobody may work in it.")
    home = Path(found.pw_dir)
    if home.is_symlink() or not home.is_dir() or home.stat().st_uid != found.pw_uid:
        raise AccountError(f"{home}, the home of {name}, is not a folder of their own.")
    home.chmod(0o700)
    return found


def make_account(name: str, homes: str = "", group: str = GROUP) -> bool:
    """Make the account `name`, without a password, if it is missing; whether it was. Homes are laid in the folder `homes`, or where this
    machine has them. Errors: AccountError."""
    if not _USABLE.fullmatch(name):
        raise AccountError(f"{name!r} cannot be an account: a small letter first, then small letters, digits, - and _.")
    try:
        pwd.getpwnam(name)
        return False
    except KeyError:
        pass
    subprocess.run(["groupadd", "--force", group], check=True)
    where = ["--home-dir", f"{homes}/{name}"] if homes else []
    command = ["useradd", "--create-home", *where, "--shell", "/bin/bash", "--groups", group, "--key", "HOME_MODE=0700"]
    done = subprocess.run([*command, name], capture_output=True, text=True)
    if done.returncode:
        raise AccountError(f"The account {name} could not be made: {done.stderr.strip()}")
    return True


def set_password(name: str, password: str) -> None:
    """Give the account `name` a password."""
    subprocess.run(["chpasswd"], input=f"{name}:{password}\n", text=True, check=True)


def main(arguments: list[str]) -> int:
    """The two commands above; the exit code is 0 where all went well, 2 for a wrong call."""
    match arguments:
        case ["name", who]:
            print(account_name(who))
        case ["add", file] if os.geteuid() == 0:
            for name in Path(file).read_text("utf-8").split():
                if make_account(name):
                    set_password(name, password := secrets.token_urlsafe(9))
                    print(f"{name}\t{password}")
        case ["add", _]:
            print("Only root can make accounts.", file=sys.stderr)
            return 1
        case _:
            print((__doc__ or "").strip(), file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except AccountError as error:
        sys.exit(str(error))
