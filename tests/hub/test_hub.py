"""A class on a real hub, with its proxy, on loopback: from release to feedback, and what one person can see of another.

The tests of this file are the steps of one way, in order: each stands on what the one before left.
"""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
import yaml

from deploy.accounts import set_password
from deploy.client import ClientError, source

from .conftest import ANN, BEN, LESSON, PASSWORD, TEACHER

PATH = f"{LESSON}/{LESSON}.ipynb"
CASE = yaml.safe_load((Path(__file__).parents[1] / "end_to_end" / "classes" / f"{LESSON}.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def people(hub):
    """Everyone, with a running server of their own."""
    found = SimpleNamespace(teacher=hub.person(TEACHER), ann=hub.person(ANN), ben=hub.person(BEN))
    for person in vars(found).values():
        person.start()
    return found


def denied(person, code: str) -> bool:
    """Whether the system refuses what `code` does in this person's kernel. Errors: whatever else goes wrong there."""
    asked = (
        f"try:\n{textwrap.indent(code, '    ')}\nexcept PermissionError:\n    print('denied')\nelse:\n    print('done')"
    )
    return {"denied": True, "done": False}[person.said(asked)]


def formgrader(person, path: str) -> dict:
    done = person.ask("POST", f"formgrader/api/{path}", json={})
    assert done["success"], f"{path}: {done.get('error')} {done.get('log')}"
    return done


def sign_in(hub, name: str, password: str) -> requests.Response:
    session = requests.Session()
    session.get(f"{hub.url}/hub/login", timeout=120)
    form = {"username": name, "password": password, "_xsrf": session.cookies.get("_xsrf", path="/hub/")}
    return session.post(f"{hub.url}/hub/login", data=form, timeout=120, allow_redirects=False)


def test_signs_in_with_the_password_of_the_machine_and_no_other(hub):
    set_password(ANN, PASSWORD)
    assert sign_in(hub, ANN, PASSWORD).status_code == 302
    assert sign_in(hub, ANN, PASSWORD + "!").status_code == 403


def test_everyone_works_as_their_own_user_with_their_own_role(hub, people):
    for person in vars(people).values():
        assert person.said("import os; print(os.getuid())") == str(pwd.getpwnam(person.name).pw_uid)
    entries = {entry["name"] for entry in people.teacher.read("counterclaim/notebooks")}
    assert LESSON in entries
    assert people.teacher.request("GET", f"user/{TEACHER}/formgrader/api/assignments").status_code == 200
    assert people.ann.request("GET", f"user/{ANN}/formgrader/api/assignments").status_code == 404


def test_instructor_releases_and_students_fetch_without_the_answers(people):
    formgrader(people.teacher, f"assignment/{LESSON}/assign")
    formgrader(people.teacher, f"assignment/{LESSON}/release")
    for person in (people.ann, people.ben):
        assert [(one["assignment_id"], one["status"]) for one in person.assignments()] == [(LESSON, "released")]
        person.assignments(f"fetch/{LESSON}")
        text = "\n".join(source(cell) for cell in person.read(PATH)["cells"])
        assert "hand_in" in text
        assert "BEGIN SOLUTION" not in text and "HIDDEN TESTS" not in text and "MARK SCHEME" not in text


def test_the_course_command_works_in_the_instructors_terminal(people):
    code = "import subprocess; print(subprocess.run({!r}, cwd='counterclaim', capture_output=True, text=True))"
    said = people.teacher.said(code.format(["course", "release", "0", "--exchange"]))
    assert "returncode=0" in said and "Laid in the exchange" in said, said
    assert "00-start-here" in {one["assignment_id"] for one in people.ann.assignments()}
    said = people.teacher.said(code.format(["course", "roster"]))
    assert "returncode=0" in said, said


def test_students_work_and_submit(people):
    notebook = people.ann.read(PATH)
    for cell in notebook["cells"]:
        if (grade_id := cell["metadata"].get("nbgrader", {}).get("grade_id")) in CASE["mistakes"]:
            cell["source"] = CASE["mistakes"][grade_id]
    people.ann.run_notebook(notebook, LESSON)
    people.ann.save(PATH, notebook)
    saved = people.ann.read(PATH)
    outputs = [one for cell in saved["cells"] if cell["cell_type"] == "code" for one in cell["outputs"]]
    assert any("visible checks pass" in "".join(one.get("text", "")) for one in outputs)
    for person in (people.ann, people.ben):
        listed = person.assignments(f"submit/{LESSON}")
        assert [one["assignment_id"] for one in listed if one["status"] == "submitted"] == [LESSON]


def test_no_student_reaches_the_work_of_another(hub, people):
    inbound = hub.exchange / "counterclaim" / "inbound"
    handed_in = next(inbound.glob(f"{ANN}+*"))  # root may look
    home = hub.place / "home" / ANN
    ben = people.ben
    assert denied(ben, f"import os; os.listdir({str(home)!r})")
    assert denied(ben, f"open({str(home / PATH)!r}).read()")
    assert denied(ben, f"import os; os.listdir({str(inbound)!r})")
    assert ben.said(f"import glob; print(glob.glob({str(inbound / '*')!r}))") == "[]"
    assert denied(ben, f"import shutil; shutil.move({str(handed_in.parent)!r}, {str(inbound) + '-mine'!r})")
    assert not denied(people.ann, f"open({str(home / PATH)!r}).read()")


def test_no_student_reaches_what_is_the_instructors(hub, people):
    course = hub.place / "home" / TEACHER / "counterclaim"
    assert (course / "gradebook.db").is_file() and (course / "notebooks" / PATH).is_file()
    for path in (course / "gradebook.db", course / "notebooks" / PATH, hub.place / "state" / "jupyterhub.sqlite"):
        assert denied(people.ben, f"open({str(path)!r}, 'rb').read()"), path
    part = hub.exchange / "counterclaim"
    released = part / "outbound" / PATH
    assert denied(people.ben, f"open({str(released)!r}, 'a').write('x')")
    assert denied(people.ben, f"import os; os.rename({str(part)!r}, {str(part) + '-gone'!r})"), (
        "the sticky bit is missing"
    )


def test_no_student_reaches_the_processes_and_kernels_of_another(hub, people):
    people.ann.said("1")
    uid = pwd.getpwnam(ANN).pw_uid
    theirs = [path.name for path in Path("/proc").iterdir() if path.name.isdigit() and path.stat().st_uid == uid]
    assert theirs
    for pid in theirs:
        assert denied(people.ben, f"open('/proc/{pid}/environ').read()")


def test_no_student_hears_the_kernel_of_another(people):
    """A kernel that speaks through ports of the machine publishes its outputs to whoever subscribes; ours does not."""
    people.ann.said("'her kernel runs'")
    uid = pwd.getpwnam(ANN).pw_uid
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ports = [int(row[1].split(":")[1], 16) for row in rows if row[3] == "0A" and int(row[7]) == uid]
    assert ports, "the server itself is heard on a port, and asks who is there"
    people.ben.said(
        "import zmq\nears = zmq.Context.instance().socket(zmq.SUB)\nears.setsockopt(zmq.SUBSCRIBE, b'')\n"
        f"for port in {ports}: ears.connect(f'tcp://127.0.0.1:{{port}}')\nimport time; time.sleep(1)"
    )
    assert people.ann.said("print('for ann alone')") == "for ann alone"
    assert people.ben.said("print(ears.poll(1500)); ears.close(0)") == "0"


def test_a_token_opens_one_server_only(hub, people):
    for path in (f"user/{ANN}/lab", f"user/{TEACHER}/lab", f"user/{TEACHER}/formgrader"):
        answer = people.ben.request("GET", path)
        assert answer.status_code == 403 or (answer.status_code == 302 and "/hub/" in answer.headers["Location"]), path
    for path in (
        f"user/{ANN}/api/contents",
        f"user/{ANN}/api/kernels",
        f"user/{TEACHER}/api/contents",
        f"user/{TEACHER}/formgrader/api/assignments",
    ):
        assert people.ben.request("GET", path).status_code == 403, path
    assert people.ben.request("GET", f"hub/api/users/{ANN}").status_code == 404
    assert people.ben.request("POST", f"hub/api/users/{ANN}/tokens").status_code in (403, 404)
    assert people.ben.request("GET", f"user/{BEN}/api/contents").status_code == 200
    assert requests.get(f"{hub.url}/user/{BEN}/api/contents", timeout=120).status_code == 403
    assert "CONFIGPROXY_AUTH_TOKEN" not in people.ben.said("import os; print(list(os.environ))")


def test_a_kernel_that_wants_too_much_memory_fails_alone(people):
    with pytest.raises(ClientError, match="MemoryError"):
        people.ben.said("bytearray(3 * 2**30)")
    assert people.ben.said("print('still here')") == "still here"


def test_instructor_collects_and_grades_in_the_sandbox(people):
    """`course grade` in a terminal: the instructor is an ordinary user of the machine, within the limits of the hub."""
    formgrader(people.teacher, f"assignment/{LESSON}/collect")
    said = people.teacher.said(
        "import pathlib, subprocess, sys\n"
        f"command = [sys.executable, '-m', 'course.cli', 'grade', {LESSON!r}]\n"
        "done = subprocess.run(command, cwd=pathlib.Path.home() / 'counterclaim', capture_output=True, text=True)\n"
        "print(done.returncode, done.stdout, done.stderr)"
    )
    assert said.startswith("0 ") and "2 submissions: 2 graded" in said, said
    assert "Grading" not in said, "a progress bar is for a terminal"
    points = {
        one["student"]: one["code_score"] for one in people.teacher.ask("GET", f"formgrader/api/submissions/{LESSON}")
    }
    assert points[ANN] == pytest.approx(sum(CASE["earned"].values()))
    assert points[BEN] == 0


def test_feedback_comes_back_to_its_student_alone(hub, people):
    formgrader(people.teacher, f"assignment/{LESSON}/generate_feedback")
    formgrader(people.teacher, f"assignment/{LESSON}/release_feedback")
    pages = {}
    for person in (people.ann, people.ben):
        person.assignments(f"fetch_feedback/{LESSON}")
        (when,) = person.read(f"{LESSON}/feedback")
        pages[person.name] = person.read(f"{when['path']}/{LESSON}.html")
        assert "Your results" in pages[person.name]
    mistake = "WION carries the claim. Who makes it?"
    assert mistake in pages[ANN] and mistake not in pages[BEN]
    assert "BEGIN HIDDEN TESTS" not in pages[ANN]
    feedback = hub.exchange / "counterclaim" / "feedback"
    assert denied(people.ben, f"import os; os.listdir({str(feedback)!r})")


def test_a_server_that_nobody_uses_is_stopped_and_the_work_stays(hub, people):
    assert hub.service("GET", f"users/{BEN}").json()["servers"]
    command = [
        sys.executable,
        "-m",
        "jupyterhub_idle_culler",
        "--timeout=1",
        f"--url={hub.url}/hub/api",
        "--cull-every=3600",
    ]
    token = {"JUPYTERHUB_API_TOKEN": hub.token}
    culler = subprocess.Popen(command, env=os.environ | token, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        limit = time.monotonic() + 300
        while hub.service("GET", f"users/{BEN}").json()["servers"]:
            assert time.monotonic() < limit, "it still runs"
            time.sleep(0.5)
    finally:
        culler.terminate()
        culler.wait(20)
    assert (hub.place / "home" / BEN / PATH).is_file()
