#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-manifest.py SOURCE-ROOT APP-ID VERSION: are the manifests sound, and the sandbox no wider than meant?

One is for Flathub, of a tag; the other, with .Devel behind its id, is of the folder.
"""

import json
import re
import sys
from pathlib import Path

# Everything a connect scan and a GTK window need. Files are reached through the portal.
PERMISSIONS = {
    '--share=network',
    '--share=ipc',
    '--socket=wayland',
    '--socket=fallback-x11',
    '--device=dri',
}
RUNTIME = ('org.gnome.Platform', 'org.gnome.Sdk', '50')


def common_faults(manifest, app_id):
    if manifest.get('id') != app_id:
        yield f'the id has to be that of the file name, {app_id}'
    if manifest.get('command') != 'roadstead':
        yield 'the command has to be roadstead'
    if tuple(manifest.get(key) for key in ('runtime', 'sdk', 'runtime-version')) != RUNTIME:
        yield f'the runtime has to be {" ".join(RUNTIME)}'
    for extra in sorted(set(manifest.get('finish-args', [])) - PERMISSIONS):
        yield f'{extra}: a permission that Roadstead does not need'
    for missing in sorted(PERMISSIONS - set(manifest.get('finish-args', []))):
        yield f'{missing}: missing, Roadstead does not work without it'


def release_faults(module, version):
    source = module['sources'][0]
    if source.get('type') != 'git' or source.get('tag') != version:
        yield f'the source has to be the tag {version}'
    if not re.fullmatch('[0-9a-f]{40}', source.get('commit', '')):
        yield 'the source has to name its commit'
    for option in ('-Dtests=false', '--buildtype=release'):
        if option not in module['config-opts']:
            yield f'{option}: missing'


def development_faults(root, module):
    source = module['sources'][0]
    if source.get('type') != 'dir' or source.get('path') != '..':
        yield 'the source has to be the folder'
    if '-Ddevelopment=true' not in module['config-opts'] or not module.get('run-tests'):
        yield 'it has to be built for development, and tested'
    # The scripts and pages say which there are.
    named = set(re.findall(r'\b_build(?:-\w+)?\b', ' '.join(
        path.read_text(encoding='utf-8') for path in (root / 'README.md', root / 'build-aux' / 'test',
                                                      root / 'build-aux' / 'flatpak', root / 'data/doc/hacking.md'))))
    for folder in sorted({'.git', '.flatpak-builder', *named} - set(source.get('skip', []))):
        yield f'{folder}: not skipped, so it would be copied into the sandbox'


def main(root, app_id, version):
    root = Path(root)
    faults = []
    for name in (app_id, app_id + '.Devel'):
        path = root / 'flatpak' / f'{name}.json'
        manifest = json.loads(path.read_text(encoding='utf-8'))
        module = manifest['modules'][0]
        found = [*common_faults(manifest, name)]
        found += release_faults(module, version) if name == app_id else development_faults(root, module)
        faults += [f'{path.name}: {fault}' for fault in found]

    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
