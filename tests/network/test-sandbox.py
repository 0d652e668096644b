#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""roadstead-cli in a Flatpak, or in what looks like one.

If one of these fails, a scan of hours says that it is done and its report is gone with the sandbox, or the program
says that a file does not exist while the user looks at it.
"""

import os
import shutil
import subprocess
import sys
import tempfile

import netns
import sandbox
import scanner
import tap
from tap import equal, true

netns.enter()

TARGET = '127.0.0.1'
netns.serve(TARGET, 80)
folder = tempfile.mkdtemp(prefix='roadstead-', dir='/tmp')
root = os.path.join(folder, 'root')
outside = os.path.join(folder, 'outside')
shared = os.path.join(folder, 'shared')
kept = sandbox.KEPT
real_kept = os.path.join(folder, 'kept')
for path in (root, outside, shared, real_kept):
    os.makedirs(path)
build = os.path.dirname(scanner.PROGRAM)
# Where Python is may be anywhere.
base = {sys.prefix, sys.base_prefix, os.path.dirname(os.path.realpath(sys.executable))}
here = os.path.dirname(os.path.abspath(__file__))


def run(*arguments, cwd=outside, filesystems='', shares=(), environment=None):
    words = sandbox.command(root, [build, here, *shares, *(path for path in base if not path.startswith('/usr'))],
                            scanner.PROGRAM, '-n', '-p', '80', *arguments)
    if arguments[0] in ('compare', 'merge'):
        del words[words.index('-n'):words.index('-n') + 3]
    env = {**os.environ, 'HOME': '/home', 'SANDBOX_FILESYSTEMS': filesystems, 'XDG_DATA_HOME': f'{kept}/data',
           **(environment or {})}
    env.pop('XDG_STATE_HOME', None)
    return subprocess.run(words, cwd=cwd, env=env, text=True, capture_output=True, stdin=subprocess.DEVNULL,
                          timeout=scanner.TIMEOUT, check=False)


def check_refused(result, *words):
    equal((result.returncode, result.stdout), (2, ''), f'status and output ({result.stderr})')
    equal(len(result.stderr.splitlines()), 1, f'sentences in {result.stderr!r}')
    for word in words:
        true(word in result.stderr, f'{word!r} is in {result.stderr!r}')


@tap.case('a report that would be lost is refused before the scan')
def lost():
    check_refused(run('-o', 'scan.json', TARGET), '“scan.json”', '-o - --format json > scan.json', '--filesystem=$PWD')


@tap.case('so it is in a folder that there is only outside')
def lost_elsewhere():
    check_refused(run('-oX', os.path.join(outside, 'a b', 'scan.xml'), TARGET), 'lost', '--format xml >',
                  f"--filesystem='{outside}/a b'")


@tap.case('and in /tmp, which each sandbox has for itself')
def lost_in_tmp():
    check_refused(run('-o', '/tmp/scan.txt', TARGET), '-o - > /tmp/scan.txt', '--filesystem=/tmp ')


@tap.case('but not in /tmp that is shared by name')
def shared_tmp():
    result = run('-q', '-o', '/tmp/scan.txt', TARGET, filesystems='/tmp:rw;!host')
    equal(result.returncode, 0, result.stderr)


# Losing this: whoever has a home below /tmp cannot keep scans.
@tap.case('nor in the folder that Flatpak keeps for the program, wherever that is')
def own_folder():
    path = os.path.join(shared, 'own.json')
    result = run('-o', path, TARGET, shares=[shared], environment={'SANDBOX_KEPT': shared})
    equal(result.returncode, 0, f'status ({result.stderr})')
    true(os.path.exists(path), 'the report is there')


@tap.case('nor in a folder that is shared')
def shared_folder():
    result = run('-q', '-o', 'scan.json', TARGET, cwd=shared, shares=[shared], filesystems=shared)
    equal(result.returncode, 0, result.stderr)
    true(os.path.exists(os.path.join(shared, 'scan.json')), 'the report is there')


@tap.case('what is printed, or goes to a device, is not refused')
def printed():
    result = run('-q', '-o', '-', '-o', '/dev/null', '--format', 'json', TARGET)
    equal(result.returncode, 0, result.stderr)
    true('"hosts"' in result.stdout, 'the report was printed')


@tap.case('comparing and merging refuse to lose a file, too')
def lost_others():
    for command in ('compare', 'merge'):
        check_refused(run(command, '-o', 'all.json', 'a.json', 'b.json'), '-o - --format json > all.json')


@tap.case('a file that the sandbox hides: each command says so and what to do')
def hidden():
    for name in ('hosts.txt', 'a.json'):
        with open(os.path.join(outside, name), 'w', encoding='utf-8') as file:
            file.write(TARGET)
    for arguments in (['-i', 'hosts.txt'], ['-iL', 'hosts.txt'], ['--exclude-file', 'hosts.txt', TARGET],
                      ['--profile', 'a.json', TARGET], ['--resume', 'a.json'], ['compare', 'a.json', 'a.json'],
                      ['merge', 'a.json']):
        if arguments[0] == '--resume':
            # What is resumed has its ports already.
            words = sandbox.command(root, [build, here], scanner.PROGRAM, *arguments)
            result = subprocess.run(words, cwd=outside, text=True, capture_output=True, check=False)
        else:
            result = run(*arguments)
        check_refused(result, arguments[1], 'Open…', '--filesystem=$PWD')


@tap.case('a file that is not there although its folder is shared is only not there')
def missing():
    result = run('-i', 'hosts.txt', cwd=shared, shares=[shared], filesystems=shared)
    equal(result.returncode, 2, result.stderr)
    true('Flatpak' not in result.stderr, result.stderr)


@tap.case('the journal is where Flatpak keeps it, even before version 1.13')
def journal():
    home = os.path.join(folder, 'home')
    state = os.path.join(home, '.var', 'app', sandbox.APP_ID)
    os.makedirs(state)
    # The report cannot be written, so the journal is kept.
    result = run('-q', '-oN', '/dev/full', TARGET, shares=[state], environment={'HOME': home})
    equal(result.returncode, 2, result.stderr)
    journals = os.listdir(os.path.join(state, '.local', 'state', 'roadstead', 'journals'))
    equal(len(journals), 1, 'journals that outlive the sandbox')


@tap.case('outside of a sandbox nothing of this is said')
def free():
    result = subprocess.run([scanner.PROGRAM, '-n', '-q', '-p', '80', '-o', os.path.join(outside, 'scan.json'), TARGET],
                            capture_output=True, text=True, check=False)
    equal((result.returncode, result.stderr), (0, ''), 'status and errors')


try:
    tap.main()
finally:
    shutil.rmtree(folder, ignore_errors=True)
