#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-sources.py SOURCE-ROOT: does each file name its licence, and none a path of one machine only?"""

import re
import sys
from pathlib import Path

from sources import source_files

# Files that can hold a comment, by suffix; programs without a suffix are known by their first line.
COMMENTED = {'.build', '.c', '.css', '.desktop', '.h', '.in', '.py', '.sh', '.svg', '.ui', '.xml'}
LICENCE = re.compile(r'SPDX-License-Identifier: \S+')
# Said of a folder that only one person or one machine has.
FOREIGN_PATH = re.compile(r'(?<![\w.:/-])/(?:home|root|work|Users)/\w')


def faults_of(path):
    try:
        text = path.read_text(encoding='utf-8')
    except UnicodeDecodeError:
        return          # an image or a sample of broken text
    head = '\n'.join(text.splitlines()[:5])
    if (path.suffix in COMMENTED or head.startswith('#!')) and not LICENCE.search(head):
        yield 1, 'no SPDX-License-Identifier in the first five lines'
    for number, line in enumerate(text.splitlines(), 1):
        if FOREIGN_PATH.search(line):
            yield number, 'a path that exists on one machine only'


def main(root):
    clean = True
    for path in source_files(root):
        for line, fault in faults_of(path):
            print(f'{path.relative_to(root)}:{line}: {fault}')
            clean = False
    return 0 if clean else 1


if __name__ == '__main__':
    sys.exit(main(Path(sys.argv[1])))
