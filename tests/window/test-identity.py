#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line above the results: what they are, and how to scan what is typed instead."""

import json
import os
import tempfile

from road_window import Atspi, Window, tap, wait_for

CLOSED = 9      # discard: nobody listens there on loopback


def choose_ports(window, ports):
    window.press('Ports to scan')
    window.type_into('Port list', ports)
    window.key('Return')


def is_hidden(window, text):
    wait_for(f'{text!r} to go', lambda: not window.exists(Atspi.Role.LABEL, text))


# Losing this: results are taken for those of the target that is typed above them.
@tap.case('a scan says what it is, and what Enter would scan instead')
def scan():
    with Window() as window:
        choose_ports(window, str(CLOSED))
        window.type_into('Target', '127.0.0.1')
        window.press('_Scan')
        window.wait_for_text('1 host up · ')
        window.wait_for_text(f'Port {CLOSED}')
        window.wait_for_text('today ')
        tap.true(not window.exists(Atspi.Role.LABEL, ' instead'), 'nothing else is typed')

        window.type_into('Target', '127.0.0.2')
        window.wait_for_text('Press Enter to scan 127.0.0.2 instead')
        window.type_into('Target', '127.0.0.300')
        is_hidden(window, ' instead')
        window.type_into('Target', ' 127.0.0.1')
        is_hidden(window, ' instead')
        choose_ports(window, '7,9')
        window.wait_for_text('Press Scan to scan ports 7,9 instead')
        window.press('_Scan')
        window.wait_for_text('Ports 7,9')
        is_hidden(window, ' instead')


# Losing this: half of a network looks like all of it.
@tap.case('a scan that runs says since when, one that was stopped for how long')
def stopped():
    with Window() as window:
        choose_ports(window, '1-60999')
        window.type_into('Target', '127.0.0.1-64')
        window.press('_Scan')
        window.wait_for_text('since ')
        window.press('_Pause')
        window.press('_Stop')
        window.wait_for_text('stopped after ')
        is_hidden(window, 'since ')


# Losing this: nobody knows which of several files a window shows, or how old it is.
@tap.case('an opened file says its name, its date and that it was stopped')
def opened():
    report = {'format': 'roadstead-report', 'version': 1, 'targets': '192.0.2.0/24', 'status': 'stopped',
              'started': '2020-05-03T12:00:00+00:00', 'profile': {'name': 'My <b>ports</b>', 'ports': '22,80'},
              'hosts': []}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'office.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(report, file)
        with Window(path) as window:
            window.wait_for_text('office.json')
            window.wait_for_text('3 May 2020')
            window.wait_for_text('My <b>ports</b> (2)')
            window.wait_for_text('stopped')
            tap.true(not window.exists(Atspi.Role.LABEL, ' instead'), 'the entry says the same')


if __name__ == '__main__':
    tap.main()
