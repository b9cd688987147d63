#!/usr/bin/env bash
# Builds the wheel and tries it alone: an empty environment, an empty home, no checkout, no
# microphone. Run by `make test`; needs the development environment and an installed model.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-$root/.venv/bin/python}
case "$python" in /*) ;; *) python=$root/$python ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

models=${VOICEREFLECT_MODELS_DIR:-$("$python" -c '
from platformdirs import user_data_path
print(user_data_path("voicereflect", appauthor=False) / "models")')}

echo "Wheel: building"
cd "$root"
"$python" -m build --wheel --no-isolation --outdir "$work/dist" . >"$work/build.log" 2>&1 ||
    { cat "$work/build.log" >&2; exit 1; }

echo "Wheel: installing into an empty environment"
"$python" -m venv "$work/venv"
pip=("$work/venv/bin/python" -m pip --disable-pip-version-check -qq)
"${pip[@]}" install --require-hashes --only-binary=:all: \
    -r "$root/requirements/linux.txt"
"${pip[@]}" install --no-deps --no-index "$work"/dist/*.whl

mkdir -p "$work/home/data" "$work/home/config" "$work/home/cache" "$work/home/state" "$work/empty"
cd "$work/empty"
: >"$work/no-devices.conf"
alone() {
    env -i PATH="$work/venv/bin:/usr/bin:/bin" LANG=C.UTF-8 \
        HOME="$work/home" XDG_DATA_HOME="$work/home/data" XDG_CONFIG_HOME="$work/home/config" \
        XDG_CACHE_HOME="$work/home/cache" XDG_STATE_HOME="$work/home/state" \
        ALSA_CONFIG_PATH="$work/no-devices.conf" VOICEREFLECT_MODELS_DIR="$models" \
        voicereflect "$@"
}

echo "Wheel: help"
alone --help >"$work/help.txt"
grep -q reflect "$work/help.txt"

echo "Wheel: a session on the sample answers"
alone reflect everyday </dev/null

echo "Wheel: the entry is listed"
alone list >"$work/list.txt"
cat "$work/list.txt"
alone list --json >"$work/list.json"
"$python" -c '
import json, sys
entries = json.load(open(sys.argv[1], encoding="utf-8"))
sys.exit(0 if len(entries) == 1 else f"expected one entry, found {len(entries)}")
' "$work/list.json"

if [ -n "$(ls -A "$work/empty")" ]; then
    echo "the working folder is no longer empty: $(ls -A "$work/empty")" >&2
    exit 1
fi
echo "Wheel: works alone"
