#!/bin/sh
# The command on Linux and macOS. The shell starts Python with -I, because Python would run code
# that PYTHONPATH, the current folder or a folder of the user offers, before a line of ours.
''':'
self=$0
if [ -L "$self" ]; then self=$(readlink -f "$self"); fi
exec "${self%/*}/python3" -I ${PYTHONUTF8:+-X "utf8=$PYTHONUTF8"} "$self" "$@"
'''
from voicereflect.__main__ import main

main()
