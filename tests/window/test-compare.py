#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparing in the window: with a file, two files, a running scan; errors."""

import contextlib
import json
import os
import tempfile

from road_window import (Atspi, Failure, GLib, Window, children, find_all, find_first, listeners,
                         tap, wait_for)


def host(address, name, ports, closed='', state='up'):
    return {'address': address, 'names': [{'name': name, 'type': 'PTR'}] if name else [],
            'other_addresses': [], 'state': state, 'reason': 'syn-ack',
            'ports': [{'port': port, 'state': 'open', 'reason': 'syn-ack'} for port in ports],
            'unlisted': [{'state': 'closed', 'reason': 'conn-refused', 'ports': closed}]
            if closed else []}


def report(started, hosts, targets='192.168.1.0/24', ports='1-1000', down=250):
    return {'format': 'roadstead-report', 'version': 1,
            'scanner': {'name': 'Roadstead', 'version': '0.1.0'}, 'targets': targets,
            'profile': {'ports': ports}, 'started': started, 'finished': started, 'elapsed': 3,
            'status': 'finished', 'hosts': hosts,
            'summary': {'n_targets': 256, 'n_unlisted_down': down}}


OLD = report('2026-10-03T12:00:00+00:00', [
    host('192.168.1.1', 'router.lan', [53, 80]),
    host('192.168.1.20', 'nas.lan', [22, 80], '443'),
    host('192.168.1.50', 'old.lan', [22])])
NEW = report('2026-11-20T09:00:00+00:00', [
    host('192.168.1.1', 'router.lan', [53, 80]),
    host('192.168.1.20', 'nas.lan', [22, 443], '80'),
    host('192.168.1.77', None, [554])])
SUMMARY = ('Since 3 October 2026: 1 new host, 1 host gone, 2 newly open ports, '
           '2 ports no longer open.')
# First the hosts with something new.
DIFFERENCES = [
    ['nas.lan', '192.168.1.20', '~', 'changed', 'up'],
    ['80', '−', 'gone', 'open → closed', 'http'],
    ['443', '+', 'new', 'closed → open', 'https'],
    ['192.168.1.77', '+', 'new', 'down → up'],
    ['554', '+', 'new', 'host down → open', 'rtsp'],
    ['old.lan', '192.168.1.50', '−', 'gone', 'up → down'],
    ['22', '−', 'gone', 'open → host down', 'ssh'],
]


