#!/usr/bin/env bash
# Installs the system packages voicereflect needs, and only those that are missing.
#   tools/debian-packages.sh run     what it needs to run
#   tools/debian-packages.sh test    what its tests need as well
set -euo pipefail

needed=(
    libportaudio2      # microphone and loudspeaker
    libasound2-plugins # lets PortAudio reach PulseAudio and PipeWire
    espeak-ng          # the voice
    libseccomp2        # the network filter
)
# Debian ships Python without what makes a virtual environment; other Pythons have it.
if ! python3 -c 'import ensurepip' 2>/dev/null; then
    needed+=(python3-venv)
fi
case "${1:-run}" in
    run) ;;
    test) needed+=(pulseaudio pulseaudio-utils alsa-utils tmux strace iproute2 util-linux) ;;
    *)
        echo "usage: $0 run|test" >&2
        exit 2
        ;;
esac

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian-like system, so nothing is installed for you."
    echo "Please see to it that these, under whatever name, are there: ${needed[*]}"
    exit 0
fi

missing=()
for package in "${needed[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null || true)
    grep -qx installed <<<"$status" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "These system packages are missing: ${missing[*]}" >&2
        echo "Run this as root, then try again: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
    echo "Installing system packages needs your password (sudo): ${missing[*]}"
else
    echo "Installing system packages: ${missing[*]}"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    # env, because sudo would drop the variable
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o DPkg::Lock::Timeout=120 "$@" >"$log" 2>&1; then
        cat "$log" >&2
        echo "apt-get $1 failed; see above. Check the network, then try again." >&2
        exit 1
    fi
}
apt update
apt install -y --no-install-recommends "${missing[@]}"
