#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-format.py SOURCE-ROOT: is the C code as clang-format would write it?"""

import difflib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from sources import source_files

# Each version formats a little differently. This is Debian 12's, which decides.
VERSION = '14'

# Debian 13's puts a space into a compound literal, "(Type) {", and breaks lines accordingly.
ALMOST = '19'
COMPOUND_LITERAL = re.compile(r'\)\s*\{')


def version_of(command):
    answer = subprocess.run([command, '--version'], capture_output=True, text=True, check=True)
    found = re.search(r'version (\d+)', answer.stdout)
    return found[1] if found else 'unknown'


def find_clang_format():
    """A command and its version: the right one, else one that will almost do, else any, else None."""
    found = {}
    for command in (f'clang-format-{VERSION}', f'clang-format-{ALMOST}', 'clang-format'):
        if shutil.which(command):
            found.setdefault(version_of(command), command)
    for version in (VERSION, ALMOST, *found):
        if version in found:
            return found[version], version
    return None, None


def differences(command, version, path):
    """What the command would change, but for what two good versions do not agree on."""
    text = Path(path).read_text(encoding='utf-8')
    output = subprocess.run([command, path], capture_output=True, text=True, check=True).stdout
    old, new = text.splitlines(), output.splitlines()
    for kind, begin, end, new_begin, new_end in difflib.SequenceMatcher(
            None, old, new, autojunk=False).get_opcodes():
        if kind == 'equal' or version != VERSION and any(map(COMPOUND_LITERAL.search, old[begin:end])):
            continue
        yield f'{path}:{begin + 1}:'
        yield from ('-' + line for line in old[begin:end])
        yield from ('+' + line for line in new[new_begin:new_end])


def changed_files(command, sources):
    """Those that the command would write otherwise."""
    answer = subprocess.run([command, '--dry-run', *sources], capture_output=True, text=True, check=True)
    return sorted(set(re.findall(r'^(.+?):\d+:\d+: warning:', answer.stderr, re.MULTILINE)))


def main(root):
    command, version = find_clang_format()
    if command is None:
        print(f'SKIP: clang-format {VERSION} is not installed')
        return 77
    sources = [path for path in source_files(root) if path.suffix in ('.c', '.h')]
    faults = [line for path in changed_files(command, sources) for line in differences(command, version, path)]
    if faults and version not in (VERSION, ALMOST):
        print(f'SKIP: clang-format {version} formats differently from {VERSION}, which is wanted')
        return 77
    print(*faults, sep='\n')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