@contextlib.contextmanager
def files(**contents):
    """Writes files with these contents; returns their paths, and that of the folder at the end."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, content in contents.items():
            paths.append(os.path.join(folder, name + '.json'))
            with open(paths[-1], 'w', encoding='utf-8') as file:
                file.write(content if isinstance(content, str) else json.dumps(content))
        yield (*paths, folder)


def choose(window, title, path):
    """Selects a file in the dialog with that title by typing its path."""
    dialog = window.dialog(title)
    window.wait_for_windows(2)
    window.type_path(dialog, path)
    window.key('Return')


def compare(window, path):
    window.key('ctrl+d')
    choose(window, 'Compare With', path)


def differences(window):
    """The rows of the comparison. Those of the results are in the tree too, but not on the screen."""
    try:
        table = find_first(window.frame, Atspi.Role.TREE_TABLE, 'Differences')
        body = find_all(table, Atspi.Role.LIST)[0]
        rows = [row for row in children(body) if row.get_role() == Atspi.Role.TABLE_ROW]
        return [[label.get_name() for label in find_all(row, Atspi.Role.LABEL)] for row in rows]
    except (GLib.Error, IndexError, AttributeError):
        return []


def wait_for_differences(window, wanted):
    try:
        wait_for('the differences', lambda: differences(window) == wanted)
    except Failure as failure:
        raise Failure(f'{failure}; there are {differences(window)!r}') from None


def wait_for_end(window):
    """Waits until no comparison is shown."""
    wait_for('the results', lambda: not window.exists(Atspi.Role.LABEL, 'Since 3 October'))


# Losing this: users cannot find out what changed since last month.
@tap.case('what is shown is compared with a file; back and again with Escape')
def with_file():
    with files(old=OLD, new=NEW) as (old, new, _), Window(new) as window:
        window.wait_for_rows('the report', lambda r: len(r) > 6)
        window.key('F10')
        window.press('Compare…')
        choose(window, 'Compare With', old)
        window.wait_for_text(SUMMARY)
        wait_for_differences(window, DIFFERENCES)
        window.wait_for_text('192.168.1.0/24, 3 October 2026, 12:00')

        window.key('Escape')
        wait_for_end(window)
        compare(window, old)
        window.wait_for_text(SUMMARY)
        window.press('Back to Results')
        wait_for_end(window)


# Losing this: new and gone are mixed up if the older results are the ones on the screen.
@tap.case('the older one is what is compared with, whichever is shown')
def older_shown():
    with files(old=OLD, new=NEW) as (old, new, _), Window(old) as window:
        window.wait_for_rows('the report', lambda r: len(r) > 6)
        compare(window, new)
        window.wait_for_text(SUMMARY)
        wait_for_differences(window, DIFFERENCES)


def web(version, end):
    """A host with a web server of this version, whose certificate ends on this day."""
    server = host('192.168.1.1', 'router.lan', [443])
    server['ports'][0].update(service='ssl/http', confidence=10, product='nginx', product_version=version)
    server['notes'] = [{'port': 443, 'name': 'ssl-cert',
                        'text': f'Subject: commonName=router\nNot valid after:  {end}T00:00:00'}]
    return server


# Losing this: an update, or a new certificate, is no difference.
@tap.case('another version and a renewed certificate')
def services():
    old = report('2026-10-03T12:00:00+00:00', [web('1.22', '2026-12-01')])
    new = report('2026-11-20T09:00:00+00:00', [web('1.24', '2027-12-01')])
    with files(old=old, new=new) as (old, new, _), Window(new) as window:
        window.wait_for_rows('the report', lambda rows: len(rows) >= 2)
        compare(window, old)
        wait_for_differences(window, [
            ['router.lan', '192.168.1.1', '~', 'changed', 'up'],
            ['443', '~', 'changed', 'open', 'ssl/http · nginx 1.22 → nginx 1.24 · certificate renewed'],
        ])


# Losing this: two files cannot be compared without opening one of them first.
@tap.case('two files, with nothing shown')
def two_files():
    with files(old=OLD, new=NEW) as (old, new, _), Window() as window:
        window.find(name='Which ports are open?')
        window.key('ctrl+d')
        choose(window, 'Choose the First Scan', new)
        choose(window, 'Compare With', old)
        window.wait_for_text(SUMMARY)
        window.key('Escape')
        wait_for_end(window)


@tap.case('unchanged hosts and ports on request, and Left and Right fold')
def unchanged():
    with files(old=OLD, new=NEW) as (old, new, _), Window(new) as window:
        window.wait_for_rows('the report', lambda r: len(r) > 6)
        compare(window, old)
        wait_for_differences(window, DIFFERENCES)
        window.key('Left')
        wait_for_differences(window, [DIFFERENCES[0], *DIFFERENCES[3:]])
        window.key('Right')
        wait_for_differences(window, DIFFERENCES)
        window.key('alt+u')
        wait_for('what did not change', lambda: len(differences(window)) > len(DIFFERENCES))
        rows = differences(window)
        tap.true(['router.lan', '192.168.1.1', '=', 'unchanged', 'up'] in rows, f'{rows!r}')
        tap.true(['22', '=', 'unchanged', 'open', 'ssh'] in rows, f'{rows!r}')
        window.key('alt+u')
        wait_for_differences(window, DIFFERENCES)


# Losing this: an empty page, which could mean no changes or an error.
@tap.case('nothing changed: the window says so')
def nothing_changed():
    with files(old=OLD, same={**OLD, 'started': '2026-10-04T12:00:00+00:00'}) as (old, same, _), \
            Window(same) as window:
        window.wait_for_rows('the report', lambda r: len(r) > 5)
        compare(window, old)
        window.wait_for_text('No differences since 3 October 2026.')
        tap.equal(differences(window), [], 'rows')


# Losing this: fewer ports, or another network, look like an alarm.
@tap.case('what only one scan looked at is no difference, and is named')
def coverage():
    other = report('2026-11-20T09:00:00+00:00', [host('192.168.1.20', 'nas.lan', [22]),
                                                host('192.168.2.9', None, [22])],
                   targets='192.168.1.20 192.168.2.0/24', ports='22')
    with files(old=OLD, other=other) as (old, other, _), Window(other) as window:
        window.wait_for_rows('the report', lambda r: len(r) > 3)
        compare(window, old)
        window.wait_for_text('No differences since 3 October 2026.')
        window.wait_for_text('Not compared because only one of the scans covered them: 3 hosts, '
                             '1 open port.')


@tap.case('saved as JSON and as text')
def save():
    with files(old=OLD, new=NEW) as (old, new, folder), Window(new) as window:
        window.wait_for_rows('the report', lambda r: len(r) > 6)
        compare(window, old)
        window.wait_for_text(SUMMARY)
        for name, beginning in (('out.json', '{\n"format": "roadstead-comparison"'),
                                ('out.txt', '--- 192.168.1.0/24, 3 October 2026')):
            path = os.path.join(folder, name)
            window.key('ctrl+s')
            window.find(name='Save Comparison')
            window.save_in(path)
            wait_for(f'{path} to be written', lambda path=path: os.path.getsize(path) > 0)
            with open(path, encoding='utf-8') as file:
                tap.true(file.read().startswith(beginning), f'{name} begins with {beginning!r}')
        window.wait_for_windows(1)


# Losing this: an invalid file is accepted, or the window does not say what is wrong with it.
@tap.case('a broken file is named, and the results stay')
def broken():
    with files(new=NEW, broken='{"format": ') as (new, path, _), Window(new) as window:
        rows = window.wait_for_rows('the report', lambda r: len(r) > 6)
        compare(window, path)
        tap.true('broken.json' in window.find(Atspi.Role.ALERT).get_name(), 'the file is named')
        window.wait_for_rows('the report', lambda r: r == rows)


@tap.case('no file chosen: nothing happens')
def none_chosen():
    with files(new=NEW) as (new, _), Window(new) as window:
        rows = window.wait_for_rows('the report', lambda r: len(r) > 6)
        window.key('ctrl+d')
        window.find(name='Compare With')
        window.wait_for_windows(2)
        window.key('Escape')
        window.wait_for_windows(1)
        tap.equal(window.rows(), rows, 'rows')


# Losing this: the changes found by a scan of hours are shown only at its end, or never.
@tap.case('with a running scan, up to date until it ends')
def running():
    with listeners(2) as ports:
        old = report('2026-10-03T12:00:00+00:00', [
            {**host('127.0.0.1', None, [ports[0]]),
             'unlisted': [{'state': 'closed', 'reason': 'conn-refused', 'ports': str(ports[1])}]}],
            targets='127.0.0.1', ports=','.join(map(str, ports)), down=0)
        # Scanning all ports takes longer than selecting a file. If the scan ends first, that does no harm.
        with files(old=old) as (path, _), Window() as window:
            window.press('Ports to scan')
            window.type_into('Port list', '1-65535')
            window.key('Return')
            window.wait_for_focus('Ports to scan')
            window.type_into('Target', '127.0.0.1')
            window.press('_Scan')
            window.find(Atspi.Role.FRAME, '127.0.0.1')
            compare(window, path)
            window.wait_for_text('Since 3 October 2026: 1 newly open port.')
            wait_for('the port', lambda: any(
                row[:3] == [str(ports[1]), '+', 'new'] for row in differences(window)))
            wait_for('the end', lambda: find_first(window.frame, Atspi.Role.LABEL, 'still running')
                     is None)
            window.wait_for_text('Since 3 October 2026: 1 newly open port.')


# Losing this: the results of a new scan are hidden behind an old comparison.
@tap.case('a new scan takes the place of the comparison')
def scan_ends_comparison():
    with files(old=OLD, new=NEW) as (old, new, _), listeners(1) as ports, Window(new) as window:
        window.wait_for_rows('the report', lambda r: len(r) > 6)
        compare(window, old)
        window.wait_for_text(SUMMARY)
        window.press('Ports to scan')
        window.type_into('Port list', str(ports[0]))
        window.key('Return')
        window.type_into('Target', '127.0.0.1')
        window.press('_Scan')
        window.wait_for_text('1 host up · 1 open port')
        wait_for_end(window)


if __name__ == '__main__':
    tap.main()
