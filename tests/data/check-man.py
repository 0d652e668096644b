#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-man.py PAGE COMMAND [ARGUMENT]...: does the manual page have each option of the command's help, and no
other, and has man nothing to complain about?

Give the commands of a program one after the other, separated by “+”.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OPTION = re.compile(r'(?<![\w-])--?[A-Za-z0-9][\w-]*')
# nmap's spellings, which are not in the help one by one.
NMAP = {'--excludefile', '-sT', '-sV', '-T2', '-T5', '-oX', '-oG', '-oA', '-iL', '-Pn', '-sn', '-F', '-oN', '-p-'}


def options_of_help(command):
    """Those in the table of options, not those in the text around."""
    text = subprocess.run([*command, '--help'], capture_output=True, text=True, check=True,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8'}).stdout
    return {option for line in text.splitlines() if re.match(r'\s+-', line)
            for option in OPTION.findall(re.split(r'\s{2,}', line.strip())[0])}


def options_of_page(text):
    """Hyphens of options are written as “\\-”."""
    lines = (line for line in text.splitlines() if not line.startswith(r'.\"'))
    plain = re.sub(r'\\f[A-Z]', '', '\n'.join(lines)).replace(r'\-', '-').replace('"', ' ')
    return set(OPTION.findall(plain))


def complaints(page):
    if shutil.which('man') is None or shutil.which('groff') is None:
        return []
    done = subprocess.run(['man', '--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z', str(page)], capture_output=True,
                          text=True, check=False, env={**os.environ, 'MANROFFSEQ': '', 'LC_ALL': 'C.UTF-8'})
    return done.stderr.splitlines()


def main(page, *words):
    commands = [[]]
    for word in words:
        if word == '+':
            commands.append([])
        else:
            commands[-1].append(word)
    helped = set().union(*map(options_of_help, commands))
    told = options_of_page(Path(page).read_text(encoding='utf-8'))

    faults = [f'nothing about {option}' for option in sorted(helped - told)]
    faults += [f'{option}: the program has no such option' for option in
               sorted(option for option in told - helped - NMAP if not option.startswith('--help'))
               if option != '--gapplication-service']
    faults += complaints(page)
    for fault in faults:
        print(f'{page}: {fault}')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
