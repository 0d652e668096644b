# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs roadstead-cli, whose path is the test's first argument, and reads its report.

Further arguments are options that each scan gets.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile

import tap

PROGRAM = os.path.abspath(sys.argv[1])
OPTIONS = sys.argv[2:]
TIMEOUT = 120


class Result:
    """What a run left: status, stdout, stderr and the report, None if there is none."""

    def __init__(self, status, stdout, stderr, report):
        self.status = status
        self.stdout = stdout
        self.stderr = stderr
        self.report = report

    def host(self, address):
        for host in self.report['hosts']:
            if host['address'] == address:
                return host
        raise tap.Failed(f'no host {address} in {self.report["hosts"]}')

    def ports(self, address):
        """port -> (state, reason, reason_from or None)."""
        return ports_of(self.host(address))

    def open_ports(self, address):
        return sorted(port for port, result in self.ports(address).items() if result[0] == 'open')


def _expand(ranges):
    for item in filter(None, ranges.split(',')):
        first, _, last = item.partition('-')
        yield from range(int(first), int(last or first) + 1)


def ports_of(host):
    ports = {}
    for item in host['ports']:
        numbers = [item['port']]
        add_ports(ports, numbers, item)
    for item in host['unlisted']:
        numbers = list(_expand(item['ports']))
        tap.equal(len(numbers), item['count'], 'the count of unlisted ports')
        add_ports(ports, numbers, item)
    return ports


def add_ports(ports, numbers, item):
    for port in numbers:
        tap.true(port not in ports, f'port {port} is in the report twice')
        ports[port] = (item['state'], item['reason'], item.get('reason_from'))


def have_tls():
    """Whether GIO has its TLS backend, glib-networking."""
    path = subprocess.run(['pkg-config', '--variable=giomoduledir', 'gio-2.0'], capture_output=True, text=True,
                          check=False).stdout.strip()
    return bool(path) and os.path.exists(os.path.join(path, 'libgiognutls.so'))


def limit_files(soft, hard=None):
    """For @preexec: few file descriptors."""
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard or soft))


def start(*arguments, preexec=None, stdin=subprocess.DEVNULL):
    """Starts a program that is neither waited for nor reported on."""
    return subprocess.Popen([PROGRAM, *OPTIONS, *arguments], stdin=stdin, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, preexec_fn=preexec)


def report_path():
    return tempfile.mktemp(prefix='roadstead-', suffix='.json')


def read_report(path):
    """The report, or None; the file is gone afterwards."""
    try:
        with open(path, encoding='utf-8') as file:
            report = json.load(file)
        os.unlink(path)
    except FileNotFoundError:
        return None
    return report


def finish(process, path, stdin=None):
    try:
        stdout, stderr = process.communicate(stdin, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        stdout, stderr = process.communicate()
        raise tap.Failed(f'not done after {TIMEOUT} s; it printed\n{stdout}{stderr}') from None
    return Result(process.returncode, stdout, stderr, read_report(path))


def scan(*arguments, stdin=None, preexec=None):
    """Scans without DNS and reports as JSON too; whatever the status is."""
    path = report_path()
    process = start('-n', '-o', path, *arguments, preexec=preexec,
                    stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL)
    return finish(process, path, stdin)


def scan_well(*arguments, **options):
    """The same for a scan that must succeed and say nothing."""
    result = scan(*arguments, **options)
    tap.equal((result.status, result.stderr), (0, ''), 'exit status and what was said')
    return result


def check_whole(report, targets, n_ports, open_ports):
    """Checks that a report has each port from 1 to @n_ports of all targets, and that exactly these are open."""
    tap.equal(sorted(host['address'] for host in report['hosts']), targets, 'hosts')
    for host in report['hosts']:
        ports = ports_of(host)
        tap.equal(sorted(ports), list(range(1, n_ports + 1)), f'ports of {host["address"]}')
        tap.equal(sorted(port for port in ports if ports[port][0] == 'open'), open_ports, f'open ports of {host["address"]}')
