#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-mime.py MIME-FILE DESKTOP-FILE: does the desktop know our files, and open them with Roadstead?

The types are put into a database of their own, where GIO looks them up.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPORT, PROFILE = 'application/vnd.roadstead.report+json', 'application/vnd.roadstead.profile+json'
NMAP = 'application/vnd.nmap+xml'
# The content, the name of the file, and what it is then.
CASES = (
    ('{"format": "roadstead-report"}', 'scan.roadstead.json', REPORT),
    ('{\n  "format": "roadstead-report"}', 'unnamed', REPORT),
    ('{"format": "roadstead-profile"}', 'lab.roadstead-profile.json', PROFILE),
    ('<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<nmaprun>', 'unnamed', NMAP),
    ('<nmaprun>', 'scan.nmap.xml', NMAP),
    ('{"other": 1}', 'other.json', 'application/json'),
)
OPENED = {REPORT, PROFILE, NMAP, 'application/json', 'application/xml', 'text/xml'}
ASK = '''
import sys, gi
from gi.repository import Gio
name, data = sys.argv[1], sys.argv[2].encode()
print(Gio.content_type_guess(name, data)[0], Gio.content_type_guess(None, data)[0])
'''


def ask(folder, name, content):
    done = subprocess.run([sys.executable, '-c', ASK, name, content], capture_output=True, text=True, check=True,
                          env={**os.environ, 'XDG_DATA_HOME': folder, 'XDG_DATA_DIRS': '/usr/share'})
    by_both, by_content = done.stdout.split()
    return by_content if name == 'unnamed' else by_both


def main(mime_file, desktop_file):
    if shutil.which('update-mime-database') is None:
        print('SKIP: update-mime-database is not installed')
        return 77
    try:
        import gi  # noqa: F401
    except ImportError as error:
        print(f'SKIP: {error}')
        return 77

    faults = []
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder, 'mime', 'packages')
        packages.mkdir(parents=True)
        shutil.copy(mime_file, packages)
        done = subprocess.run(['update-mime-database', Path(folder, 'mime')], capture_output=True, text=True,
                              check=False, env={**os.environ, 'XDG_DATA_HOME': folder})
        faults += done.stderr.splitlines()
        for content, name, wanted in CASES:
            got = ask(folder, name, content)
            if got != wanted:
                faults.append(f'{name}, {content!r}: {got}, not {wanted}')

    entries = dict(line.split('=', 1) for line in Path(desktop_file).read_text(encoding='utf-8').splitlines()
                   if '=' in line and not line.startswith('#'))
    if set(filter(None, entries.get('MimeType', '').split(';'))) != OPENED:
        faults.append(f'the desktop file opens {entries.get("MimeType")}')

    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
