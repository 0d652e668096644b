#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-reproducible.py SOURCE-ROOT: is the program the same whatever the folders are that it is built from and in?"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from shutil import copytree, ignore_patterns

PROGRAM = 'src/cli/roadstead-cli'


def build(root, folder):
    """The digest of the program that is built of the source @root in @folder."""
    environment = {**os.environ, 'CCACHE_DISABLE': '1'}
    for command in (['meson', 'setup', folder, root, '-Dgui=false', '-Dtests=false'], ['ninja', '-C', folder, PROGRAM]):
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=root)
        if done.returncode != 0:
            sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    return hashlib.sha256(Path(folder, PROGRAM).read_bytes()).hexdigest()


def main(root):
    with tempfile.TemporaryDirectory(prefix='roadstead-') as folder:
        copies = [Path(folder, 'one'), Path(folder, 'other', 'with', 'more', 'folders')]
        for copy in copies:
            copytree(root, copy, ignore=ignore_patterns('_build*', '.git', '.flatpak-builder'))
        digests = {build(copies[0], copies[0] / '_build'), build(copies[1], Path(folder, 'far', 'away'))}
    if len(digests) != 1:
        print(f'{PROGRAM} differs with the folders that it is built from')
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
