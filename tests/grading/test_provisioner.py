"""A kernel that anybody starts through jupyter_client runs in the sandbox, when it is asked to."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import nbformat
import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient

from course.grading.provisioner import NAME
from course.grading.run import MIME
from course.widgets import kept


@pytest.fixture
def factory(monkeypatch: pytest.MonkeyPatch, sandboxed: None) -> None:
    made = KernelProvisionerFactory.instance()
    entry = EntryPoint(NAME, "course.grading.provisioner:SandboxProvisioner", "jupyter_client.kernel_provisioners")
    monkeypatch.setitem(made.provisioners, NAME, entry)
    monkeypatch.setattr(made, "default_provisioner_name", NAME)


def test_a_kernel_runs_and_sees_nothing_of_the_machine(factory: None, root: Path, tmp_path: Path) -> None:
    (tmp_path / kept.FOLDER).mkdir()
    (tmp_path / kept.FOLDER / "mark.json").write_text("{}")
    sources = [
        f"import os, socket\nprint(os.path.exists({str(root / 'notebooks')!r}), os.path.exists({str(tmp_path)!r}), os.getuid() > 0)",
        "try:\n    socket.create_connection(('127.0.0.1', 22), 2)\nexcept OSError as error: print(type(error).__name__)",
        "from course import more_than; print(more_than(3), os.listdir('counterclaim-work'))",
        "import time\nwhile True: time.sleep(0.1)",
        "print('after')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    place = {"metadata": {"path": str(tmp_path)}}
    client = NotebookClient(notebook, timeout=20, interrupt_on_timeout=True, allow_errors=True, resources=place)
    client.execute()
    said = ["".join(o.get("text", o.get("ename", "")) for o in cell.outputs) for cell in notebook.cells]
    assert said[0].split() == ["False", "False", "True"]
    assert said[1] in ("ConnectionRefusedError\n", "OSError\n")
    assert said[2] == "more than 3 ['mark.json']\n"
    assert said[3] == "KeyboardInterrupt" and said[4] == "after\n"


def test_the_widgets_type_is_that_of_the_widgets() -> None:
    assert MIME == kept.MIME
