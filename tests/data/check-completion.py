#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-completion.py SOURCE-ROOT ROADSTEAD-CLI: do shells complete each option, and the names of profiles?

bash is asked; zsh and fish read the scripts, where they are installed, and each option has to be in them.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ASK = '''
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_roadstead_cli
printf '%s\\n' "${COMPREPLY[@]}"
'''


def ask(script, *words):
    """What bash offers for the last of the words."""
    done = subprocess.run(['bash', '-c', ASK, 'bash', script, *words], capture_output=True, text=True, check=False)
    return [line for line in done.stdout.splitlines() if line] + done.stderr.splitlines()


def long_options(cli, *command):
    text = subprocess.run([cli, *command, '--help'], capture_output=True, text=True, check=True,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8'}).stdout
    return set(re.findall(r'^\s+(?:-\w, )?(--[\w-]+)', text, re.MULTILINE))


def bash_faults(script, cli):
    for command in ((), ('compare',), ('merge',)):
        offered = {word.rstrip('=') for word in ask(script, cli, *command, '--')}
        wanted = long_options(cli, *command)
        if offered != wanted:
            yield f'bash: {command} offers {sorted(offered ^ wanted)} wrongly or not at all'

    with tempfile.TemporaryDirectory() as folder:
        profiles = Path(folder, 'roadstead', 'profiles')
        profiles.mkdir(parents=True)
        os.environ['XDG_DATA_HOME'] = folder
        (profiles / 'my-lab.json').write_text('{"format": "roadstead-profile", "version": 1, "name": "My lab",'
                                              ' "ports": "22"}', encoding='utf-8')
        Path(folder, 'scan one.json').touch()
        os.chdir(folder)
        for words, wanted in ((['--profile', 'w'], ['web', 'windows']),
                              (['--profile', '=', 'w'], ['web', 'windows']),
                              (['--profile', 'My'], ['My\\ lab']),
                              (['-T', ''], ['polite', 'normal', 'fast']),
                              (['compare', '--format', ''], ['text', 'json']),
                              (['-i', 'scan'], ['scan one.json']),
                              (['compare', 'scan'], ['scan one.json']),
                              (['mer'], ['merge'])):
            offered = ask(script, cli, *words)
            if offered != wanted:
                yield f'bash: {words} offers {offered}, not {wanted}'


def main(root, cli):
    folder = Path(root, 'data', 'completions').absolute()
    cli = os.path.abspath(cli)
    faults = list(bash_faults(str(folder / 'roadstead-cli.bash'), cli))

    options = long_options(cli) | long_options(cli, 'compare')
    zsh, fish = ((folder / name).read_text(encoding='utf-8') for name in ('_roadstead-cli', 'roadstead-cli.fish'))
    faults += [f'zsh: no {option}' for option in sorted(options) if not re.search(rf'{option}\b(?!-)', zsh)]
    faults += [f'fish: no {option}' for option in sorted(options) if not re.search(rf'-l {option[2:]}\b(?!-)', fish)]

    for shell, pattern in (('zsh', '_*'), ('fish', '*.fish')):
        for path in folder.glob(pattern):
            if shutil.which(shell):
                done = subprocess.run([shell, '-n', path], capture_output=True, text=True, check=False)
                faults += (done.stderr + done.stdout).splitlines()

    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
