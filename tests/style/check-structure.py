#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-structure.py SOURCE-ROOT: does each folder of src/ include only what it may, and is none too large?

data/doc/architecture.md describes the structure for people.
"""

import re
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

MAX_LINES = 600
MAX_C_FILES = 16

# What each folder may include besides itself: the folders named, and what these may include.
FOLDERS = {
    'engine/base': (),
    'engine/ports': ('engine/base',),
    'engine/targets': ('engine/ports',),
    'engine/connect': ('engine/ports',),
    'engine/report': ('engine/targets',),
    'engine/pacing': ('engine/report',),
    'engine/who': ('engine/report', 'engine/connect'),
    'engine/identify': ('engine/report', 'engine/connect'),
    'engine/scan': ('engine/pacing', 'engine/who', 'engine/identify'),
    'engine/compare': ('engine/report',),
    'formats': ('engine/scan', 'engine/compare'),
    'formats/html': ('formats',),
    'formats/json': ('formats',),
    'formats/text': ('formats',),
    'formats/xml': ('formats',),
    'formats/compare': ('formats/json',),
    'store': ('formats/compare', 'formats/html', 'formats/text', 'formats/xml'),
    'store/journal': ('store',),
    'cli': ('store/journal',),
    'ui/widgets': ('store/journal',),
    'ui/files': ('ui/widgets',),
    'ui/filter': ('ui/files',),
    'ui/rows': ('ui/filter',),
    'ui/results': ('ui/rows',),
    'ui/port': ('ui/results',),
    'ui/details': ('ui/port',),
    'ui/map': ('ui/results',),
    'ui/page': ('ui/details', 'ui/map'),
    'ui/print': ('ui/results',),
    'ui/profiles': ('ui/results',),
    'ui/recent': ('ui/results',),
    'ui/compare': ('ui/results',),
    'ui/start': ('ui/recent',),
    'ui/scan': ('ui/widgets',),
    'ui/window': ('ui/print', 'ui/profiles', 'ui/start', 'ui/compare', 'ui/page', 'ui/scan'),
    'ui': ('ui/window',),
}
# The list of formats includes each reader and writer, and these what they share.
LISTS = {'formats': {'formats/html', 'formats/json', 'formats/text', 'formats/xml'}}

# Libraries, by the folder of their headers, and below which folders they may be included.
LIBRARIES = {'gtk': ('ui',), 'gdk': ('ui',), 'json-glib': ('formats', 'store')}

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)
GENERATED = re.compile(r'config\.h|[\w-]+-(?:resource|enums|enum-types)\.h')


def reachable():
    """The folders that each folder may include; fails if two may include each other."""
    result = {}
    for folder in TopologicalSorter(FOLDERS).static_order():
        result[folder] = {folder}.union(*(result[below] for below in FOLDERS[folder]))
    return {folder: below | LISTS.get(folder, set()) for folder, below in result.items()}


def include_faults(name, text, may_include, root):
    folder = Path(name).parent.as_posix()
    for bracket, header in INCLUDE.findall(text):
        if bracket == '<':
            library = header.split('/')[0]
            if library in LIBRARIES and folder.split('/')[0] not in LIBRARIES[library]:
                yield header, f'{library} may only be included below {" and ".join(LIBRARIES[library])}'
        elif '/' not in header:
            if not (root / folder / header).exists() and not GENERATED.fullmatch(header):
                yield header, 'not in this folder: write its path below src'
        else:
            other = Path(header).parent.as_posix()
            if other == folder:
                yield header, 'in this folder: write its name only'
            elif other not in may_include[folder]:
                yield header, f'{folder} may not include {other}'


def main(root):
    root = Path(root) / 'src'
    faults = []
    try:
        may_include = reachable()
    except CycleError as error:
        print(f'FOLDERS: these include each other: {" ".join(error.args[1])}')
        return 1

    n_c_files = {}
    for path in sorted(root.rglob('*')):
        if path.suffix not in ('.c', '.css', '.h', '.ui'):
            continue
        name = path.relative_to(root).as_posix()
        folder = path.parent.relative_to(root).as_posix()
        text = path.read_text(encoding='utf-8')
        length = len(text.splitlines())
        if length > MAX_LINES:
            faults.append(f'src/{name}: {length} lines, more than {MAX_LINES}')
        if path.suffix not in ('.c', '.h'):
            continue
        n_c_files[folder] = n_c_files.get(folder, 0) + (path.suffix == '.c')
        if folder not in FOLDERS:
            faults.append(f'src/{name}: a folder of which FOLDERS does not say what it may include')
            continue
        faults += [f'src/{name}: {header}: {fault}'
                   for header, fault in include_faults(name, text, may_include, root)]

    faults += [f'src/{folder}: {n} .c files, more than {MAX_C_FILES}'
               for folder, n in sorted(n_c_files.items()) if n > MAX_C_FILES]
    faults += [f'FOLDERS: {folder} is gone: remove it' for folder in sorted(set(FOLDERS) - set(n_c_files))]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
