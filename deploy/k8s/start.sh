#!/bin/bash
# Give this pod's number (uid) the name of its person, as nbgrader names submissions by it, then start what was asked for.
set -euo pipefail

run=$(mktemp -d)
printf '%s:x:%s:%s::%s:/bin/bash\n' "${JUPYTERHUB_USER:-person}" "$(id -u)" "$(id -g)" "$HOME" >"$run/passwd"
printf '%s:x:%s:\n' "${JUPYTERHUB_USER:-person}" "$(id -g)" >"$run/group"
export NSS_WRAPPER_PASSWD="$run/passwd" NSS_WRAPPER_GROUP="$run/group" LD_PRELOAD=libnss_wrapper.so
export JUPYTER_RUNTIME_DIR="$run/jupyter"
umask 027

# The instructor's course folder, at the first start.
if [ "${COUNTERCLAIM_ROLE:-student}" = instructor ] && [ ! -e "$HOME/counterclaim" ]; then
  mkdir -m 700 "$HOME/counterclaim"
  cp -r /opt/counterclaim/notebooks /opt/counterclaim/nbgrader_config.py "$HOME/counterclaim/"
fi
umask 022
exec "$@"
