#!/usr/bin/env bash
# Make the virtual environment named by the first argument, with the first Python of version 3.11 or later that is found.
# On Debian the module that does it is a package of its own: installed here when we may, asked for otherwise.
set -euo pipefail
folder=${1:?usage: tools/virtualenv.sh FOLDER}

python=
for candidate in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Python 3.11 or later is needed: apt-get install python3, or PYTHON=/path/to/python make …" >&2
  exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "$python cannot make virtual environments. As root: apt-get install $package" >&2
    exit 1
  fi
  echo "Installing $package" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$package" >/dev/null
fi

"$python" -m venv "$folder"
