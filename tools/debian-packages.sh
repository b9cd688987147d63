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
    test) needed+=(openssl chromium pulseaudio pulseaudio-utils alsa-utils tmux strace iproute2 util-linux age) ;;
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
    by_hand="Run this as root, then try again: apt-get install ${missing[*]}"
    if ! command -v sudo >/dev/null; then
        echo "These system packages are missing: ${missing[*]}" >&2
        echo "$by_hand" >&2
        exit 1
    fi
    as_root=(sudo)
    echo "Installing system packages needs your password (sudo):"
    echo "  ${missing[*]}"
    # asked here, so that a wrong password is not taken for a fault of apt
    if ! sudo true; then
        echo "sudo did not let us. $by_hand" >&2
        exit 1
    fi
else
    echo "Installing system packages:"
    echo "  ${missing[*]}"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Reads apt's own count of what is done: one line that moves on a terminal, else a few lines.
percent() {
    local status part share told=-1
    while IFS=: read -r status part share _; do
        case $status in dlstatus | pmstatus) ;; *) continue ;; esac
        share=${share%.*}
        if [ -t 2 ]; then
            printf '\r%s %3d%%' "$1" "$share" >&2
        elif [ $((share / 25)) -ne "$told" ]; then
            told=$((share / 25))
            echo "$1 $share%" >&2
        fi
    done
    if [ -t 2 ]; then printf '\r%s 100%%\n' "$1" >&2; fi
}

apt() {
    local what=$1
    shift
    # env, because sudo would drop the variable; sh, because it would close the descriptor
    if ! "${as_root[@]}" env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive sh -c \
        'exec apt-get -qq -o DPkg::Lock::Timeout=120 -o APT::Status-Fd=3 "$@" 3>&1 1>&2' sh "$@" \
        2>"$log" | percent "$what"; then
        cat "$log" >&2
        echo "apt-get $1 failed; see above. Check the network, then try again." >&2
        exit 1
    fi
}
apt "Reading the lists of packages" update
apt "Installing system packages" install -y --no-install-recommends "${missing[@]}"
