#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters the results, by typing and with the buttons for states."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

from road_window import Atspi, Window, find_all, listeners, tap, text_of, wait_for

ENTRY = 'Filter results'
CLOSED = 9      # discard: nobody listens there on loopback


def make_report(folder):
    """A report of three hosts: one with many closed ports, one with a name, one without open ports."""
    def port(number, state='open'):
        reason = 'syn-ack' if state == 'open' else 'no-response'
        return {'port': number, 'state': state, 'reason': reason, 'latency_ms': number / 10}
    hosts = [
        ('192.0.2.1', [], [port(22), port(80), port(443)], '1000-1999'),
        ('192.0.2.2', ['nas.example'], [port(22), port(25, 'filtered')], None),
        ('192.0.2.3', [], [], '100-199'),
    ]
    report = {
        'format': 'roadstead-report', 'version': 1, 'targets': '192.0.2.1-3', 'status': 'finished',
        'hosts': [{
            'address': address, 'names': [{'name': name, 'type': 'PTR'} for name in names], 'state': 'up', 'reason': 'syn-ack', 'ports': ports,
            'unlisted': [] if closed is None else
            [{'state': 'closed', 'reason': 'conn-refused', 'ports': closed}],
        } for address, names, ports, closed in hosts],
    }
    path = os.path.join(folder, 'report.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(report, file)
    return path


def wait_for_titles(window, *titles):
    """Waits until the rows begin with these texts."""
    window.wait_for_rows(f'rows {titles}', lambda rows: [row[0] for row in rows] == list(titles))


def find_entry(window):
    return window.find(Atspi.Role.ENTRY, ENTRY)


def wait_for_closed(window):
    wait_for('the bar to close', lambda: not [
        entry for entry in find_all(window.root, Atspi.Role.ENTRY, ENTRY)
        if entry.get_state_set().contains(Atspi.StateType.SHOWING)])


def filter_by(window, text):
    window.key('ctrl+f')
    window.wait_for_focus(ENTRY)
    window.key('ctrl+a')
    window.type(text)
    wait_for(f'{text!r} in the entry', lambda: text_of(find_entry(window)) == text)


def is_pressed(window, name):
    return window.find(Atspi.Role.PUSH_BUTTON, name).get_state_set().contains(
        Atspi.StateType.PRESSED)


def with_report(test):
    def run():
        with tempfile.TemporaryDirectory() as folder, Window(make_report(folder)) as window:
            window.wait_for_rows('the hosts', lambda rows: len(rows) >= 3)
            test(window, folder)
    return run


# Losing this: results cannot be filtered, or the filter cannot be left.
@tap.case('Ctrl+F filters, Escape shows everything again')
@with_report
def by_keyboard(window, _):
    before = [row[0] for row in window.rows()]
    window.key('ctrl+f')
    window.wait_for_focus(ENTRY)
    window.type('22')
    wait_for_titles(window, '192.0.2.1', '22', 'nas.example', '22')
    window.key('Escape')
    wait_for_titles(window, *before)
    wait_for_closed(window)

    # Closed ports are a count, unless a few of them are asked for.
    window.key('ctrl+f')
    window.wait_for_focus(ENTRY)
    window.type('port:80,100,1000-1001')
    wait_for_titles(window, '192.0.2.1', '80', '1000', '1001', '192.0.2.3', '100')
    window.key('ctrl+a')
    window.type('host:nas !open')
    wait_for_titles(window, 'nas.example', '25')

    # To the results and back.
    window.key('Return')
    wait_for('a row with the focus', lambda: [
        row for row in window.row_nodes()
        if row.get_state_set().contains(Atspi.StateType.FOCUSED)])
    window.key('ctrl+f')
    window.wait_for_focus(ENTRY)


# Losing this: one has to know Ctrl+F.
@tap.case('typing in the results starts the filter')
@with_report
def typing(window, _):
    window.click(wait_for('a row', lambda: [
        label for label in find_all(window.results(), Atspi.Role.LABEL, '192.0.2.1')])[0])
    wait_for('it to be selected', lambda: window.selected_rows() == ['192.0.2.1'])
    window.type('ssh')
    window.wait_for_focus(ENTRY)
    wait_for('the text in the entry', lambda: text_of(find_entry(window)) == 'ssh')
    wait_for_titles(window, '192.0.2.1', '22', 'nas.example', '22')

    # Again, with the bar open.
    window.key('Down')
    wait_for('the focus on a row', lambda: [
        row for row in window.row_nodes()
        if row.get_state_set().contains(Atspi.StateType.FOCUSED)])
    window.type('x')
    wait_for('more text in the entry', lambda: text_of(find_entry(window)) == 'sshx')

    # Escape in the results closes it too.
    window.key('BackSpace', 'Down')
    wait_for('the focus on a row', lambda: [
        row for row in window.row_nodes()
        if row.get_state_set().contains(Atspi.StateType.FOCUSED)])
    window.key('Escape')
    wait_for_closed(window)
    window.wait_for_rows('all rows', lambda rows: len(rows) > 4)


# Losing this: the buttons do nothing, or their numbers are wrong.
@tap.case('buttons show states and count the ports that match')
@with_report
def states(window, _):
    window.key('ctrl+f')
    for name in ('Open 4', 'Filtered 1', 'Closed 1100'):
        window.find(Atspi.Role.PUSH_BUTTON, name)
    window.press('Closed 1100')
    wait_for_titles(window, '192.0.2.1', '1000 closed ports', '192.0.2.3', '100 closed ports')
    window.press('Filtered 1')
    wait_for_titles(window, '192.0.2.1', '1000 closed ports', 'nas.example', '25', '192.0.2.3',
                    '100 closed ports')
    tap.true(is_pressed(window, 'Closed'), 'the button is pressed')
    filter_by(window, '!22 port:101-1099,25,80,443')
    wait_for_titles(window, '192.0.2.1', '100 closed ports', 'nas.example', '25', '192.0.2.3',
                    '99 closed ports')
    for name in ('Open 2', 'Filtered 1', 'Closed 199'):
        window.find(Atspi.Role.PUSH_BUTTON, name)
    window.key('Escape')
    wait_for('all rows', lambda: any(row[0] == '22' for row in window.rows()))
    window.key('ctrl+f')
    tap.true(not is_pressed(window, 'Closed'), 'Escape cleared it')


# Losing this: a typing error filters nothing and nobody learns why.
@tap.case('an unknown term is marked, no matches can be left')
@with_report
def faults(window, _):
    window.key('ctrl+f')
    filter_by(window, 'open colour:red')
    entry = find_entry(window)
    wait_for('the explanation', lambda: 'colour:red' in entry.get_description())
    window.wait_for_text('colour:red')
    wait_for_titles(window, '192.0.2.1', '22', '80', '443', 'nas.example', '22')

    filter_by(window, 'gopher')
    wait_for('no explanation', lambda: not entry.get_description())
    window.wait_for_text('No matches')
    window.press('Clear Filter')
    window.wait_for_rows('all rows', lambda rows: len(rows) >= 3)
    tap.equal(text_of(find_entry(window)), '', 'the text')
    window.wait_for_focus(ENTRY)


# Losing this: what is copied is not what is shown, or a saved file lacks what is hidden.
@tap.case('copies what matches, saves everything')
@with_report
def copying(window, folder):
    window.key('ctrl+f')
    filter_by(window, '1000-1001')
    wait_for_titles(window, '192.0.2.1', '1000', '1001')
    window.key('Return', 'ctrl+a')
    wait_for('all to be selected', lambda: len(window.selected_rows()) == 3)
    window.key('ctrl+c')
    if shutil.which('xclip') is not None:
        text = wait_for('the rows', lambda: subprocess.run(
            ['xclip', '-selection', 'clipboard', '-out'], capture_output=True, text=True,
            check=False, timeout=10).stdout)
        tap.equal([line.split('\t')[2] for line in text.splitlines()], ['', '1000', '1001'],
                  'the rows')

    path = os.path.join(folder, 'saved.json')
    window.key('ctrl+s')
    window.save_in(path)
    wait_for('the file', lambda: os.path.exists(path) and os.path.getsize(path) > 0)
    with open(path, encoding='utf-8') as file:
        saved = json.load(file)
    tap.equal(len(saved['hosts']), 3, 'hosts')
    tap.equal(len(saved['hosts'][0]['ports']), 3, 'ports of the first')


# Losing this: a filter is forgotten when a scan starts, or hides what comes in.
@tap.case('a filter holds while a scan runs')
def scanning():
    with listeners(2) as ports, Window() as window:
        window.press('Ports to scan')
        window.type_into('Port list', ','.join(map(str, [*ports, CLOSED])))
        window.key('Return')
        window.type_into('Target', '127.0.0.1')
        window.press('_Scan')
        window.wait_for_text('1 host up · ')
        wait_for_titles(window, 'localhost', *map(str, ports), str(CLOSED))
        window.key('ctrl+f')
        filter_by(window, f'!{ports[0]} open')
        wait_for_titles(window, 'localhost', str(ports[1]))

        window.type_into('Target', '127.0.0.1-3')
        window.press('_Scan')
        window.wait_for_text('3 hosts up · ')
        wait_for_titles(window, 'localhost', str(ports[1]))
        filter_by(window, str(CLOSED))
        window.wait_for_rows('the port on each host', lambda rows: [row[0] for row in rows][1::2] ==
                             [str(CLOSED)] * 3)
        window.find(Atspi.Role.PUSH_BUTTON, 'Closed 3')


# Losing this: nobody learns of the filter.
@tap.case('the filter is in the menu and among the shortcuts')
@with_report
def documented(window, _):
    window.key('F10')
    window.press('Filter Results')
    window.wait_for_focus(ENTRY)
    window.open_dialog('ctrl+question')
    for title in ('Filter results', 'Clear filter'):
        tap.true(find_all(window.root, name=title), f'{title} is listed')


if __name__ == '__main__':
    tap.main()
