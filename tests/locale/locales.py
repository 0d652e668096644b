# SPDX-License-Identifier: GPL-3.0-or-later
"""Locales and catalogues of the tests' own: whatever is installed, and without installing the program."""

import os
import shutil
import subprocess

import tap


def make_locale(folder, name):
    """Makes a locale such as de_DE from the C library's sources, in `folder`."""
    if shutil.which('localedef') is None:
        tap.skip_all('localedef is not installed')
    path = os.path.join(folder, name + '.UTF-8')
    result = subprocess.run(['localedef', '--no-archive', '-i', name, '-f', 'UTF-8', path],
                            capture_output=True, text=True, check=False)
    if not os.path.exists(os.path.join(path, 'LC_TIME')):
        tap.skip_all(f'the sources of the locale {name} are not installed: {result.stderr.strip()}')


def add_catalogue(po_text, folder, language, domain):
    """Compiles the text of a .po file into `folder`."""
    path = os.path.join(folder, language, 'LC_MESSAGES')
    os.makedirs(path, exist_ok=True)
    subprocess.run(['msgfmt', '-', '-o', os.path.join(path, domain + '.mo')], input=po_text, text=True, check=True)


def environment(library, locales, catalogues, locale, language):
    """What makes a program speak `language`; `library` is redirect-catalogues."""
    return {
        'LOCPATH': locales,
        'LC_ALL': locale + '.UTF-8',
        'LANGUAGE': language,
        'CATALOGUES': catalogues,
        'LD_PRELOAD': library,
        # Of a program with sanitizers, whose library wants to be the first.
        'ASAN_OPTIONS': 'verify_asan_link_order=0:' + os.environ.get('ASAN_OPTIONS', ''),
    }
