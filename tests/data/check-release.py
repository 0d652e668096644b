#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-release.py SOURCE-ROOT VERSION: do NEWS and the metainfo begin with this version, of one date, and are the
screenshots there?"""

import re
import sys
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path

MIN_SCREENSHOTS = 4


def main(root, version):
    root = Path(root)
    faults = []
    component = ET.parse(root / 'data/io.github.roadstead.Roadstead.metainfo.xml.in.in').getroot()
    release = component.find('releases/release')
    heading = (root / 'NEWS').read_text(encoding='utf-8').splitlines()[0]
    match = re.fullmatch(r'Roadstead (\S+), (\d+ \w+ \d+)', heading)

    if release.get('version') != version:
        faults.append(f'the metainfo has {release.get("version")}, meson.build {version}')
    if not match or match[1] != version:
        faults.append(f'NEWS begins with {heading!r}, not with {version}')
    elif datetime.strptime(match[2], '%d %B %Y').date().isoformat() != release.get('date'):
        faults.append(f'NEWS and the metainfo differ about the date: {match[2]}, {release.get("date")}')

    shots = component.findall('screenshots/screenshot')
    if len(shots) < MIN_SCREENSHOTS:
        faults.append(f'{len(shots)} screenshots, fewer than {MIN_SCREENSHOTS}')
    for shot in shots:
        name = shot.findtext('image').rsplit('/', 1)[1]
        if not shot.findtext('caption') or not (root / 'data' / 'screenshots' / name).exists():
            faults.append(f'{name}: no such screenshot, or no caption')

    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
