#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-manifest.py MANIFEST APP-ID: is the manifest sound, and the sandbox no wider than meant?"""

import json
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


def main(path, app_id):
    manifest = json.loads(Path(path).read_text(encoding='utf-8'))
    faults = []

    if manifest.get('id') != app_id or Path(path).stem != app_id:
        faults.append(f'the id and the file name have to be {app_id}')
    if manifest.get('command') != 'roadstead':
        faults.append('the command has to be roadstead')
    for extra in sorted(set(manifest.get('finish-args', [])) - PERMISSIONS):
        faults.append(f'{extra}: a permission that Roadstead does not need')
    for missing in sorted(PERMISSIONS - set(manifest.get('finish-args', []))):
        faults.append(f'{missing}: missing, Roadstead does not work without it')

    for fault in faults:
        print(f'{path}: {fault}')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
