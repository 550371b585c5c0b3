#!/usr/bin/env bash
# Make sure that there is a Chromium for the tests of the pages: installed here when we may, asked for otherwise.
set -euo pipefail

for candidate in chromium chromium-browser google-chrome; do
  command -v "$candidate" >/dev/null && exit 0
done
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests of the pages need Chromium. As root: apt-get install chromium" >&2
  exit 1
fi
echo "Installing chromium" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium >/dev/null
