"""A kernel in the sandbox: for `nbgrader autograde`, or anything else that starts kernels through jupyter_client.

    JUPYTER_DEFAULT_PROVISIONER_NAME=counterclaim-sandbox nbgrader autograde LESSON

The sandbox keeps the kernel from the machine, the gradebook and the other submissions. It does not keep the hidden tests from the student's
code, as both run in one kernel there: `course grade` does.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from course.grading import isolation, sandbox
from course.grading.limits import Limits
from course.widgets.kept import FOLDER

NAME = "counterclaim-sandbox"


class SandboxProvisioner(LocalProvisioner):
    """Starts a kernel inside bubblewrap; its sockets are files in a folder of its own. Errors: SandboxError where there is no sandbox."""

    folder: Path | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose sockets that need no network, and wrap the kernel's command."""
        manager: Any = self.parent
        self.folder = Path(tempfile.mkdtemp(prefix="kernel-"))
        manager.transport, manager.ip = "ipc", str(self.folder / "socket")
        manager.connection_file = str(self.folder / "kernel.json")
        manager.kernel_spec.interrupt_mode = "message"  # a signal would not reach it
        kwargs = await super().pre_launch(**kwargs)
        work = self.folder / "notebook"
        work.mkdir()
        kept = Path(kwargs.get("cwd") or ".") / FOLDER
        if kept.is_dir() and not kept.is_symlink():
            shutil.copytree(kept, work / FOLDER)
        if os.getuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, sandbox.USER, sandbox.USER)
        program = [sandbox.python(), "-m", "course.grading.provisioner", str(work), *kwargs["cmd"][1:]]
        kwargs["cmd"] = sandbox.command(program, work=self.folder)
        kwargs["env"] = {"PATH": os.environ.get("PATH", "")}
        kwargs.pop("cwd", None)
        return kwargs

    async def cleanup(self, restart: bool = False) -> None:
        """Take the folder away once the kernel is gone for good."""
        await super().cleanup(restart)
        if self.folder and not restart:
            shutil.rmtree(self.folder, ignore_errors=True)


def main() -> None:
    """Inside the sandbox: set the limits, then become the kernel."""
    work, *arguments = sys.argv[1:]
    os.environ["HOME"] = work
    isolation.restrict(Limits())
    os.chdir(work)
    os.execv(sys.executable, [sys.executable, *arguments])


if __name__ == "__main__":
    main()
