#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is left of a scan that does not end as it should, and how it is continued.

If one of these fails, hours of scanning are lost to a closed terminal, a full disk or a crash.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

PORTS = '1-2000'
SLOW = ['-n', '-p', PORTS, '--max-rate', '500', '--skip-discovery']     # 4 s

folder = tempfile.mkdtemp(prefix='roadstead-')
state = os.path.join(folder, 'state')
journals = os.path.join(state, 'roadstead', 'journals')
report = os.path.join(folder, 'report.json')


def start(*arguments, **options):
    return subprocess.Popen([scanner.PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, env={**os.environ, 'XDG_STATE_HOME': state, **options})


def finish(process, expected):
    stdout, stderr = process.communicate(timeout=scanner.TIMEOUT)
    equal(process.returncode, expected, f'exit status ({stderr})')
    return stdout, stderr


def clear():
    shutil.rmtree(state, ignore_errors=True)
    if os.path.exists(report):
        os.unlink(report)


def list_journals(suffix='.journal'):
    """Before its first record a journal has a hidden name."""
    names = sorted(os.listdir(journals)) if os.path.isdir(journals) else []
    return [name for name in names if name.endswith(suffix)]


def wait_for_journal():
    deadline = time.monotonic() + scanner.TIMEOUT
    while not list_journals() or os.path.getsize(os.path.join(journals, list_journals()[0])) < 1000:
        true(time.monotonic() < deadline, 'there is no journal')
        time.sleep(0.02)


def check_complete():
    with open(report, encoding='utf-8') as file:
        data = json.load(file)
    equal(data['status'], 'finished', 'status')
    equal(sum(data['summary']['ports'].values()), 2000, 'ports')
    scanner.ports_of(data['hosts'][0])
    equal(list_journals(suffix=''), [], 'files in the folder of journals')


@tap.case('a scan that is done leaves no journal')
def check_done():
    clear()
    process = start('-q', *SLOW, '-o', report, 'localhost')
    wait_for_journal()
    equal(os.stat(os.path.join(journals, list_journals()[0])).st_mode & 0o777, 0o600, 'permissions')
    finish(process, 0)
    check_complete()


def check_signal(number, expected):
    clear()
    process = start(*SLOW, '-o', report, 'localhost')
    wait_for_journal()
    process.send_signal(number)
    _, stderr = finish(process, expected)
    equal(os.path.exists(report), number != signal.SIGKILL, 'a report was written')
    true(number == signal.SIGKILL or '--resume' in stderr, stderr)
    stdout, _ = finish(start('--resume', report), 0)
    true('localhost' in stdout, stdout)
    check_complete()


tap.case('killed, and resumed by the file that it was to write', signal.SIGKILL, -signal.SIGKILL)(check_signal)
tap.case('Ctrl-C, and resumed', signal.SIGINT, 130)(check_signal)
tap.case('a closed terminal, and resumed', signal.SIGHUP, 130)(check_signal)


@tap.case('on a terminal, the next scan tells of one that was killed, and of none that was stopped')
def check_told():
    def read_terminal():
        master, slave = os.openpty()
        process = subprocess.Popen([scanner.PROGRAM, '-n', '-p', '1', 'localhost'], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=slave, env={**os.environ, 'XDG_STATE_HOME': state})
        os.close(slave)
        text = b''
        with open(master, 'rb', buffering=0) as terminal, contextlib.suppress(OSError):     # which ends with it
            while more := terminal.read(4096):
                text += more
        equal(process.wait(scanner.TIMEOUT), 0, 'exit status')
        return text.decode()

    for number in (signal.SIGKILL, signal.SIGINT):
        clear()
        process = start('-q', *SLOW, '-o', report, 'localhost')
        wait_for_journal()
        process.send_signal(number)
        process.communicate(timeout=scanner.TIMEOUT)
        text = read_terminal()
        equal(list_journals()[0] in text and 'localhost was interrupted' in text, number == signal.SIGKILL, repr(text))


@tap.case('what cannot be resumed')
def check_faults():
    clear()
    _, stderr = finish(start('--resume', os.path.join(folder, 'none')), 2)
    true(os.path.join(folder, 'none') in stderr and stderr.count('\n') == 1, stderr)
    true('begin the scan again' in stderr, stderr)
    _, stderr = finish(start('--resume', report, 'localhost'), 1)
    true('no targets' in stderr, stderr)
    process = start('-q', *SLOW, '-o', report, 'localhost')
    wait_for_journal()
    _, stderr = finish(start('--resume', os.path.join(journals, list_journals()[0])), 2)
    true('still running' in stderr, stderr)
    finish(process, 0)


@tap.case('a journal without a record')
def check_no_record():
    """Losing this: who was killed in the moment in which an earlier version began its journal is told only that a file
    does not exist, which it never promised."""
    clear()
    os.makedirs(journals)
    path = os.path.join(journals, '20260102-030405-00000001.journal')
    for content in ('', 'roadstead', 'roadstead-journal 1\n'):
        with open(path, 'w', encoding='utf-8') as file:
            file.write(content)
        for name in (path, report):
            _, stderr = finish(start('--resume', name), 2)
            true('begin the scan again' in stderr and path in stderr and stderr.count('\n') == 1, stderr)
    finish(start('-q', *SLOW, '-o', report, 'localhost'), 0)
    os.unlink(path)
    check_complete()


@tap.case('a state folder that cannot be written to')
def check_no_folder():
    clear()
    with open(state, 'w', encoding='utf-8'):
        pass
    _, stderr = finish(start('-q', *SLOW, '-o', report, 'localhost'), 0)
    os.unlink(state)
    equal(stderr.count('its journal'), 1, f'it is said once ({stderr})')
    check_complete()


@tap.case('a state folder that vanishes')
def check_vanished():
    clear()
    process = start('-q', *SLOW, '-o', report, 'localhost')
    wait_for_journal()
    shutil.rmtree(state)
    wait_for_journal()
    process.kill()
    finish(process, -signal.SIGKILL)
    finish(start('-q', '--resume', report), 0)
    check_complete()


@tap.case('a full disk')
def check_full():
    """The journal says so, and goes on when there is room again; the report that has no room is not lost."""
    clear()
    os.makedirs(state)
    subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', state], check=True)
    filler = os.path.join(state, 'filler')
    output = os.path.join(state, 'report.json')
    try:
        with open(filler, 'wb') as file:
            file.write(bytes(64 * 1024 - 4096))
        process = start('-q', *SLOW, '-o', output, 'localhost')
        time.sleep(2)
        os.unlink(filler)
        wait_for_journal()
        with open(filler, 'wb', buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass
        _, stderr = finish(process, 2)
        true('its journal' in stderr and stderr.count('No space left') == 2, stderr)
        os.unlink(filler)
        finish(start('-q', '--resume', output), 0)
        shutil.copy(output, report)
        check_complete()
    finally:
        subprocess.run(['umount', '-l', state], check=True)


if __name__ == '__main__':
    try:
        tap.main()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
