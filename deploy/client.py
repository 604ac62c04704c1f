"""A person at the hub, from Python: what a browser asks for, asked with a token. The hub's tests and its load test use it."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import websocket

COURSE = "counterclaim"
Notebook = dict[str, Any]


class ClientError(Exception):
    """The hub or a server answered something else than what was asked for."""


@dataclass
class Person:
    """Somebody with a token. `hub` is the hub's address, without a slash at the end."""

    hub: str
    name: str
    token: str
    timeout: float = 180  # seconds that one request may take
    _kernel: str = field(default="", repr=False)
    _session: requests.Session = field(default_factory=requests.Session, repr=False)

    def request(self, method: str, path: str, **more: Any) -> requests.Response:
        """The answer to a request at `path` below the hub's address, whatever its status is."""
        header = {"Authorization": f"token {self.token}"}
        where = f"{self.hub}/{path.lstrip('/')}"
        return self._session.request(method, where, headers=header, timeout=self.timeout, allow_redirects=False, **more)

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """What this person's own server answers at `path`. Errors: ClientError where the status is none of 2xx."""
        answer = self.request(method, f"user/{self.name}/{path}", **more)
        if not answer.ok:
            raise ClientError(f"{method} {path} for {self.name}: {answer.status_code} {answer.text[:500]}")
        return answer.json() if answer.content else None

    def start(self) -> float:
        """Start this person's server and wait until it answers; seconds that it took. Errors: ClientError."""
        began = time.monotonic()
        while (asked := self.request("POST", f"hub/api/users/{self.name}/server")).status_code == 429:
            if (
                time.monotonic() - began > self.timeout
            ):  # the hub starts a few servers at a time, and says when to ask again
                break
            time.sleep(min(float(asked.headers.get("Retry-After", 5)), 10))
        if asked.status_code not in (201, 202):
            raise ClientError(f"The server of {self.name} does not start: {asked.status_code} {asked.text[:500]}")
        while time.monotonic() - began < self.timeout:
            user = self.request("GET", f"hub/api/users/{self.name}").json()
            server = user.get("servers", {}).get("")
            if server and server["ready"]:
                self.ask("GET", "api/status")
                return time.monotonic() - began
            if not server and not user.get("pending"):
                raise ClientError(f"The server of {self.name} stopped while it started.")
            time.sleep(0.3)
        raise ClientError(f"The server of {self.name} was not ready after {self.timeout} seconds.")

    def read(self, path: str) -> Any:
        """The content of a file or folder of this person's: a notebook as JSON, a text as str, a folder as a list of entries."""
        return self.ask("GET", f"api/contents/{path}")["content"]

    def save(self, path: str, notebook: Notebook) -> None:
        """Save a notebook at `path`, as JupyterLab does."""
        self.ask("PUT", f"api/contents/{path}", json={"type": "notebook", "format": "json", "content": notebook})

    def assignments(self, act: str = "") -> list[dict[str, Any]]:
        """What nbgrader's list shows this person; `act` is "", or one of fetch, submit, fetch_feedback with "/LESSON". Errors: ClientError."""
        if not act:
            found = self.ask("GET", "assignments", params={"course_id": COURSE})
        else:
            verb, _, lesson = act.partition("/")
            found = self.ask("POST", f"assignments/{verb}", json={"course_id": COURSE, "assignment_id": lesson})
        if not found["success"]:
            raise ClientError(f"{act or 'list'} for {self.name}: {found['value']}")
        return list(found["value"])

    def run(self, code: str, folder: str = "") -> list[dict[str, Any]]:
        """The outputs of `code` in a kernel of this person's server, which lives on. Errors: ClientError."""
        if not self._kernel:
            kernel = self.ask("POST", "api/kernels", json={"name": "python3", "path": folder})
            self._kernel = kernel["id"]
        return _execute(self._channel(), [code], self.timeout)[0]

    def run_notebook(self, notebook: Notebook, folder: str) -> None:
        """Run every code cell of `notebook` in a kernel of its own in `folder`, and put the outputs in. A cell that fails stops nothing."""
        kernel, self._kernel = self._kernel, ""
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        try:
            self._kernel = self.ask("POST", "api/kernels", json={"name": "python3", "path": f"{folder}/x.ipynb"})["id"]
            outputs = _execute(self._channel(), (source(cell) for cell in cells), self.timeout)
            self.ask("DELETE", f"api/kernels/{self._kernel}")
        finally:
            self._kernel = kernel
        for number, (cell, found) in enumerate(zip(cells, outputs, strict=True), 1):
            cell["outputs"], cell["execution_count"] = found, number

    def said(self, code: str) -> str:
        """What `code` prints in this person's kernel. Errors: ClientError where it fails."""
        outputs = self.run(code)
        for one in outputs:
            if one["output_type"] == "error":
                raise ClientError(f"{one['ename']}: {one['evalue']}")
        return "".join(one["text"] for one in outputs if one["output_type"] == "stream").strip()

    def _channel(self) -> websocket.WebSocket:
        address = f"{self.hub.replace('http', 'ws', 1)}/user/{self.name}/api/kernels/{self._kernel}/channels"
        header = [f"Authorization: token {self.token}"]
        return websocket.create_connection(address, header=header, timeout=self.timeout)


def source(cell: Mapping[str, Any]) -> str:
    """The text of a cell; a file may hold it as lines."""
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def _execute(channel: websocket.WebSocket, codes: Iterable[str], timeout: float) -> list[list[dict[str, Any]]]:
    """The outputs of each code, one after the other, in nbformat's form."""
    session, found = uuid.uuid4().hex, []
    try:
        for code in codes:
            asked = uuid.uuid4().hex
            header = {
                "msg_id": asked,
                "msg_type": "execute_request",
                "session": session,
                "username": "",
                "version": "5.3",
            }
            content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": False}  # fmt: skip
            message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
            channel.send(json.dumps(message))
            found.append(_outputs(channel, asked, timeout))
    finally:
        channel.close()
    return found


def _outputs(channel: websocket.WebSocket, asked: str, timeout: float) -> list[dict[str, Any]]:
    limit, outputs = time.monotonic() + timeout, []
    while time.monotonic() < limit:
        message = json.loads(channel.recv())
        if message["parent_header"].get("msg_id") != asked or message["channel"] != "iopub":
            continue
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            return outputs
        if kind in ("stream", "error", "display_data", "execute_result"):
            content.pop("transient", None)
            outputs.append({"output_type": kind, **content})
    raise ClientError(f"A cell was not done after {timeout} seconds.")
