#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results grouped by port or by service."""

import json
import os
import shutil
import subprocess
import tempfile

from road_window import Window, tap, wait_for


def make_report(folder):
    def host(address, *ports):
        return {'address': address, 'state': 'up', 'reason': 'syn-ack', 'ports': [
            {'port': port, 'state': 'open', 'reason': 'syn-ack', 'latency_ms': 1} for port in ports]}
    report = {
        'format': 'roadstead-report', 'version': 1, 'targets': '192.0.2.1-3', 'status': 'finished',
        'hosts': [host('192.0.2.1', 22, 80), host('192.0.2.2', 22), host('192.0.2.3', 22, 8080, 60001)],
    }
    path = os.path.join(folder, 'report.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(report, file)
    return path


def wait_for_rows(window, *expected):
    window.wait_for_rows(f'{expected}', lambda rows: [row[:2] for row in rows] == [
        list(row) for row in expected])


# Losing this: "who has SSH open?" takes a look at each host.
@tap.case('open ports are grouped by port and by service')
def group():
    with tempfile.TemporaryDirectory() as folder, Window(make_report(folder)) as window:
        window.wait_for_rows('the hosts', lambda rows: len(rows) > 3)
        window.choose_grouping('Port')
        wait_for_rows(window, ('22 · ssh', '3 hosts'), ('80 · http', '1 host'),
                      ('8080 · http-alt', '1 host'), ('60001', '1 host'))
        window.toggle_row('22 · ssh')
        wait_for_rows(window, ('22 · ssh', '3 hosts'), ('192.0.2.1', 'open'), ('192.0.2.2', 'open'),
                      ('192.0.2.3', 'open'), ('80 · http', '1 host'), ('8080 · http-alt', '1 host'),
                      ('60001', '1 host'))

        window.key('ctrl+f')
        window.wait_for_focus('Filter results')
        window.type('host:192.0.2.3')
        wait_for_rows(window, ('22 · ssh', '1 host'), ('192.0.2.3', 'open'),
                      ('8080 · http-alt', '1 host'), ('60001', '1 host'))
        window.key('Escape')
        window.wait_for_rows('all groups', lambda rows: len(rows) == 7)

        window.choose_grouping('Service')
        wait_for_rows(window, ('http', '1 host'), ('http-alt', '1 host'), ('ssh', '3 hosts'),
                      ('Other services', '1 host'))
        window.choose_grouping('Host')
        window.wait_for_rows('the hosts', lambda rows: rows and rows[0][0] == '192.0.2.1')


# Losing this: the hosts of a group cannot be used as targets.
@tap.case('the hosts of a group are copied as targets')
def copy_hosts():
    if shutil.which('xclip') is None:
        return
    with tempfile.TemporaryDirectory() as folder, Window(make_report(folder)) as window:
        window.wait_for_rows('the hosts', lambda rows: len(rows) > 3)
        window.choose_grouping('Port')
        window.wait_for_rows('the groups', lambda rows: len(rows) == 4)
        window.choose_from_row_menu('22 · ssh', 'Copy These Hosts')
        wait_for('the targets', lambda: subprocess.run(
            ['xclip', '-selection', 'clipboard', '-out'], capture_output=True, text=True, check=False,
            timeout=10).stdout == '192.0.2.1 192.0.2.2 192.0.2.3')


if __name__ == '__main__':
    tap.main()
