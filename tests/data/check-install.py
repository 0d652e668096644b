#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-install.py SOURCE-ROOT BUILD-ROOT: is what a package has to have installed, and nothing else?

Asks this build directory, and one that is set up without the window where GTK cannot be found.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ID = 'io.github.roadstead.Roadstead'
ALWAYS = {
    'bin/roadstead-cli',
    'share/bash-completion/completions/roadstead-cli',
    'share/fish/vendor_completions.d/roadstead-cli.fish',
    'share/zsh/site-functions/_roadstead-cli',
    'share/man/man1/roadstead-cli.1',
}
WINDOW = {
    'bin/roadstead',
    'share/bash-completion/completions/roadstead',
    'share/fish/vendor_completions.d/roadstead.fish',
    'share/zsh/site-functions/_roadstead',
    'share/man/man1/roadstead.1',
    f'share/applications/{ID}.desktop',
    f'share/dbus-1/services/{ID}.service',
    f'share/glib-2.0/schemas/{ID}.gschema.xml',
    f'share/icons/hicolor/scalable/apps/{ID}.svg',
    f'share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg',
    f'share/metainfo/{ID}.metainfo.xml',
    f'share/mime/packages/{ID}.xml',
}
# Documentation, JSON schemas and translations: for both.
SHARED = re.compile(r'share/(?:doc/roadstead/|roadstead/|locale/\w+(?:@\w+)?/LC_MESSAGES/roadstead\.mo$)')
LINK = re.compile(r'\]\(([^)#:\s]+)[^)]*\)')
# Where the links of the README lead that are about building it.
NOT_INSTALLED = {'build-aux/packages'}


def installed(build):
    """What the build directory would install, by its path below the prefix."""
    answer = subprocess.run(['meson', 'introspect', '--installed', build], capture_output=True, text=True, check=True)
    options = subprocess.run(['meson', 'introspect', '--buildoptions', build], capture_output=True, text=True,
                             check=True)
    prefix = next(option['value'] for option in json.loads(options.stdout) if option['name'] == 'prefix')
    return {os.path.relpath(path, prefix) for path in json.loads(answer.stdout).values()}


def option_of(build, name):
    answer = subprocess.run(['meson', 'introspect', '--buildoptions', build], capture_output=True, text=True,
                            check=True)
    return next(option['value'] for option in json.loads(answer.stdout) if option['name'] == name)


def faults_of(paths, wanted, root):
    yield from (f'{path}: not installed' for path in sorted(wanted - paths))
    yield from (f'{path}: does not belong there' for path in sorted(paths - wanted) if not SHARED.match(path))
    for link in sorted(set(LINK.findall((root / 'README.md').read_text(encoding='utf-8'))) - NOT_INSTALLED):
        if f'share/doc/roadstead/{link}' not in paths:
            yield f'the README leads to {link}, which is not installed'


def without_window(root, folder):
    """The faults of a build without the window, where pkg-config has no GTK."""
    build = Path(folder, 'build')
    shim = Path(folder, 'pkg-config')
    shim.write_text('#!/bin/sh\nfor word; do case $word in gtk4*) echo asked >> "$ASKED"; exit 1;; esac; done\n'
                    'exec "$REAL" "$@"\n', encoding='utf-8')
    shim.chmod(0o755)
    real = subprocess.run(['sh', '-c', 'command -v pkg-config'], capture_output=True, text=True, check=True)
    asked = Path(folder, 'asked')
    done = subprocess.run(['meson', 'setup', build, root, '-Dgui=false', '-Dtests=false'], capture_output=True,
                          text=True, check=False,
                          env={**os.environ, 'PKG_CONFIG': str(shim), 'REAL': real.stdout.strip(),
                               'ASKED': str(asked)})
    if done.returncode != 0:
        yield done.stdout[-1000:]
        return
    if asked.exists():
        yield 'GTK is asked for'
    yield from faults_of(installed(build), ALWAYS, root)


def main(root, build):
    root = Path(root)
    faults = []
    if option_of(build, 'development'):
        print('SKIP: this is a development build')
        return 77
    wanted = ALWAYS | (WINDOW if option_of(build, 'gui') else set())
    faults += faults_of(installed(build), wanted, root)
    with tempfile.TemporaryDirectory(prefix='roadstead-') as folder:
        faults += [f'-Dgui=false: {fault}' for fault in without_window(root, folder)]

    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
