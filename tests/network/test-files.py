#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How roadstead-cli writes and reads files where others, or the computer's limits, are in the way.

If one of these fails, a report that took hours is lost, replaces a file that it should not, or goes to a
place that somebody else chose.
"""

import contextlib
import json
import os
import resource
import shutil
import subprocess
import tempfile
import threading
import time

import netns
import scanner
import tap
from tap import equal, true

TRAPS = 'ROADSTEAD_TEST_TRAPS'
STRANGER = 1


def make_traps():
    """What another user can put into a folder for everybody; only root can make it for a test."""
    folder = tempfile.mkdtemp(prefix='roadstead-')
    os.chmod(folder, 0o1777)
    with open(os.path.join(folder, 'foreign.json'), 'w', encoding='utf-8') as file:
        file.write('theirs')
    os.symlink('notes', os.path.join(folder, 'link.json'))
    for name in ('foreign.json', 'link.json'):
        os.lchown(os.path.join(folder, name), STRANGER, STRANGER)
    os.chmod(os.path.join(folder, 'foreign.json'), 0o666)
    return folder


if netns.ENTERED not in os.environ and os.geteuid() == 0:
    os.environ[TRAPS] = make_traps()
netns.enter()

TARGET = '127.0.0.1'
folder = tempfile.mkdtemp(prefix='roadstead-')
os.environ['XDG_DATA_HOME'] = os.path.join(folder, 'data')
netns.nft('table inet test { counter syns {}\n chain output { type filter hook output priority 0;\n'
          'tcp flags & (syn | ack) == syn counter name syns\n}\n}')
netns.serve(TARGET, 80)


def path(name):
    return os.path.join(folder, name)


def run(*arguments, **options):
    options = {'stdin': subprocess.DEVNULL, 'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE, **options}
    return subprocess.run([scanner.PROGRAM, *arguments], text=True, timeout=scanner.TIMEOUT, check=False, **options)


def scan(*arguments, **options):
    return run('-n', '-q', '-p', '80', *arguments, TARGET, **options)


def read(name):
    with open(path(name), encoding='utf-8') as file:
        return file.read()


def write(name, text):
    with open(path(name), 'wb') as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return path(name)


def check_refused(result, *words):
    """Status 2 and one sentence; others may be about the journal."""
    lines = [line for line in result.stderr.splitlines() if 'journal' not in line]
    equal((result.returncode, len(lines)), (2, 1), f'status and lines ({result.stderr})')
    for word in words:
        true(word in result.stderr, f'“{word}” is not in “{result.stderr}”')


@contextlib.contextmanager
def nothing_sent():
    before = netns.counter('syns')
    yield
    equal(netns.counter('syns'), before, 'SYNs sent')


# Losing this: another user of the computer chooses which of my files a scan replaces.
@tap.case('a symbolic link of another user in a folder for everybody')
def check_foreign_link():
    if TRAPS not in os.environ:
        raise tap.Skip('only root can make what another user owns')
    traps = os.environ[TRAPS]
    notes = os.path.join(traps, 'notes')
    with open(notes, 'w', encoding='utf-8') as file:
        file.write('mine')
    os.symlink('notes', os.path.join(traps, 'own.json'))
    with nothing_sent():
        check_refused(scan('-o', os.path.join(traps, 'link.json')), 'link.json', 'another user')
    with open(notes, encoding='utf-8') as file:
        equal(file.read(), 'mine', 'the file behind the link')
    equal(scan('-o', os.path.join(traps, 'own.json')).returncode, 0, 'exit status with a link of one’s own')


# Losing this: the scan runs for hours and its report cannot be written; or another user owns it.
@tap.case('a file of another user in a folder for everybody')
def check_foreign_file():
    if TRAPS not in os.environ:
        raise tap.Skip('only root can make what another user owns')
    with nothing_sent():
        check_refused(scan('-o', os.path.join(os.environ[TRAPS], 'foreign.json')), 'foreign.json', 'another user')


# Losing this: of two reports only the later is there, and nobody says so.
@tap.case('two names of one file')
def check_same_file():
    write('old.json', 'old')
    os.symlink('new.json', path('new.csv'))
    os.symlink('old.json', path('old.csv'))
    os.link(path('old.json'), path('hard.csv'))
    os.symlink('.', path('here'))
    os.mkfifo(path('one.pipe'))
    with nothing_sent():
        for first, second in (('new.json', 'new.json'), ('new.json', './new.json'), ('new.json', 'new.csv'),
                              ('new.json', 'here/new.json'), ('old.json', 'old.csv'), ('old.json', 'hard.csv'),
                              ('one.pipe', './one.pipe')):
            result = run('-n', '-q', '-p', '80', '--format', 'json', '-o', first, '-oX', second, TARGET, cwd=folder)
            check_refused(result, first, os.path.basename(second), 'one file')
    equal(read('old.json'), 'old', 'the file')
    true(not os.path.exists(path('new.json')), 'a file was made')
    equal(scan('-o', path('other.json'), '-oX', path('old.json'), '-oG', '/dev/null', '-oN', '/dev/null').returncode, 0,
          'exit status with four files')


# Losing this: “Operation not supported”, and nobody knows of what.
@tap.case('a file on another computer')
def check_remote():
    with nothing_sent():
        check_refused(scan('-o', 'sftp://nas/scan.json'), 'sftp://nas/scan.json', 'on this computer')


# Losing this: the user does not learn which of several files is missing.
@tap.case('a full disk is told with the name of the file, and the other files are written')
def check_full():
    os.mkdir(path('small'))
    netns.run('mount', '-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', path('small'))
    try:
        with open(path('small/fill'), 'wb', buffering=0) as file:
            with contextlib.suppress(OSError):
                while file.write(bytes(4096)):
                    pass
        result = scan('-o', path('small/r.json'), '-o', path('well.json'))
        check_refused(result, path('small/r.json'), 'No space left')
        equal(json.loads(read('well.json'))['status'], 'finished', 'the other file')
        equal(os.listdir(path('small')), ['fill'], 'files left')
    finally:
        netns.run('umount', path('small'))


# Losing this: others read what was found before the user decides who may.
@tap.case('permissions of files')
def check_permissions():
    for umask in (0o022, 0o077):
        result = scan('-o', path(f'mode-{umask:o}.json'), preexec_fn=lambda umask=umask: os.umask(umask))
        equal(result.returncode, 0, 'exit status')
        equal(os.stat(path(f'mode-{umask:o}.json')).st_mode & 0o777, 0o666 & ~umask, f'mode with umask {umask:o}')
    os.chmod(path('mode-77.json'), 0o640)
    equal(scan('-o', path('mode-77.json')).returncode, 0, 'exit status')
    equal(os.stat(path('mode-77.json')).st_mode & 0o777, 0o640, 'mode of a file that was there')


# Losing this: exclusions behind a broken place are ignored, or the user must look for it.
@tap.case('a profile with a NUL byte')
def check_profile_nul():
    profile = write('nul.json', b'{"format": "roadstead-profile", "version": 1,\n"name": "x",\n"targets": "127.0.0.1\0"}')
    with nothing_sent():
        check_refused(run('--profile', profile, TARGET), 'nul.json', 'line 3')


# Losing this: a file that somebody sent commands the terminal.
@tap.case('control characters from files')
def check_escapes():
    evil = '"9\\u001b]0;x\\u00079999"'
    raw = b'9\x1b]0;x\x079999'
    head = '{"format": "roadstead-profile", "version": 1, '
    commands = []
    for name in ('ports', 'targets', 'exclude_ports', 'exclude_targets', 'name', 'description', 'timing', 'family'):
        commands.append(['--profile', write(f'{name}.json', f'{head}"{name}": {evil}}}'), TARGET])
    commands.append(['--profile', write('key.json', f'{head}{evil}: {evil}}}'), TARGET])
    commands.append(['--profile', write('raw.json', head.encode() + b'"ports": "' + raw + b'"}'), TARGET])
    for option in ('-i', '--exclude-file'):
        commands.append([option, write('targets', raw + b'\n'), TARGET])
        commands.append([option, write('name-\x1b[2J', raw + b'\n'), TARGET])
    for fields in (f'"targets": {evil}', f'"profile": {{"ports": {evil}}}', f'"profile": {{"name": {evil}}}',
                   f'"status": {evil}', f'"started": {evil}', f'"problems": [{evil}]', f'"hosts": [{{"address": {evil}}}]',
                   f'"hosts": [{{"address": "127.0.0.1", "state": {evil}}}]', f'{evil}: 1',
                   f'"hosts": [{{"address": "127.0.0.1", "state": "up", "ports": [{{"port": 1, "state": {evil}}}]}}]',
                   f'"hosts": [{{"address": "127.0.0.1", "state": "up", "names": [{{"name": {evil}, "type": "user"}}]}}]'):
        report = write(f'report-{len(commands)}.json', f'{{"format": "roadstead-report", "version": 1, {fields}}}')
        commands.append(['compare', '-a', report, report])
    xml = '<nmaprun scanner="{0}" args="{0}" start="{0}"><{0}/><host><status state="{0}"/><address addr="{0}"/></host></nmaprun>'
    for text in (xml.replace('<{0}/>', ''), xml, '<nmaprun start="1"><host><address addr="{0}"/></host></nmaprun>'):
        report = write(f'report-{len(commands)}.xml', text.replace('{0}', '9\x9b2J&#27;\x1b]0;x\x07'))
        commands.append(['compare', '-a', report, report])
    for command in commands:
        result = run('-n', '-p', '80', *command) if command[0] != 'compare' else run(*command)
        for text in (result.stdout, result.stderr):
            true(not any(c != '\n' and (ord(c) < 32 or 0x7f <= ord(c) < 0xa0) for c in text), f'{command}: {text!r}')
        true(result.returncode in (0, 1, 2), f'status {result.returncode} of {command}: {result.stderr}')


def limited(kind, number):
    return lambda: resource.setrlimit(kind, (number, number))


# Losing this: a limit ends the program with a signal and without a word, after hours.
@tap.case('files may have no content (ulimit -f 0)')
def check_file_size():
    result = scan('-o', path('size.json'), preexec_fn=limited(resource.RLIMIT_FSIZE, 0))
    check_refused(result, 'size.json')
    true(not os.path.exists(path('size.json')), 'a file is left')


@tap.case('few descriptors (ulimit -n)')
def check_descriptors():
    for number in (4, 5, 6, 8, 10):
        with nothing_sent():
            check_refused(scan('-o', path('few.json'), preexec_fn=limited(resource.RLIMIT_NOFILE, number)), 'ulimit -n')
    for number in (12, 16):
        result = scan('-o', path('few.json'), preexec_fn=limited(resource.RLIMIT_NOFILE, number))
        equal((result.returncode, result.stderr), (0, ''), f'status and stderr with {number}')


# Losing this: the report is written into the file that happens to have the number of standard output.
@tap.case('closed standard input, output and error')
def check_closed():
    def close(*descriptors):
        return lambda: [os.close(descriptor) for descriptor in descriptors]

    for descriptors in ((0,), (2,), (0, 1, 2), (0, 2)):
        result = scan('-o', path('closed.json'), preexec_fn=close(*descriptors), stdin=None)
        equal((result.returncode, result.stderr, result.stdout), (0, '', ''), f'status with {descriptors} closed')
        equal(json.loads(read('closed.json'))['status'], 'finished', f'the report with {descriptors} closed')
    with nothing_sent():
        check_refused(run('-n', '-p', '80', '-o', path('closed.json'), TARGET, preexec_fn=close(1)), 'standard output')
        check_refused(scan('-o', '/dev/stdout', '--format', 'json', preexec_fn=close(1)), '/dev/stdout')
        result = run('-n', '-q', '-i', '-', preexec_fn=close(0), stdin=None)
        equal((result.returncode, len(result.stderr.splitlines())), (1, 1), f'status and lines ({result.stderr})')


@tap.case('a pipe that nobody reads')
def check_pipe_alone():
    os.mkfifo(path('alone'))
    begin = time.monotonic()
    result = scan('-oX', path('alone'), '-o', path('beside.json'))
    check_refused(result, path('alone'), 'no program reads')
    true(time.monotonic() - begin < 30, 'it took long')
    equal(json.loads(read('beside.json'))['status'], 'finished', 'the other file')


@tap.case('a pipe that somebody reads later')
def check_pipe_late():
    os.mkfifo(path('late'))
    found = []

    def read_late():
        netns.wait_for(lambda: os.path.exists(path('first.json')), 'the other file')
        found.append(read('late'))

    reader = threading.Thread(target=read_late)
    reader.start()
    result = scan('-oX', path('late'), '-o', path('first.json'))
    reader.join()
    equal((result.returncode, result.stderr), (0, ''), 'status and stderr')
    true(found[0].endswith('</nmaprun>\n'), found[0])


try:
    tap.main()
finally:
    shutil.rmtree(folder, ignore_errors=True)
    if TRAPS in os.environ:
        shutil.rmtree(os.environ[TRAPS], ignore_errors=True)
