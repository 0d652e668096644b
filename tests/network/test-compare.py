#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roadstead-cli compare promises: exit status, what it says and when, files.

If one of these fails, a script that warns when something changed keeps silent, or warns every night.
"""

import json
import os
import socket
import subprocess
import tempfile

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

ADDRESS = '127.0.0.1'
SAME, DIFFERENT, TROUBLE = 0, 1, 2

folder = tempfile.mkdtemp(prefix='roadstead-')


def path(name):
    return os.path.join(folder, name)


def run(*arguments, stdin=None):
    return subprocess.run([scanner.PROGRAM, 'compare', *arguments], input=stdin, text=True,
                          capture_output=True, timeout=scanner.TIMEOUT, cwd=folder, check=False,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8'})


def scan(name, ports):
    subprocess.run([scanner.PROGRAM, '-n', '-q', '-p', ports, '-o', path(name), ADDRESS], check=True,
                   timeout=scanner.TIMEOUT)


def listen(port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((ADDRESS, port))
    listener.listen(4)
    return listener


# Three scans of what really listens: before, after one service ended and one began.
stays, goes = listen(2000), listen(2001)
scan('before.json', '2000-2100')
scan('again.json', '2000-2100')
goes.close()
comes = listen(2002)
scan('after.json', '2000-2100')
with open(path('broken.json'), 'w', encoding='utf-8') as broken:
    broken.write('{"format": "roadstead-report",\n')


def says(result, status, *lines):
    equal((result.returncode, result.stderr), (status, ''), f'exit status ({result.stdout})')
    for line in lines:
        true(line in result.stdout.splitlines(), f'{line!r} in\n{result.stdout}')


@tap.case('the same listeners: status 0')
def same():
    result = run('before.json', 'again.json')
    says(result, SAME)
    true('No differences since ' in result.stdout, result.stdout)


@tap.case('another listener: status 1, marks, and a summary in words')
def different():
    result = run('before.json', 'after.json')
    says(result, DIFFERENT, f'~ {ADDRESS}: up')
    lines = [line.split()[:5] for line in result.stdout.splitlines() if line.startswith('  ')]
    equal(lines, [['-', '2001/tcp', 'open', '→', 'closed'], ['+', '2002/tcp', 'closed', '→', 'open']],
          'the ports')
    true(': 1 newly open port, 1 port no longer open.' in result.stdout, result.stdout)
    true('\033' not in result.stdout, 'no colours')


@tap.case('the other way round new is gone')
def other_way_round():
    result = run('after.json', 'before.json')
    lines = [line.split()[:2] for line in result.stdout.splitlines() if line.startswith('  ')]
    equal((result.returncode, lines), (DIFFERENT, [['+', '2001/tcp'], ['-', '2002/tcp']]), 'the ports')


# Losing this: whoever scans fewer ports is told that all others were closed.
@tap.case('ports that only one scan looked at make no difference')
def fewer_ports():
    scan('fewer-before.json', '2000,2050')
    result = run('fewer-before.json', 'after.json')
    says(result, SAME)
    true('Not compared because only one of the scans covered them: 1 open port.' in result.stdout,
         result.stdout)
    says(run('--all', 'fewer-before.json', 'after.json'), SAME)
    true('? 2002/tcp ' in run('-a', 'fewer-before.json', 'after.json').stdout, 'port 2002')


@tap.case('--quiet prints nothing and still tells')
def quiet():
    result = run('-q', 'before.json', 'after.json')
    equal((result.returncode, result.stdout, result.stderr), (DIFFERENT, '', ''), 'the result')


@tap.case('--format json, and standard input as one of the two')
def as_json():
    with open(path('before.json'), encoding='utf-8') as file:
        result = run('--format', 'json', '-', 'after.json', stdin=file.read())
    equal((result.returncode, result.stderr), (DIFFERENT, ''), 'exit status')
    comparison = json.loads(result.stdout)
    equal((comparison['format'], comparison['version']), ('roadstead-comparison', 1), 'format')
    equal([(port['port'], port['change']) for port in comparison['hosts'][0]['ports']],
          [(2001, 'gone'), (2002, 'new')], 'ports')
    equal(comparison['summary']['same'], False, 'same')


@tap.case('--output writes files, in the format of their suffix')
def output():
    result = run('-q', '-o', 'out.json', '-o', 'out.txt', 'before.json', 'after.json')
    equal((result.returncode, result.stdout, result.stderr), (DIFFERENT, '', ''), 'the result')
    with open(path('out.json'), encoding='utf-8') as file:
        equal(json.load(file)['format'], 'roadstead-comparison', 'format')
    with open(path('out.txt'), encoding='utf-8') as file:
        true(file.read().startswith('--- '), 'the text')


@tap.case('what was in the file stays if there is nothing to write')
def output_stays():
    with open(path('kept.txt'), 'w', encoding='utf-8') as file:
        file.write('kept')
    equal(run('-o', 'kept.txt', 'before.json', 'broken.json').returncode, TROUBLE, 'exit status')
    with open(path('kept.txt'), encoding='utf-8') as file:
        equal(file.read(), 'kept', 'the file')


TROUBLES = [
    # arguments, and what the message names
    (['before.json', 'missing.json'], 'missing.json'),
    (['broken.json', 'before.json'], 'broken.json'),
    (['before.json'], 'Two reports'),
    (['before.json', 'again.json', 'after.json'], 'Two reports'),
    (['-', '-'], '“-” once'),
    (['--format', 'yaml', 'before.json', 'after.json'], 'yaml'),
    (['-o', 'folder/out.json', 'before.json', 'after.json'], 'folder/out.json'),
    (['-o', 'out', 'before.json', 'after.json'], 'out'),
    (['--bogus', 'before.json', 'after.json'], '--bogus'),
]


def check_trouble(arguments, word):
    result = run(*arguments)
    equal((result.returncode, result.stdout), (TROUBLE, ''), f'the result ({result.stderr})')
    true(result.stderr.startswith('roadstead-cli: ') and word in result.stderr,
         f'{word!r} in {result.stderr!r}')
    equal(len(result.stderr.splitlines()), 1, f'lines of {result.stderr!r}')


for case in TROUBLES:
    tap.case('trouble: ' + ' '.join(case[0]), *case)(check_trouble)


@tap.case('a host that is called “compare” can still be scanned')
def host_named_compare():
    result = subprocess.run([scanner.PROGRAM, '-n', '-p', '1', '--', 'compare'], text=True,
                            capture_output=True, timeout=scanner.TIMEOUT, check=False)
    true('Two reports' not in result.stderr and result.returncode != 0, result.stderr)


tap.main()
