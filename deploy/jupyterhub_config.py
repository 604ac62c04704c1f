"""A hub for one machine: `jupyterhub -f deploy/jupyterhub_config.py`, as root. deploy/README.md tells how to set it up.

What differs between machines comes from environment variables COUNTERCLAIM_...; no secret stands in this file.
"""

import os
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from deploy import spawning
from deploy.accounts import GROUP, make_account

c = get_config()  # noqa: F821  (given by the configuration loader)


def setting(name: str, otherwise: str = "") -> str:
    return os.environ.get(f"COUNTERCLAIM_{name}") or otherwise


instructor = setting("INSTRUCTOR", "instructor")
state = Path(setting("STATE", "/var/lib/counterclaim-hub"))
exchange = Path(setting("EXCHANGE", "/srv/counterclaim/exchange"))
state.mkdir(parents=True, exist_ok=True)
state.chmod(0o700)
spawning.open_exchange(exchange, "counterclaim", instructor)

# Where it answers: on loopback, behind a web server that speaks TLS; or with a key and certificate of its own.
c.JupyterHub.bind_url = setting("BIND", "http://127.0.0.1:8000")
c.JupyterHub.hub_bind_url = setting("HUB_BIND", "http://127.0.0.1:8081")
c.ConfigurableHTTPProxy.api_url = setting("PROXY_API", "http://127.0.0.1:8001")
c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")
if setting("TLS_KEY"):
    c.JupyterHub.ssl_key, c.JupyterHub.ssl_cert = setting("TLS_KEY"), setting("TLS_CERT")
c.JupyterHub.db_url = f"sqlite:///{state / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")

# Who may sign in: members of a group of this machine, by password; or whom the learning platform sends.
group, make = setting("GROUP", GROUP), None
if setting("LTI_ISSUER"):
    from deploy import lti

    lti.configure(c)
    make = partial(make_account, homes=setting("HOMES"), group=group)
else:
    c.JupyterHub.authenticator_class = "pam"
    c.Authenticator.allowed_users = {instructor}
    c.LocalAuthenticator.allowed_groups = {group}
    c.PAMAuthenticator.open_sessions = False

# Each person's server: their own system user, home and limits.
c.JupyterHub.spawner_class = spawning.spawner_class()
c.Spawner.pre_spawn_hook = spawning.before_start(instructor, make)
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.notebook_dir = "~"
c.Spawner.mem_limit = setting("MEMORY", "2G")
c.Spawner.cpu_limit = float(setting("CPU", "1"))
c.Spawner.start_timeout = c.Spawner.http_timeout = 180
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": lambda spawner: spawning.role_folder(spawner.user.name, instructor),
    # Kernels speak through sockets in this folder, not through ports that others could listen to; its name must be short.
    "JUPYTER_RUNTIME_DIR": lambda spawner: spawning.runtime_folder(spawner.user.name),
    "COUNTERCLAIM_EXCHANGE": str(exchange),
    "PATH": os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    ),  # nbgrader calls alembic by name
    "OPENBLAS_NUM_THREADS": "1",  # many people share few cores, and each thread reserves memory
    "OMP_NUM_THREADS": "1",
}
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.isolate_devices = True
c.SystemdSpawner.disable_user_sudo = True
c.SystemdSpawner.unit_extra_properties = {"TasksMax": str(spawning.PROCESSES)}
c.JupyterHub.concurrent_spawn_limit = int(setting("STARTS", "10"))
c.JupyterHub.active_server_limit = int(setting("SERVERS", "0"))  # 0: no limit

# A server that nobody has used for a while is stopped; what was saved stays.
idle = int(setting("IDLE_SECONDS", "3600"))
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={idle}"],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]
