"""Sign-in by LTI 1.3: a platform of our own, on loopback, launches a student into the hub. Canvas and Moodle themselves are not here."""

from __future__ import annotations

import json
import pwd
import stat
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from deploy.accounts import account_name
from deploy.trial import trial

from .conftest import needed

ISSUER, CLIENT, KEY = "https://platform.example", "counterclaim-test", "key-1"
TEACHER = "cct-lecturer"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"


class Platform:
    """A learning platform: it has a key, publishes it, and vouches for people."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        keys = json.dumps({"keys": [public | {"kid": KEY, "alg": "RS256", "use": "sig"}]}).encode()

        class Keys(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(keys)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.keys = f"http://127.0.0.1:{self.server.server_port}/keys"

    def launch(
        self, hub: str, person: str, key: rsa.RSAPrivateKey | None = None, **claims: object
    ) -> requests.Response:
        """What the hub answers in the end when `person` follows the link in the course."""
        browser = requests.Session()
        asked = {"iss": ISSUER, "login_hint": person, "target_link_uri": f"{hub}/hub/", "client_id": CLIENT}
        sent = browser.get(f"{hub}/hub/lti13/oauth_login", params=asked, timeout=120, allow_redirects=False)
        assert sent.status_code == 302 and sent.headers["Location"].startswith(f"{ISSUER}/authorize?")
        query = {name: value for name, (value,) in parse_qs(urlparse(sent.headers["Location"]).query).items()}
        token = {
            "iss": ISSUER, "aud": CLIENT, "sub": person, "nonce": query["nonce"], "iat": int(time.time()), "exp": int(time.time()) + 600,
            f"{CLAIM}version": "1.3.0", f"{CLAIM}message_type": "LtiResourceLinkRequest", f"{CLAIM}deployment_id": "1",
            f"{CLAIM}target_link_uri": f"{hub}/hub/", f"{CLAIM}resource_link": {"id": "lesson-1"},
            f"{CLAIM}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"], **claims,
        }  # fmt: skip
        signed = jwt.encode(token, key or self.key, algorithm="RS256", headers={"kid": KEY})
        form = {"id_token": signed, "state": query["state"]}
        return browser.post(query["redirect_uri"], data=form, timeout=120, allow_redirects=False)


@pytest.fixture(scope="module")
def platform():
    needed()
    there = Platform()
    yield there
    there.server.shutdown()


@pytest.fixture(scope="module")
def hub(platform):
    settings = {
        "LTI_ISSUER": ISSUER,
        "LTI_CLIENT_ID": CLIENT,
        "LTI_AUTHORIZE_URL": f"{ISSUER}/authorize",
        "LTI_JWKS_URL": platform.keys,
    }
    with trial(TEACHER, [], settings) as running:
        yield running


def known(hub) -> set[str]:
    return {one["name"] for one in hub.service("GET", "users").json()}


def test_whom_the_platform_vouches_for_gets_an_account_and_a_private_home(hub, platform):
    name = account_name("user/7 of Platform")
    assert platform.launch(hub.url, "user/7 of Platform").status_code == 302
    assert name in known(hub)
    student = hub.person(name)
    student.start()
    account = pwd.getpwnam(name)
    assert student.said("import os; print(os.getuid())") == str(account.pw_uid)
    assert stat.S_IMODE(Path(account.pw_dir).stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["root", TEACHER])
def test_nobody_becomes_somebody_else_by_their_name(hub, platform, name):
    assert platform.launch(hub.url, name).status_code == 302
    assert name not in known(hub) and account_name(name) in known(hub)


def test_whom_another_key_vouches_for_stays_outside(hub, platform):
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert platform.launch(hub.url, "forged", key=other).status_code == 400
    assert platform.launch(hub.url, "forged", aud="another-tool").status_code == 401
    assert platform.launch(hub.url, "forged", exp=int(time.time()) - 30).status_code == 400
    assert account_name("forged") not in known(hub)
