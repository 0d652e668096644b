#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first page: scanning again to see what is new, and targets that were scanned before."""

import json
import os
import time

from road_window import Atspi, Window, children, find_first, listeners, tap, text_of, wait_for

FOLDER = os.path.join(os.environ['XDG_STATE_HOME'], 'roadstead', 'scans')
CLOSED = 9      # discard: nobody listens there on loopback


def kept():
    return sorted(name for name in os.listdir(FOLDER) if name.endswith('.json')) \
        if os.path.isdir(FOLDER) else []


def forget():
    for name in kept():
        os.unlink(os.path.join(FOLDER, name))


def keep(targets, minute, ports, status='finished'):
    """A scan of 127.0.0.1, as Roadstead saves it, whose first port is open and whose others are closed."""
    os.makedirs(FOLDER, mode=0o700, exist_ok=True)
    began = f'2025-11-20T10:{minute:02}:00.000000+00:00'
    states = [{'port': port, 'state': 'closed' if index else 'open', 'reason': 'conn-refused' if index else 'syn-ack'}
              for index, port in enumerate(ports)]
    report = {'format': 'roadstead-report', 'version': 1, 'targets': targets,
              'profile': {'ports': ','.join(map(str, ports))}, 'started': began, 'finished': began, 'elapsed': 1.5,
              'status': status, 'hosts': [{'address': '127.0.0.1', 'state': 'up', 'reason': 'syn-ack', 'done': True,
                                           'ports': sorted(states, key=lambda state: state['port'])}],
              'summary': {'n_targets': 1, 'hosts': {'unknown': 0, 'up': 1, 'down': 0},
                          'ports': {'unknown': 0, 'open': 1, 'closed': len(ports) - 1, 'filtered': 0}}}
    name = f'2025-11-20T10-{minute:02}-00Z-00000000.json'
    with open(os.path.join(FOLDER, name), 'w', encoding='utf-8') as file:
        json.dump(report, file)


def scan(window, target, ports):
    window.press('Ports to scan')
    window.type_into('Port list', ports)
    window.key('Return')
    window.type_into('Target', target)
    window.press('_Scan')


def wait_for_target(window, text):
    wait_for(f'{text!r} in the entry', lambda: text_of(window.entry('Target')) == text)


def names_of_rows(rows):
    return [row.get_name() for row in children(rows) if row.get_role() == Atspi.Role.LIST_ITEM]


def offered(window):
    """The rows of the list below the entry; none if it is closed."""
    rows = find_first(window.root, Atspi.Role.LIST, 'Earlier targets')
    return names_of_rows(rows) if rows is not None else []


# Losing this: what has changed in a network since last time takes an expert to find out.
@tap.case('the last scan is repeated, and what is new since then is shown')
def news():
    forget()
    with listeners(2) as ports:
        keep('127.0.0.1', 1, [CLOSED, *ports])      # both are new, CLOSED is gone
        keep('192.0.2.9', 2, [CLOSED], status='stopped')
        with Window() as window:
            window.wait_for_text('Last scan of 127.0.0.1: 20 November 2025')
            window.press('Scan Again and Show What Is New')
            window.wait_for_text('Since 20 November 2025: 2 newly open ports, 1 port no longer open.')
            wait_for_target(window, '127.0.0.1')
            window.key('Escape')
            window.wait_for_text('today ')
            wait_for('the scan to be kept', lambda: len(kept()) == 3)


# Losing this: a user who stops the second scan is shown half of a network as gone.
@tap.case('a repeated scan that is stopped is not compared')
def news_stopped():
    forget()
    keep('127.0.0.1-64', 1, range(1, 60999))
    with Window() as window:
        window.press('Scan Again and Show What Is New')
        window.wait_for_text('since ')
        window.press('_Pause')
        window.press('_Stop')
        window.wait_for_text('stopped after ')
        time.sleep(1)
        tap.true(not window.exists(Atspi.Role.LABEL, 'Since 20 November'), 'no comparison')


# Losing this: targets have to be typed again, or the list is there for the mouse only.
@tap.case('earlier targets are offered by Down and while typing, and taken by keyboard')
def completion():
    forget()
    keep('127.0.0.3', 1, [CLOSED])
    keep('127.0.0.1 127.0.0.4', 2, [CLOSED])
    with Window() as window:
        window.wait_for_text('Recent Scans')
        window.wait_for_focus('Target')
        window.key('Down')
        window.wait_for_focus('127.0.0.1 127.0.0.4')
        window.key('Down')
        window.wait_for_focus('127.0.0.3')
        window.key('Up', 'Up')
        window.wait_for_focus('Target')
        window.key('Escape')
        wait_for('the list to close', lambda: not offered(window))

        window.type('0.3')
        wait_for('the one that contains it', lambda: offered(window) == ['127.0.0.3'])
        window.key('Down')
        window.wait_for_focus('127.0.0.3')
        window.key('Return')
        wait_for_target(window, '127.0.0.3')
        window.wait_for_focus('Target')
        tap.equal(offered(window), [], 'what is offered')

        # What is scanned now is on top next time.
        window.key('Return')
        window.wait_for_text('1 host up · ')
        window.key('ctrl+l', 'BackSpace', 'Down')
        window.wait_for_focus('127.0.0.3')
        window.key('Escape')
        window.wait_for_focus('Target')


# Losing this: a user who removes all scans leaves traces of what was scanned.
@tap.case('earlier targets are forgotten with the recent scans')
def cleared():
    forget()
    with Window() as window:
        scan(window, '127.0.0.1', str(CLOSED))
        window.wait_for_text('1 host up · ')
        wait_for('the scan to be kept', lambda: len(kept()) == 1)
        window.open_dialog('ctrl+h')
        window.press('_Remove All…')
        window.wait_for_windows(3)
        window.press('_Remove')
        wait_for('the scan to go', lambda: not kept())
        window.wait_for_windows(2)
        window.key('Escape')
        window.wait_for_windows(1)
        window.key('ctrl+l')
        window.wait_for_focus('Target')
        window.key('BackSpace', 'Down')
        tap.equal(offered(window), [], 'what is offered')


# Losing this: the scan of yesterday has to be found in a folder that nobody knows.
@tap.case('Compare offers earlier scans of the same targets before other files')
def compare():
    forget()
    with listeners(1) as ports:
        keep('127.0.0.1', 1, [CLOSED, *ports])
        keep('192.0.2.1', 2, [CLOSED])
        with Window() as window:
            scan(window, '127.0.0.1', ','.join(map(str, [*ports, CLOSED])))
            window.wait_for_text('1 host up · ')
            wait_for('the scan to be kept', lambda: len(kept()) == 3)
            window.open_dialog('ctrl+d')
            dialog = window.dialog('Compare With')
            window.find(Atspi.Role.LABEL, 'Earlier scans of 127.0.0.1', dialog)
            rows = window.find(Atspi.Role.LIST, 'Earlier scans', dialog)
            tap.equal(names_of_rows(rows), ['20 November 2025 · 1 host up · 1 open port'], 'those that are offered')
            window.key('Return')
            window.wait_for_windows(1)
            window.wait_for_text('1 newly open port')

            window.key('Escape')
            window.open_dialog('ctrl+d')
            window.press('Other _File…')
            window.has_had_file_dialog = True
            window.find(Atspi.Role.PUSH_BUTTON, 'Compare')
            window.key('Escape')


if __name__ == '__main__':
    tap.main()
