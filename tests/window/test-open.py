#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening files of other scanners: versions are shown, and opening large files can be cancelled."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile

from road_window import Atspi, Failure, TIMEOUT, Window, tap, text_of, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, '..', 'unit', 'data')
MAKE_REPORT = os.path.join(HERE, '..', 'bench', 'make-report.py')


# Losing this: what nmap found about services is not shown.
@tap.case('nmap’s versions have a column, and are filled in to be scanned again')
def versions():
    with Window(os.path.join(DATA, 'nmap-versions')) as window:
        rows = window.wait_for_rows('the ports', lambda r: any('2222' in row for row in r))
        tap.true(any('Dropbear sshd 2022.83 (protocol 2.0)' in row for row in rows), f'{rows!r}')
        tap.true(any('Linux 5.3 - 5.4 (96%)' in row for row in rows), f'{rows!r}')
        window.find(Atspi.Role.LABEL, 'Version', window.results())
        wait_for('the targets', lambda: text_of(window.entry('Target')) ==
                 '192.0.2.20 192.0.2.21')


# Losing this: an empty column takes space from the others.
@tap.case('without versions there is no column for them')
def no_versions():
    with Window(os.path.join(DATA, 'nmap-repeated-host')) as window:
        window.wait_for_rows('the ports', lambda r: any('18080' in row for row in r))
        tap.true(not window.exists(Atspi.Role.LABEL, 'Version', window.results()), 'no column')


# Losing this: parts of a file are silently left out.
@tap.case('UDP ports are left out, and the window says so')
def udp():
    with Window(os.path.join(DATA, 'nmap-udp')) as window:
        tap.true('Some results in this file are not shown. 3 ports were skipped because they are not TCP ports' in
                 window.find(Atspi.Role.ALERT).get_name(), 'the sentence')


# Losing this: a name that was typed is missing, a host that timed out looks complete, or excluded addresses
# look as if they had been scanned.
@tap.case('all names of a host, one that was given up, a remark, and how many are excluded')
def names():
    def host(address, *user_names, **more):
        return {'address': address, 'names': [{'name': name, 'type': 'user'} for name in user_names], 'state': 'up',
                'ports': [{'port': 22, 'state': 'open'}], **more}

    report = {'format': 'roadstead-report', 'version': 1, 'targets': 'one.test two.test 10.0.0.0/30',
              'profile': {'host_timeout_ms': 1000}, 'status': 'finished',
              'hosts': [host('10.0.0.1', 'one.test', 'two.test', done=False, timed_out=True),
                        host('10.0.0.2', *'abcde', notes=[{'name': 'remark', 'text': 'Answers on every port'}])],
              'summary': {'n_targets': 2, 'n_excluded': 1234}}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(report, file)
        with Window(path) as window:
            rows = window.wait_for_rows('the hosts', lambda r: any('one.test, two.test' in row[0] for row in r))
            tap.true(any('up · timed out · 1 open' in row for row in rows), f'{rows!r}')
            tap.true(any('a, b, c and 2 more' in row[0] for row in rows), f'{rows!r}')
            tap.true(any('Answers on every port' in row for row in rows), f'{rows!r}')
            window.wait_for_text('1234 addresses excluded')


# Losing this: twelve addresses that gave no answer are not counted, or by two words that mean the same to the user.
@tap.case('every address is accounted for')
def accounts():
    hosts = [{'address': f'10.0.0.{n}', 'state': state, 'ports': [{'port': 22, 'state': 'filtered'}] if n > 4 else []}
             for n, state in enumerate(['up', 'up', 'down', 'down', 'unknown', 'unknown'], 1)]
    report = {'format': 'roadstead-report', 'version': 1, 'targets': '10.0.0.0/28', 'hosts': hosts}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.json')
        for status, text in (('finished', '2 hosts up · 14 not responding · no open ports'),
                             ('stopped', 'Stopped · 2 hosts up · 4 not responding · 10 not scanned · ')):
            with open(path, 'w', encoding='utf-8') as file:
                json.dump(report | {'status': status, 'summary': {'n_targets': 16}}, file)
            with Window(path) as window:
                window.wait_for_text(text)


# Losing this: a report can be given to somebody on paper only by way of a browser.
@tap.case('Print asks how to print the results, and is not offered without any')
def print_dialog():
    def find_item(window):
        window.key('F10')
        return window.find(Atspi.Role.MENU_ITEM, 'Print…')

    with Window() as window:
        item = find_item(window)
        tap.true(not item.get_state_set().contains(Atspi.StateType.SENSITIVE), 'nothing to print')
    report = {'format': 'roadstead-report', 'version': 1, 'targets': '10.0.0.1', 'status': 'finished',
              'hosts': [{'address': '10.0.0.1', 'state': 'up'}]}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(report, file)
        with Window(path) as window:
            window.wait_for_rows('the host', lambda rows: rows)
            item = find_item(window)
            wait_for('it to be chosen', lambda: Atspi.Action.do_action(item, 0))
            window.dialog('Print')
            window.find(Atspi.Role.PUSH_BUTTON, 'Cancel')
            window.key('Escape')
            window.wait_for_windows(1)


