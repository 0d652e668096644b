#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-translations.py SOURCE-ROOT: is what translators get whole, and is what they gave?

The template is made from what po/POTFILES lists; nothing is written to the sources.
"""

import gettext
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

# As Meson's i18n.gettext() with the preset "glib" calls it.
XGETTEXT = ['xgettext', '--from-code=UTF-8', '--add-comments', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
            '--keyword=NC_:1c,2', '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
            '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format', '--flag=NC_:2:pass-c-format',
            '--flag=g_dngettext:2:pass-c-format', '--flag=g_strdup_printf:1:c-format',
            '--flag=g_string_append_printf:2:c-format', '--flag=g_string_printf:2:c-format',
            '--flag=g_printerr:1:c-format', '--flag=g_set_error:4:c-format']
COMMENT = re.compile(r'/\*(.*?)\*/|comments="([^"]*)"', re.DOTALL)
# Between the comment and the text there are at most the beginning of a call and a line break.
NEAR = 3


def listed(path):
    return [line for line in path.read_text(encoding='utf-8').splitlines() if line and not line.startswith('#')]


def run(*command, cwd=None):
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return result.returncode, result.stdout, result.stderr


def words(text):
    return ' '.join(re.sub(r'\n\s*\*', '\n', text).split()).replace('&quot;', '"')


def entries_of(template):
    """The message, its places and its comment, of each entry."""
    for block in re.sub(r'\n#\. ?\* ?', ' ', template.read_text(encoding='utf-8')).split('\n\n')[1:]:
        places = {(name, int(line)) for name, line in re.findall(r'(\S+):(\d+)', ' '.join(
            re.findall(r'^#: (.*)$', block, re.MULTILINE)))}
        comment = words(' '.join(re.findall(r'^#\. ?(.*)$', block, re.MULTILINE)))
        head = block.split('\nmsgid_plural')[0].split('\nmsgstr')[0]
        message = ''.join(re.findall(r'"(.*)"', head[head.index('msgid "'):]))
        yield message, places, comment, 'msgctxt' in block


def lost_comments(root, files, entries):
    """xgettext takes only a comment that is directly before the text."""
    for name in files:
        text = (root / name).read_text(encoding='utf-8')
        for match in COMMENT.finditer(text):
            comment = words(match[1] or match[2] or '')
            if not comment.startswith('Translators:'):
                continue
            line = text.count('\n', 0, match.end()) + 1
            if not any(comment in said and any((name, line + i) in places for i in range(NEAR))
                       for _, places, said, _ in entries):
                yield f'{name}:{line}: the comment does not reach translators: {comment}'


def pieces(entries):
    """Sentences are not glued, as word order differs. What is only a separator says so by its context."""
    for message, places, _, has_context in entries:
        if (message != message.strip() or message.startswith((', ', '; '))) and not has_context:
            yield f'{min(places, default=("", 0))}: {message!r} is a piece of a sentence'


def faults_of(language, root, template):
    path = str(root / 'po' / (language + '.po'))
    for command in (['msgfmt', '--check', '--check-accelerators=_', '-o', '/dev/null', path],
                    ['msgcmp', path, str(template)]):
        status, _, errors = run(*command)
        if status != 0:
            yield f'{" ".join(command[:2])}:\n{errors}'
    for option, what in (('--only-fuzzy', 'fuzzy'), ('--untranslated', 'untranslated'),
                         ('--only-obsolete', 'obsolete')):
        _, found, _ = run('msgattrib', option, '--no-obsolete' if option != '--only-obsolete' else option, path)
        if re.search(r'^(#~ )?msgid "[^"]', found, re.MULTILINE):
            yield f'{language}.po has messages that are {what}:\n{found}'


def items_of(menu):
    """The context and label of each item of a menu, but not of its submenus."""
    for child in menu:
        if child.tag == 'section':
            yield from items_of(child)
        elif child.tag in ('item', 'submenu'):
            for attribute in child.findall('attribute'):
                if attribute.get('name') == 'label':
                    yield attribute.get('context'), attribute.text


def mnemonic_faults(root, files, language):
    """In a menu each letter chooses one item."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Path(folder) / 'catalogue.mo'
        run('msgfmt', '-o', str(catalogue), str(root / 'po' / f'{language}.po'))
        with catalogue.open('rb') as file:
            texts = gettext.GNUTranslations(file)
    for name in files:
        if not name.endswith('.ui'):
            continue
        for menu in ElementTree.parse(root / name).iter():
            letters = {}
            for context, label in items_of(menu) if menu.tag in ('menu', 'submenu') else ():
                for text in (label, texts.pgettext(context, label) if context else texts.gettext(label)):
                    letter = re.search('_(.)', text)
                    if letter and letters.setdefault((text == label, letter[1].lower()), text) != text:
                        yield f'{name}, {language}: {letter[1]} chooses two items of a menu, one of them {text!r}'


def main(root):
    missing = [tool for tool in ('xgettext', 'msgfmt', 'msgcmp', 'msgattrib') if shutil.which(tool) is None]
    if missing:
        print('SKIP: not installed: ' + ', '.join(missing))
        return 77

    root = Path(root)
    files = listed(root / 'po' / 'POTFILES')
    languages = listed(root / 'po' / 'LINGUAS')
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / 'template.pot'
        status, _, errors = run(*XGETTEXT, '-o', str(template), *files, cwd=root)
        if status != 0:
            sys.exit(errors)
        entries = list(entries_of(template))
        faults += lost_comments(root, files, entries)
        faults += pieces(entries)
        if languages != sorted(set(languages)):
            faults.append('po/LINGUAS: not sorted, or a language twice')
        faults += [f'po/LINGUAS: missing: {path.stem}' for path in sorted((root / 'po').glob('*.po'))
                   if path.stem not in languages]
        for language in languages:
            faults += faults_of(language, root, template)
            faults += mnemonic_faults(root, files, language)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
