"""Sign-in from Canvas or Moodle by LTI 1.3: whom the platform vouches for gets an account of their own."""

from __future__ import annotations

import os
from typing import Any

from ltiauthenticator.lti13.auth import LTI13Authenticator

from deploy.accounts import account_name

# setting -> what the platform calls it, as deploy/README.md shows
NEEDED = ("LTI_ISSUER", "LTI_CLIENT_ID", "LTI_AUTHORIZE_URL", "LTI_JWKS_URL")


class PlatformAuthenticator(LTI13Authenticator):
    """LTI 1.3, with names that can be accounts of this machine."""

    def normalize_username(self, username: str) -> str:
        return account_name(username)


def configure(c: Any) -> None:
    """Set what COUNTERCLAIM_LTI_... say. Errors: KeyError that names the first missing one."""
    issuer, client, authorize, keys = (os.environ[f"COUNTERCLAIM_{name}"] for name in NEEDED)
    c.JupyterHub.authenticator_class = PlatformAuthenticator
    c.LTI13Authenticator.issuer = issuer
    c.LTI13Authenticator.client_id = set(client.split(","))
    c.LTI13Authenticator.authorize_url = authorize
    c.LTI13Authenticator.jwks_endpoint = keys
    # `sub` is the platform's own number for a person; an address can be changed by its owner on some platforms
    c.LTI13Authenticator.username_key = os.environ.get("COUNTERCLAIM_LTI_NAME", "sub")
    # behind a web server that speaks TLS, the hub itself is asked by http
    c.LTI13Authenticator.uri_scheme = os.environ.get("COUNTERCLAIM_LTI_SCHEME", "auto")
    c.LTI13Authenticator.tool_name = "Counterclaim"
    c.LTI13Authenticator.tool_description = "Read war reporting with care."
    c.Authenticator.allow_all = True  # the platform knows who is in the course
