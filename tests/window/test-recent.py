#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recent scans: in the list after a restart, opened, removed, restored."""

import json
import os
import subprocess

from road_window import Atspi, Window, children, listeners, tap, wait_for

FOLDER = os.path.join(os.environ['XDG_STATE_HOME'], 'roadstead', 'scans')
CLOSED = 9      # discard: nobody listens there on loopback


def scan(window, target, ports):
    window.press('Ports to scan')
    window.type_into('Port list', ports)
    window.key('Return')
    window.type_into('Target', target)
    window.press('_Scan')


def kept():
    """The names of the files of recent scans, oldest first."""
    return sorted(name for name in os.listdir(FOLDER) if name.endswith('.json')) \
        if os.path.isdir(FOLDER) else []


def forget():
    for name in kept():
        os.unlink(os.path.join(FOLDER, name))


def wait_for_kept(count):
    wait_for(f'{count} scans to be kept', lambda: len(kept()) == count)


def keep(targets, minute, port=22):
    """A scan as Roadstead saves it among the recent ones."""
    os.makedirs(FOLDER, mode=0o700, exist_ok=True)
    name = f'2026-11-20T10-{minute:02}-00Z-00000000.json'
    time = f'2026-11-20T10:{minute:02}:00.000000+00:00'
    with open(os.path.join(FOLDER, name), 'w', encoding='utf-8') as file:
        file.write('{\n"format": "roadstead-report",\n"version": 1,\n'
                   f'"targets": {json.dumps(targets)},\n"started": "{time}",\n'
                   f'"finished": "{time}",\n"elapsed": 1.5,\n"status": "finished",\n"hosts": [\n'
                   '{"address": "192.0.2.1", "state": "up", "reason": "syn-ack", "ports": '
                   f'[{{"port": {port}, "state": "open", "reason": "syn-ack"}}]}}\n],\n'
                   '"summary": {"n_targets": 1, "hosts": {"unknown": 0, "up": 1, "down": 0}, '
                   '"ports": {"unknown": 0, "open": 1, "closed": 0, "filtered": 0}}\n}\n')


def has(window, text):
    return window.exists(Atspi.Role.LABEL, text)


def open_row(window, name):
    window.click(window.find(Atspi.Role.LABEL, name, window.find(Atspi.Role.LIST, 'Recent Scans')))


def open_row_by_keyboard(window, name):
    window.tab_until('the list', lambda: [
        row for row in children(window.find(Atspi.Role.LIST, 'Recent Scans'))
        if row.get_name() == name and row.get_state_set().contains(Atspi.StateType.FOCUSED)])
    window.key('Return')


# Losing this: yesterday's results are gone because nobody saved them.
@tap.case('a scan is in the list after a restart, opens, is removed and taken back')
def kept_and_opened():
    forget()
    with listeners(2) as ports:
        with Window() as window:
            tap.true(not has(window, 'Recent Scans'), 'no list where there is nothing to list')
            scan(window, '127.0.0.1', ','.join(map(str, [*ports, CLOSED])))
            window.wait_for_text('1 host up · 2 open ports')
            wait_for_kept(1)

    with Window() as window:
        window.wait_for_text('Recent Scans')
        summary = window.wait_for_text('today ').get_name()
        tap.true('1 host up · 2 open ports' in summary, f'what came of it: {summary!r}')
        window.press('Remove 127.0.0.1')
        wait_for_kept(0)
        window.press('_Undo')
        wait_for_kept(1)
        open_row_by_keyboard(window, '127.0.0.1')
        window.wait_for_rows('both open ports', lambda rows: [
            int(row[0]) for row in rows if row[1:2] == ['open']] == ports)
        # An opened file needs no saving.
        window.key('ctrl+w')
        window.wait_for_end()
    wait_for_kept(1)


# Losing this: the list cannot be reached by keyboard, or after another scan.
@tap.case('the dialog lists all, and is closed by what is opened')
def dialog():
    forget()
    for minute in range(7):
        keep(f'192.0.2.{minute}', minute)
    with Window() as window:
        window.wait_for_text('192.0.2.6')
        tap.true(not has(window, '192.0.2.1'), 'only the latest are on the empty page')
        window.press('Show _All…')
        window.wait_for_windows(2)
        window.find(Atspi.Role.LABEL, '192.0.2.0')
        window.key('Escape')
        window.wait_for_windows(1)
        window.open_dialog('ctrl+h')
        open_row(window, '192.0.2.0')
        window.wait_for_windows(1)
        window.wait_for_rows('the scan', lambda rows: any(row[0] == '22' for row in rows))


# Losing this: what has changed since last time has to be found by eye.
@tap.case('what the window shows is compared with a recent scan')
def compare():
    forget()
    keep('192.0.2.1', 1)
    keep('192.0.2.1', 2, port=443)
    with Window() as window:
        window.open_dialog('ctrl+h')
        tap.true(not window.exists(Atspi.Role.PUSH_BUTTON, 'Compare'), 'nothing to compare yet')
        window.key('Return')
        window.wait_for_rows('the later scan', lambda rows: any(row[0] == '443' for row in rows))
        window.wait_for_windows(1)
        window.open_dialog('ctrl+h')
        window.press('Compare')     # the last, that is the earlier scan
        window.wait_for_windows(1)
        window.wait_for_text('since 20 November 2026, 10:01')


