#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""roadstead-cli where calls to the kernel fail, each in turn: out of descriptors, threads, disk, local ports.

usage: test-faults.py ROADSTEAD-CLI FAIL-CALL-LIBRARY SAVE-ALL [all]

Each run is compared with what is true. Without “all” some of the many alike are left out. FAULTS_LOG in the
environment is a file that gets a line for each run.

Losing it: a crash, a wrong state, a torn report or an answer that is lost when the machine runs out of something.
"""

import collections
import concurrent.futures
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'network'))
import netns                                                    # noqa: E402
import scanner                                                  # noqa: E402
import tap                                                      # noqa: E402
from tap import equal, true                                     # noqa: E402

netns.enter()

LIBRARY, SAVE_ALL = (os.path.abspath(name) for name in sys.argv[2:4])
ALL = 'all' in sys.argv[4:]
MAX_NUMBERS = 10000 if ALL else 4   # of a kind and error
WORKERS = 16                        # a run mostly waits
TARGET, PORTS, OPEN = '127.0.0.1', 60, (7, 23, 42)
SCAN = ['-n', '-p', f'1-{PORTS}', '--max-rate', '50', '--skip-discovery']   # 1.2 s: long enough for a journal
OLD = b'{"what was": "there before"}\n'
REPORT, TEXT, STATE, LOG = 'report.json', 'report.txt', 'state', 'log'
JOURNALS = 'state/roadstead/journals'

ERRORS = {
    'descriptor': (errno.EMFILE,),
    'connect': (errno.ENOBUFS, errno.EADDRNOTAVAIL),
    'watch': (errno.ENOSPC, errno.ENOMEM),
    'write': (errno.ENOSPC, errno.EIO),
    'short': (0,),
    'sync': (errno.EIO, errno.ENOSPC),
    'name': (errno.EIO, errno.ENOSPC),
    'make': (errno.ENOSPC, errno.EACCES),
    'remove': (errno.EIO,),
    'lock': (errno.ENOLCK,),
    'thread': (errno.EAGAIN,),
}
SENTENCES = ('not allowed to open enough files', 'not allowed to start another thread')

base = tempfile.mkdtemp(prefix='roadstead-')
netns.run('mount', '-t', 'tmpfs', 'tmpfs', base)      # to sync a disk that others use takes long
Run = collections.namedtuple('Run', 'folder status stderr n_calls n_failed')
Fault = collections.namedtuple('Fault', 'kind error number count')


def path(folder, name):
    return os.path.join(folder, name)


def start(folder, arguments, fault=None):
    environment = {**os.environ, 'XDG_STATE_HOME': path(folder, STATE)}
    if fault:
        environment |= {'LD_PRELOAD': LIBRARY, 'FAIL_KIND': fault.kind, 'FAIL_ERRNO': str(fault.error),
                        'FAIL_NUMBER': str(fault.number), 'FAIL_COUNT': str(fault.count),
                        'FAIL_LOG': path(folder, LOG)}
    with open(path(folder, TEXT), 'wb') as text:
        return subprocess.Popen(arguments, cwd=folder, env=environment, text=True,
                                stdin=subprocess.DEVNULL, stdout=text, stderr=subprocess.PIPE)


def run(folder, arguments, fault=None):
    with start(folder, arguments, fault) as process:
        try:
            _, stderr = process.communicate(timeout=scanner.TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            raise tap.Failed('it does not end') from None
    true(' **: ' not in stderr, stderr)    # a fault of ours that GLib has noticed
    log = b''
    if os.path.exists(path(folder, LOG)):
        with open(path(folder, LOG), 'rb') as file:
            log = file.read()
        os.unlink(path(folder, LOG))
    return Run(folder, process.returncode, stderr, log.count(b'c'), log.count(b'f'))


def read(folder, name):
    with open(path(folder, name), 'rb') as file:
        return file.read()


def check_states(report):
    """Each port that has a state has the right one; returns how many have one."""
    n = 0
    for host in report['hosts']:
        equal(host['address'], TARGET, 'host')
        for port, (state, _, _) in scanner.ports_of(host).items():
            if state != 'unknown':
                equal(state, 'open' if port in OPEN else 'closed', f'the state of port {port}')
                n += 1
    return n


def journals(folder):
    where = path(folder, JOURNALS)
    return sorted(os.listdir(where)) if os.path.isdir(where) else []


def check_report(done, complete):
    """The report is what was there before, or whole and true."""
    content = read(done.folder, REPORT)
    if content == OLD:
        true(not complete, 'the report was not written')
        return
    report = json.loads(content)
    n = check_states(report)
    if complete:
        equal((report['status'], n), ('finished', PORTS), 'status and ports')


def check_left(done, fault, allowed):
    left = sorted(set(os.listdir(done.folder)) - {REPORT, TEXT, STATE, *allowed})
    # What cannot be removed goes with the next save.
    true(not left or fault.kind == 'remove', f'left: {left}')


def ended_by_glib(done):
    """Debian 13's GLib ends every program for which it cannot start the thread that starts its others. That must leave
    nothing half-written either."""
    return done.status == -signal.SIGABRT and 'g_task_thread_pool_init' in done.stderr


def check_said(done, fault):
    """A status of failure comes with a sentence that says which fault."""
    if ended_by_glib(done):
        return
    true(done.status in (0, 2), f'exit status {done.status}')
    if done.status == 0 or done.n_failed == 0:
        return
    reason = os.strerror(fault.error)
    true(done.stderr.startswith('roadstead-cli: '), 'what failed is not said')
    true(reason in done.stderr or any(words in done.stderr for words in (*SENTENCES, *WORDS.get(fault.error, ()))),
         f'“{reason}” is not said')


WORDS = {
    errno.EMFILE: ('file descriptors',),
    errno.ENOBUFS: ('memory',),
    errno.ENOMEM: ('memory',),
    errno.EADDRNOTAVAIL: ('local ports', 'ports are in use'),
}


class Scan:
    """A scan that writes a journal, a report in place of an old one, and a text."""

    def __init__(self, *options):
        self.arguments = [scanner.PROGRAM, *options, *SCAN, '-o', REPORT, '-oN', '-', TARGET]

    def prepare(self, folder):
        os.makedirs(folder)
        with open(path(folder, REPORT), 'wb') as file:
            file.write(OLD)

    def check(self, done, fault):
        check_said(done, fault)
        check_left(done, fault, ())
        check_report(done, done.status == 0)
        if done.status == 0:
            true(not journals(done.folder) or fault.kind == 'remove', f'journals are left: {journals(done.folder)}')
        if done.status != 0 and journals(done.folder):
            self.check_resume(done, fault)

    def check_resume(self, done, fault):
        """What is left can be continued."""
        again = run(done.folder, [scanner.PROGRAM, '-q', '--resume', REPORT])
        equal((again.status, again.stderr), (0, ''), 'status and words of the scan that goes on')
        check_report(again, True)
        check_left(again, fault, ())
        equal(journals(done.folder), [], 'journals')


class Resume(Scan):
    """A scan that was killed goes on."""

    def __init__(self):
        super().__init__()
        self.arguments = [scanner.PROGRAM, '--resume', REPORT]

    def prepare(self, folder):
        usual = Scan()
        usual.prepare(folder)
        # On a busy machine it may be done before its journal is seen.
        while True:
            process = start(folder, usual.arguments)
            netns.wait_for(lambda process=process: journals(folder) or process.poll() is not None, 'the journal')
            process.kill()
            process.communicate()
            if journals(folder):
                break
            with open(path(folder, REPORT), 'wb') as file:
                file.write(OLD)


class Merge(Scan):
    """Two reports become one, in place of an old one."""

    SHARDS = ('1.json', '2.json')

    def __init__(self):
        super().__init__()
        self.arguments = [scanner.PROGRAM, 'merge', *self.SHARDS, '-o', REPORT]

    def prepare(self, folder):
        super().prepare(folder)
        for number, name in enumerate(self.SHARDS, 1):
            done = run(folder, [scanner.PROGRAM, '-q', '-n', '-p', f'1-{PORTS}', '--skip-discovery', '--seed', '1',
                                '--shard', f'{number}/2', '-o', name, TARGET])
            equal((done.status, done.stderr), (0, ''), 'status and words of the scan')

    def check(self, done, fault):
        check_said(done, fault)
        check_left(done, fault, self.SHARDS)
        check_report(done, done.status == 0)


class Save:
    """What the window saves by itself: a profile and a recent scan."""

    def __init__(self):
        self.arguments = [SAVE_ALL, '.', 'new']

    def prepare(self, folder):
        os.makedirs(folder)
        done = run(folder, [SAVE_ALL, '.', 'old'])
        equal((done.status, read(folder, TEXT)), (0, b'profile: saved\nscan: saved\n'), 'what was saved before')

    def check(self, done, fault):
        equal(done.status, 0, 'exit status')
        said = dict(line.split(': ', 1) for line in read(done.folder, TEXT).decode().splitlines())
        equal(sorted(said), ['profile', 'scan'], 'what is said')
        for text in said.values():
            true(text == 'saved' or os.strerror(fault.error) in text, f'“{os.strerror(fault.error)}” is not said: {text}')
        profiles = self.read_all(done, 'profiles', fault)
        equal(len(profiles), 1, 'profiles')
        self.check_saved(profiles[0]['description'] == 'new', said['profile'])
        scans = self.read_all(done, 'scans', fault)
        true(all(len(scan['hosts']) == 2000 for scan in scans), 'hosts of a scan are lost')
        true('old' in [scan['targets'] for scan in scans], 'the earlier scan is lost')
        self.check_saved('new' in [scan['targets'] for scan in scans], said['scan'])

    @staticmethod
    def check_saved(is_there, said):
        """When only the folder could not be synced the new file may be there."""
        true(is_there or said != 'saved', 'what was said to be saved is not there')

    @staticmethod
    def read_all(done, name, fault):
        folder = path(done.folder, name)
        names = os.listdir(folder)
        hidden = [name for name in names if name.startswith('.')]
        true(not hidden or fault.kind == 'remove', f'left: {hidden}')
        result = []
        for name in sorted(set(names) - set(hidden)):
            with open(path(folder, name), encoding='utf-8') as file:
                result.append(json.load(file))
        return result


def prepare_runs(scenario, kind, error):
    """Counts the calls of a scenario; the faults to try."""
    folder = tempfile.mkdtemp(dir=base)
    os.rmdir(folder)
    scenario.prepare(folder)
    calls = run(folder, scenario.arguments, Fault(kind, error, 0, 0)).n_calls
    numbers = range(1, calls + 1)
    if calls > MAX_NUMBERS:
        numbers = sorted({1, 2, calls, *random.Random(calls).sample(numbers, MAX_NUMBERS - 3)})
    return [Fault(kind, error, number, count) for number in numbers for count in (1, 1000000)]


def try_fault(scenario, fault):
    """Returns what is wrong, or None."""
    folder = tempfile.mkdtemp(dir=base)
    os.rmdir(folder)
    scenario.prepare(folder)
    try:
        done = run(folder, scenario.arguments, fault)
    except tap.Failed as failed:
        return str(failed)
    try:
        scenario.check(done, fault)
        return None
    except Exception as failed:     # so that the others are tried, too
        return f'{failed!r}\n{done.status} {done.stderr}'
    finally:
        if 'FAULTS_LOG' in os.environ:
            with open(os.environ['FAULTS_LOG'], 'a', encoding='utf-8') as log:
                log.write(f'{type(scenario).__name__} {fault.kind} {os.strerror(fault.error)} {fault.number} '
                          f'{fault.count} {done.n_failed}: {done.status} {done.stderr!r}\n')
        shutil.rmtree(folder)


def try_kind(scenario, kind):
    """Tries all faults of a kind; returns how many, and what is wrong."""
    faults = [fault for error in ERRORS[kind][:None if ALL else 1] for fault in prepare_runs(scenario, kind, error)]
    wrong = []
    for fault, text in zip(faults, runs.map(lambda fault: try_fault(scenario, fault), faults)):
        if text:
            what = 'on' if fault.count > 1 else 'alone'
            wrong.append(f'{kind} {fault.number} {what}, {os.strerror(fault.error)}: {text}')
    return len(faults), wrong


def check_kind(scenario, kind):
    n_faults, wrong = tries[scenario, kind].result()
    print(f'# {n_faults} faults')
    true(n_faults > 0, 'there is no such call')
    equal(len(wrong), 0, '\n'.join(wrong))


SCENARIOS = {
    'a scan': (Scan(), [kind for kind in ERRORS if kind != 'watch']),
    'a scan by threads': (Scan('--connector=socket'), ('descriptor', 'connect', 'watch', 'thread')),
    'saves of the window': (Save(), ('write', 'short', 'sync', 'name', 'make', 'lock')),
    'a merge': (Merge(), ('descriptor', 'write', 'short', 'sync', 'name', 'lock')),
    'a scan that goes on': (Resume(), ('descriptor', 'write', 'sync', 'name', 'remove', 'lock', 'thread')),
}
for title, (scenario, kinds) in SCENARIOS.items():
    for kind in kinds:
        tap.case(f'{title}: {kind}', scenario, kind)(check_kind)


if __name__ == '__main__':
    for port in OPEN:
        netns.serve(TARGET, port, backlog=128)
    # All at once, as the runs wait; a thread for each kind waits for its runs.
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as runs, concurrent.futures.ThreadPoolExecutor(100) as kinds:
        tries = {(scenario, kind): kinds.submit(try_kind, scenario, kind)
                 for scenario, its_kinds in SCENARIOS.values() for kind in its_kinds}
        try:
            tap.main()
        finally:
            netns.run('umount', '-l', base)
            os.rmdir(base)