# Losing this: opening a large file cannot be cancelled.
@tap.case('a large file shows how far it is, and Escape and Cancel stop it')
def cancel():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'large.xml')
        with open(path, 'wb') as file:
            subprocess.run([sys.executable, MAKE_REPORT, 'masscan', '1000', '1000'], stdout=file,
                           check=True)
        with Window(path) as window:
            window.find(Atspi.Role.PROGRESS_BAR, 'Opening progress')
            window.wait_for_text('Opening “large.xml”…')
            window.key('Escape')
            window.wait_for_text('Which ports are open?')
            tap.true(not window.exists(Atspi.Role.ALERT), 'nothing is complained of')
        with Window(path) as window:
            window.find(Atspi.Role.PROGRESS_BAR, 'Opening progress')
            window.press('_Cancel')
            window.wait_for_text('Which ports are open?')


# Losing this: the window looks idle for ever, or its thread waits until the program ends.
@tap.case('a pipe is waited for, can be given up, and is opened when somebody writes')
def pipe():
    report = {'format': 'roadstead-report', 'version': 1, 'targets': '10.0.0.1', 'status': 'finished',
              'hosts': [{'address': '10.0.0.1', 'state': 'up', 'ports': [{'port': 22, 'state': 'open'}]}]}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'pipe.json')
        os.mkfifo(path)
        with Window(path) as window:
            window.wait_for_text('Opening “pipe.json”…')
            window.press('_Cancel')
            window.wait_for_text('Which ports are open?')
            tap.true(not window.exists(Atspi.Role.ALERT), 'nothing is complained of')
        with Window(path) as window:
            window.wait_for_text('Opening “pipe.json”…')
            with open(path, 'w', encoding='utf-8') as file:
                json.dump(report, file)
            window.wait_for_rows('the ports', lambda r: any('22' in row for row in r))


# Losing this: a file with one long text freezes the window for minutes.
@tap.case('a script that answers with two million lines')
def long_text():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'long.xml')
        with open(path, 'w', encoding='ascii') as file:
            file.write('<nmaprun scanner="nmap" start="1"><host><status state="up"/><address addr="10.0.0.1"/>'
                       '<address addrtype="mac" addr="00:1B:21:00:00:20" vendor="' + 'v' * 20000000 + '"/>'
                       '<hostnames><hostname name="' + 'n' * 20000000 + '" type="PTR"/></hostnames><ports>'
                       '<port protocol="tcp" portid="22"><state state="open"/><script id="x" output="'
                       + 'o&#10;' * 2000000 + '"/></port></ports></host><runstats><finished time="2"/></runstats></nmaprun>')
        with Window(path) as window:
            window.wait_for_rows('the ports', lambda r: any('22' in row for row in r), 60)


# Losing this: whoever has the parts of a scan, from several machines, must use a terminal to see them as one.
@tap.case('several files become one report')
def merge():
    def report(address, port, started):
        return {'format': 'roadstead-report', 'version': 1, 'targets': address, 'status': 'finished', 'started': started,
                'hosts': [{'address': address, 'state': 'up', 'ports': [{'port': port, 'state': 'open'}]}]}

    def choose(window, key):
        window.key('F10')
        window.press('_Merge…')
        dialog = window.find(name='Merge Results')
        window.wait_for_windows(2)
        window.type_path(dialog, folder + '/')
        window.key('Return')
        window.find(name=os.path.basename(folder), root=dialog)
        # The list of files comes a moment later, and GTK 4.8 does not tell what is in it.
        for _ in range(5):
            window.key(key)
            window.press('_Merge', root=dialog)
            with contextlib.suppress(Failure):
                window.wait_for_windows(1, timeout=5)
                return
        window.wait_for_windows(1)

    with tempfile.TemporaryDirectory() as folder:
        for name, part in (('one', report('10.0.0.1', 22, '2026-01-01T10:00:00Z')),
                           ('two', report('10.0.0.2', 80, '2026-01-01T11:00:00Z'))):
            with open(os.path.join(folder, name + '.json'), 'w', encoding='utf-8') as file:
                json.dump(part, file)
        with Window() as window:
            choose(window, 'Down')
            window.find(Atspi.Role.ALERT, 'Choose at least two files')
            # On a busy machine GTK may have listed only one of the files yet.
            for timeout in (10, 10, TIMEOUT):
                choose(window, 'ctrl+a')
                with contextlib.suppress(Failure):
                    window.wait_for_rows('both hosts', lambda rows: [row[0] for row in rows if '10.0.0.' in row[0]] ==
                                         ['10.0.0.1', '10.0.0.2'], timeout)
                    break
            window.wait_for_text('2 hosts up · 2 open ports')
            tap.equal(text_of(window.entry('Target')), '10.0.0.1 10.0.0.2', 'the targets')


# Losing this: merging takes the place of a scan that runs.
@tap.case('while a scan runs, files are merged in a second window')
def merge_elsewhere():
    with Window() as window:
        window.press('Ports to scan')
        window.type_into('Port list', '1-60000')
        window.key('Return')
        window.type_into('Target', '127.0.0.1-64')
        window.press('_Scan')
        window.wait_for_text(' left')
        window.key('F10')
        window.press('_Merge…')
        window.wait_for_windows(3)
        window.key('Escape')
        window.wait_for_windows(2)
        window.key('ctrl+w')
        window.wait_for_windows(1)
        window.wait_for_text(' left')
        window.key('Escape')
        window.wait_for_text('Stopped · ')


if __name__ == '__main__':
    tap.main()
