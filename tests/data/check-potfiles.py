#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-potfiles.py SOURCE-ROOT: does everything that is to be translated reach the translators?

po/POTFILES has to name exactly the files with such texts. And xgettext reads no macros: a text that
one is pasted into, as in _("%" G_GUINT64_FORMAT), is cut off for the translator and not found at run time.
"""

import re
import sys
from pathlib import Path

COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*', re.DOTALL)
# The macros of <glib/gi18n.h>, called with a string.
CALL = r'\b(?:N?_|N?C_|ngettext|g_dn?gettext|g_dpgettext2?)\s*\('
MARKED = re.compile(CALL + r'[^")]*"')
PASTED = re.compile(CALL + r'[^")]*(?:"(?:[^"\\]|\\.)*"\s*)+[A-Za-z]')
TRANSLATABLE = re.compile(r'\btranslatable="(?:yes|true|1)"')


def has_strings(path):
    text = path.read_text(encoding='utf-8')
    if path.suffix in ('.c', '.h'):
        return MARKED.search(COMMENT.sub('', text)) is not None
    return TRANSLATABLE.search(text) is not None


def pasted_lines(path):
    """The lines of @path where a text to translate has a macro in it."""
    text = path.read_text(encoding='utf-8')
    return [text.count('\n', 0, match.start()) + 1 for match in PASTED.finditer(text)]


def main(root):
    root = Path(root)
    expected = {path for suffix in ('c', 'h', 'ui') for path in (root / 'src').rglob('*.' + suffix)
                if has_strings(path)}
    expected.update((root / 'data').glob('*.desktop.in.in'))
    expected.update((root / 'data').glob('*.xml.in*'))
    expected = {path.relative_to(root).as_posix() for path in expected}

    lines = (root / 'po' / 'POTFILES').read_text(encoding='utf-8').splitlines()
    listed = [line for line in lines if line and not line.startswith('#')]
    faults = [f'po/POTFILES: missing: {name}' for name in sorted(expected - set(listed))]
    faults += [f'po/POTFILES: nothing to translate in it, or gone: {name}'
               for name in sorted(set(listed) - expected)]
    if listed != sorted(set(listed)):
        faults.append('po/POTFILES: not sorted, or a file twice')
    for path in sorted((root / 'src').rglob('*.c')):
        faults += [f'{path.relative_to(root)}:{line}: a macro inside a text to translate'
                   for line in pasted_lines(path)]

    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
