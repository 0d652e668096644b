#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-format.py SOURCE-ROOT: is the C code as clang-format would write it?"""

import re
import shutil
import subprocess
import sys

from sources import source_files

# Each version formats a little differently; this is Debian 12's.
VERSION = '14'


def find_clang_format():
    """The command for the right version, or None and why there is none."""
    for command in (f'clang-format-{VERSION}', 'clang-format'):
        if shutil.which(command):
            answer = subprocess.run([command, '--version'], capture_output=True, text=True, check=True)
            found = re.search(r'version (\d+)', answer.stdout)
            if found and found[1] == VERSION:
                return command, None
    return None, f'clang-format {VERSION} is not installed'


def main(root):
    command, reason = find_clang_format()
    if command is None:
        print(f'SKIP: {reason}')
        return 77
    sources = [path for path in source_files(root) if path.suffix in ('.c', '.h')]
    return subprocess.run([command, '--dry-run', '-Werror', *sources], check=False).returncode


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