# Losing this: one wrong click removes all recent scans, or they cannot be removed.
@tap.case('all are removed only if the user agrees')
def clear():
    forget()
    for minute in range(3):
        keep(f'192.0.2.{minute}', minute)
    with Window() as window:
        window.open_dialog('ctrl+h')
        window.press('_Remove All…')
        window.wait_for_text('Remove all 3 recent scans?')
        window.press('_Cancel')
        window.wait_for_windows(2)
        tap.equal(len(kept()), 3, 'kept')
        window.press('_Remove All…')
        window.wait_for_windows(3)
        window.press('_Remove')
        wait_for_kept(0)
        window.wait_for_text('Scans appear here when they finish.')


# Losing this: a damaged file hides the others, or is deleted although it could be repaired.
@tap.case('a file that cannot be read is named and stays until it is removed')
def broken():
    forget()
    keep('192.0.2.1', 1)
    with open(os.path.join(FOLDER, 'cut-off.json'), 'w', encoding='utf-8') as file:
        file.write('{"format": "roadstead-report", "version": 1, "hosts": [')
    with Window() as window:
        window.wait_for_text('cut-off.json')
        window.wait_for_text('The file is incomplete: it may not have finished saving')
        window.wait_for_text('192.0.2.1')
        window.press('Remove cut-off.json')
        wait_for_kept(1)
        window.wait_for_text('192.0.2.1')


# Losing this: scans stay on disk although the user keeps none, or a scan to keep is removed.
@tap.case('fewer are kept only if the user agrees')
def maximum():
    forget()
    for minute in range(7):
        keep(f'192.0.2.{minute}', minute)

    def choose_five(window):
        window.key('alt+k')
        window.wait_for_windows(3)      # the list of choices is one
        window.key('Home', 'Down', 'Return')

    with Window() as window:
        window.open_dialog('ctrl+h')
        choose_five(window)
        window.wait_for_text('Remove the oldest 2 recent scans?')
        window.wait_for_windows(3)
        window.press('_Cancel')
        window.wait_for_windows(2)
        window.wait_for_text('20')
        tap.equal(len(kept()), 7, 'kept')
        choose_five(window)
        window.wait_for_text('Remove the oldest 2 recent scans?')
        window.press('_Remove')
        wait_for_kept(5)
        tap.true('10-02-' in kept()[0], f'the latest are left: {kept()!r}')


# Losing this: a long scan ended by closing the window is lost.
@tap.case('what a scan has found so far is kept when its window is closed')
def closed_while_running():
    forget()
    with Window() as window:
        scan(window, '127.0.0.1-64', '1-60999')
        window.wait_for_text(' left')
        window.press('_Pause')
        window.wait_for_rows('some hosts', lambda rows: len(rows) > 0)
        window.key('ctrl+w')
        # On a slow machine the scan has taken more than 10 s by now, so there is a question.
        wait_for('the window to close or to ask', lambda: window.process.poll() is not None
                 or window.exists(Atspi.Role.PUSH_BUTTON, 'Stop and _Close'))
        if window.process.poll() is None:
            window.press('Stop and _Close')
        window.wait_for_end()
    wait_for_kept(1)
    with open(os.path.join(FOLDER, kept()[0]), encoding='utf-8') as file:
        tap.equal(json.load(file)['status'], 'stopped', 'how it ended')


# Losing this: a full disk silently loses the results of a scan.
@tap.case('what cannot be kept is said, and can be tried again')
def cannot_keep():
    forget()
    if os.path.isdir(FOLDER):
        os.rmdir(FOLDER)
    with open(FOLDER, 'w', encoding='utf-8'):
        pass
    try:
        with Window() as window:
            scan(window, '127.0.0.1', str(CLOSED))
            window.wait_for_text('1 host up · ')
            bar = window.find(Atspi.Role.ALERT, 'could not be added')
            tap.true(FOLDER in bar.get_name(), f'it says what is in the way: {bar.get_name()!r}')
            os.unlink(FOLDER)
            window.press('_Try Again')
            wait_for_kept(1)
            wait_for('the message to go', lambda: not window.exists(Atspi.Role.ALERT, 'could not be added'))
    finally:
        if not os.path.isdir(FOLDER):
            os.unlink(FOLDER)


# Losing this: a scan from the command line leaves traces.
@tap.case('the command keeps nothing')
def command():
    forget()
    subprocess.run([os.environ['ROADSTEAD_CLI'], '-q', '-p', str(CLOSED), '127.0.0.1'], check=True,
                   stdout=subprocess.DEVNULL)
    tap.equal(kept(), [], 'what is kept')


if __name__ == '__main__':
    tap.main()
