#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window from typing a target to opening saved results, and errors on the way."""

import json
import os
import shutil
import tempfile
import time

from road_window import Atspi, Window, listeners, tap, text_of, wait_for

CLOSED = 9      # discard: nobody listens there on loopback


def port_list(ports):
    return ','.join(str(port) for port in ports)


def choose_ports(window, ports):
    window.press('Ports to scan')
    window.type_into('Port list', ports)
    window.key('Return')


def scan(window, target, ports):
    choose_ports(window, ports)
    window.type_into('Target', target)
    window.press('_Scan')


def open_ports(rows):
    return sorted(int(row[0]) for row in rows if len(row) > 1 and row[1] == 'open')


def save(window, path):
    window.key('ctrl+s')
    window.save_in(path)
    wait_for(f'{path} to be written', lambda: os.path.getsize(path) > 0)


# Losing this: a user types a target, presses Scan, and does not see what is open.
# Also: saved results cannot be opened, or look different.
@tap.case('scan, read the rows, save as JSON and text, open again: the same rows')
def scan_and_save():
    with tempfile.TemporaryDirectory() as folder, listeners(3) as ports:
        as_json = os.path.join(folder, 'report.json')
        as_text = os.path.join(folder, 'report.txt')

        with Window() as window:
            scan(window, '127.0.0.1', port_list([*ports, CLOSED]))
            window.wait_for_text('1 host up · 3 open ports')
            rows = window.wait_for_rows('three open ports', lambda r: open_ports(r) == ports)
            tap.true('127.0.0.1' in rows[0] and 'up · 3 open' in rows[0], f'the host: {rows[0]!r}')
            tap.true(any(row[:2] == [str(CLOSED), 'closed'] for row in rows),
                     f'port {CLOSED} is shown as closed: {rows!r}')

            window.toggle_row('127.0.0.1')
            window.wait_for_rows('one row once it is collapsed', lambda r: len(r) == 1)
            window.toggle_row('127.0.0.1')
            rows = window.wait_for_rows('the rows again', lambda r: open_ports(r) == ports)

            save(window, as_json)
            save(window, as_text)

        with open(as_json, encoding='utf-8') as file:
            report = json.load(file)
        tap.equal([port['port'] for port in report['hosts'][0]['ports'] if port['state'] == 'open'],
                  ports, 'open ports in the JSON')
        with open(as_text, encoding='utf-8') as file:
            text = file.read()
        for port in ports:
            tap.true(f'{port}/tcp ' in text, f'port {port} in the text: {text}')

        with Window(as_json) as window:
            window.wait_for_rows('the same rows from the file', lambda r: r == rows)
            window.wait_for_text('1 host up · 3 open ports')


# Losing this: a typing error starts a scan of something else, or nothing happens and the user does not learn
# why.
@tap.case('a wrong target is explained, the fault is selected, nothing starts')
def wrong_target():
    with Window() as window:
        entry = window.type_into('Target', '127.0.0.1 10.0.0.300')
        window.press('_Scan')
        wait_for('the explanation', entry.get_description)
        tap.true('300' in entry.get_description() or '255' in entry.get_description(),
                 f'the sentence says what is wrong: {entry.get_description()!r}')
        window.wait_for_text(entry.get_description())
        selection = wait_for('a selection', lambda: Atspi.Text.get_selection(entry, 0))
        tap.true(10 <= selection.start_offset < selection.end_offset == 20,
                 f'the fault is selected: {selection.start_offset} to {selection.end_offset}')
        # GTK 4.8 has INVALID instead of INVALID_ENTRY.
        states = entry.get_state_set()
        tap.true(states.contains(Atspi.StateType.INVALID_ENTRY)
                 or states.contains(Atspi.StateType.INVALID),
                 'the entry is marked as wrong for screen readers')
        tap.equal(window.rows(), [], 'rows')

        window.type_into('Target', '127.0.0.1')
        wait_for('the explanation to go', lambda: not entry.get_description())


@tap.case('an empty target is explained')
def empty_target():
    with Window() as window:
        window.press('_Scan')
        wait_for('the explanation', window.entry('Target').get_description)


@tap.case('a wrong list of ports is explained, the fault is selected, nothing starts')
def wrong_ports():
    with Window() as window:
        window.type_into('Target', '127.0.0.1')
        window.press('Ports to scan')
        entry = window.type_into('Port list', '22,99999')
        window.press('_Scan')
        wait_for('the explanation', entry.get_description)
        window.wait_for_text(entry.get_description())
        selection = wait_for('a selection', lambda: Atspi.Text.get_selection(entry, 0))
        tap.equal((selection.start_offset, selection.end_offset), (3, 8), 'the selection')
        tap.equal(window.rows(), [], 'rows')


# Losing this: the program cannot be used without a mouse.
@tap.case('everything from the keyboard')
def keyboard_only():
    with listeners(2) as ports, Window() as window:
        target = window.wait_for_focus('Target')
        window.type('127.0.0.1')
        wait_for('the target', lambda: text_of(target) == '127.0.0.1')
        window.key('Tab')
        window.wait_for_focus('Ports to scan')
        window.key('space')
        window.wait_for_focus('Common ports')
        window.key('alt+c')
        window.wait_for_focus('Port list')
        window.type(port_list(ports))
        wait_for('the ports', lambda: text_of(window.entry('Port list')) == port_list(ports))
        window.key('Return')
        window.wait_for_focus('Ports to scan')
        window.key('ctrl+l')
        window.wait_for_focus('Target')
        window.key('Return')
        window.wait_for_rows('two open ports', lambda r: open_ports(r) == ports)

        window.tab_until('the list', lambda: [
            row for row in window.row_nodes() if row.get_state_set().contains(Atspi.StateType.FOCUSED)])
        window.key('Down', 'Up', 'Left')
        window.wait_for_rows('one row once it is collapsed', lambda r: len(r) == 1)
        window.key('Right')
        window.wait_for_rows('the rows again', lambda r: open_ports(r) == ports)


# Losing this: targets from a terminal, a script or a file manager are ignored.
@tap.case('a target on the command line is filled in and not scanned')
def target_argument():
    with Window('127.0.0.1', '127.0.0.2') as window:
        tap.equal(text_of(window.entry('Target')), '127.0.0.1 127.0.0.2', 'the target')
        tap.true(window.find(Atspi.Role.PUSH_BUTTON, '_Scan'), 'Scan can be pressed')
        tap.equal(window.rows(), [], 'rows')


@tap.case('a file that is not a report gets one sentence')
def broken_file():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'broken.json')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('{"format": "roadstead-report", "version": 1, "hosts": [')
        with Window(path) as window:
            bar = window.find(Atspi.Role.ALERT)
            message = bar.get_name()
            tap.true(len(message.splitlines()) == 1, f'one line: {message!r}')
            tap.true(message.startswith('“broken.json” '), f'the file is named: {message!r}')
            window.press('Dismiss', bar)
            wait_for('the message to go', lambda: not window.exists(Atspi.Role.ALERT))
            tap.equal(window.rows(), [], 'rows')


@tap.case('a file that does not exist gets one sentence')
def missing_file():
    with Window('/nonexistent/report.json') as window:
        window.find(Atspi.Role.ALERT, '“report.json” does not exist.')


# Losing this: a scan of the wrong target cannot be stopped, or stopping it discards its results.
@tap.case('pause, resume and stop keep what was found')
def stop_keeps_results():
    with listeners(2) as ports, Window() as window:
        # The listeners are on the first of several hosts whose ports take long enough to scan.
        scan(window, '127.0.0.1-64', '1-60999')
        window.press('_Pause')
        window.wait_for_text('Paused · ')
        paused = window.find(Atspi.Role.LABEL, 'Paused · ').get_name()
        window.press('_Resume')
        window.wait_for_text(' left')
        tap.true(not window.exists(Atspi.Role.LABEL, paused), 'it goes on')
        window.key('Escape')
        window.wait_for_text('Stopped · ')
        window.find(Atspi.Role.PUSH_BUTTON, '_Scan')
        window.wait_for_rows('the hosts found so far', lambda r: len(r) > 0)
        del ports


# Losing this: a scan cannot be paused without walking through all its rows with Tab.
@tap.case('Ctrl+P pauses and resumes, F5 scans again what is shown')
def pause_keys():
    with listeners(2) as ports, Window() as window:
        scan(window, '127.0.0.1-64', '1-60999')
        window.wait_for_text('Scanning ')
        window.key('ctrl+p')
        window.wait_for_text('Paused · ')
        window.key('ctrl+p')
        window.wait_for_text(' left')
        window.key('Escape')
        window.wait_for_text('Stopped · ')

    with listeners(2) as ports, Window() as window:
        scan(window, '127.0.0.1', str(ports[0]))
        window.wait_for_rows('one open port', lambda r: open_ports(r) == ports[:1])
        # What the entries say by now does not matter.
        choose_ports(window, str(ports[1]))
        window.type_into('Target', '127.0.0.2')
        window.key('F5')
        window.wait_for_rows('the same port', lambda r: open_ports(r) == ports[:1])
        tap.true(window.frame.get_name().startswith('127.0.0.1 –'), 'the title')


# Losing this: whoever double-clicks on Scan has stopped the scan, and whoever has stopped it has to begin anew.
@tap.case('a double click on Scan does not stop; after Stop, Continue goes on')
def double_click_and_continue():
    shutil.rmtree(os.path.join(os.environ['XDG_STATE_HOME'], 'roadstead'), ignore_errors=True)
    with listeners(1) as ports, Window() as window:
        choose_ports(window, '1-60999')
        window.type_into('Target', '127.0.0.1-8')
        button = window.find(Atspi.Role.PUSH_BUTTON, '_Scan')
        window.click(button, count=2)
        window.wait_for_text('Scanning ')
        time.sleep(0.6)
        tap.true(not window.exists(Atspi.Role.PUSH_BUTTON, '_Continue'), 'it is not stopped')
        window.key('Escape')
        window.wait_for_text('Stopped · ')
        window.find(Atspi.Role.PUSH_BUTTON, '_Scan')
        window.press('_Continue')
        window.wait_for_text(' left')
        window.find(Atspi.Role.PUSH_BUTTON, '_Stop')
        window.wait_for_text('8 hosts up · ', timeout=120)
        tap.true(not window.exists(Atspi.Role.PUSH_BUTTON, '_Continue'), 'nothing to continue')
        # It is among the recent scans once.
        window.key('ctrl+h')
        dialog = window.dialog('Recent Scans')
        window.find(Atspi.Role.LABEL, '8 hosts up · ', dialog)
        wait_for('the first part to go', lambda: not window.exists(Atspi.Role.LABEL, 'Stopped', dialog))
        del ports


# Losing this: what a long scan has found cannot be handed over before it ends; or the file looks as if
# everything had been scanned.
@tap.case('Save As during a scan saves what was found so far, marked unfinished')
def save_while_running():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'part.json')
        with Window() as window:
            scan(window, '127.0.0.1-64', '1-60999')
            window.wait_for_text(' left')
            save(window, path)
            window.find(Atspi.Role.ALERT, 'The results so far were saved to “part.json”.')
            window.key('Escape')
            window.wait_for_text('Stopped · ')
        with open(path, encoding='utf-8') as file:
            report = json.load(file)
        tap.equal(report['status'], 'stopped', 'the status')
        tap.true(report['hosts'], 'there are hosts')
        with Window(path) as opened:
            opened.wait_for_text('Stopped · ')


# Losing this: sorting loses the selection and expansion, or sorts wrongly.
@tap.case('a click on a header sorts and keeps what is selected and expanded')
def sort_by_header():
    with listeners(2) as ports, Window() as window:
        scan(window, '127.0.0.1', port_list([*ports, CLOSED]))
        window.wait_for_rows('both open ports', lambda r: open_ports(r) == ports)
        numbers = [str(CLOSED), *map(str, ports)]

        def has_order(*order):
            return lambda rows: [row[0] for row in rows[1:]] == list(order)

        window.wait_for_rows('open ports first', has_order(*numbers[1:], numbers[0]))
        window.click(window.find(Atspi.Role.LABEL, str(ports[0]), window.results()))
        wait_for('the row to be selected', window.selected_rows)
        window.click(window.find(Atspi.Role.LABEL, 'Host / Port', window.results()))
        window.wait_for_rows('ports by number', has_order(*numbers))
        window.click(window.find(Atspi.Role.LABEL, 'State', window.results()))
        window.wait_for_rows('open ports first', has_order(*numbers[1:], numbers[0]))
        tap.equal(window.selected_rows(), [str(ports[0])], 'what is selected')
        window.click(window.find(Atspi.Role.LABEL, 'State', window.results()))
        window.wait_for_rows('closed ports first', has_order(*numbers))


# Losing this: closing the wrong window loses a long scan; or the program cannot be closed.
@tap.case('closing asks only where something that took long would be lost')
def closing():
    with Window() as window:
        scan(window, '127.0.0.1', str(CLOSED))
        window.wait_for_text('1 host up · ')
        window.key('ctrl+w')
        window.wait_for_end()

    with Window() as window:
        scan(window, '127.0.0.1-64', '1-60999')
        window.wait_for_text(' left')
        time.sleep(11)      # what took less time than 10 s is not asked about
        window.open_dialog('ctrl+q')
        window.press('_Cancel')
        window.wait_for_windows(1)
        window.find(Atspi.Role.PUSH_BUTTON, '_Stop')
        window.key('ctrl+q')
        window.press('Stop and _Close')
        window.wait_for_end()


# Losing this: two scans cannot be viewed side by side.
@tap.case('a second window')
def second_window():
    with Window() as window:
        window.open_dialog('ctrl+n')
        window.key('ctrl+w')
        window.wait_for_windows(1)
        window.key('ctrl+q')
        window.wait_for_end()


# Losing this: a typing error replaces good results by an empty list.
@tap.case('a name that does not exist leaves the results that are shown')
def unresolvable_alone():
    with listeners(1) as ports, Window() as window:
        scan(window, 'no-such-host.invalid', port_list(ports))
        window.find(Atspi.Role.ALERT, 'no-such-host.invalid')
        window.wait_for_text('Which ports are open?')
        window.type_into('Target', '127.0.0.1')
        window.press('_Scan')
        rows = window.wait_for_rows('the port', lambda r: open_ports(r) == ports)
        window.wait_for_text('1 host up · 1 open port')
        window.type_into('Target', 'no-such-host.invalid')
        window.press('_Scan')
        window.find(Atspi.Role.ALERT, 'no-such-host.invalid')
        tap.equal(window.rows(), rows, 'the rows')
        window.wait_for_text('1 host up · 1 open port')
        tap.true('127.0.0.1' in window.frame.get_name(), 'the title')


# Losing this: a quick look at one host means that a long scan that was stopped has to begin again.
@tap.case('after Scan This Host a stopped scan can still be continued')
def continue_after_again():
    with Window() as window:
        scan(window, '127.0.0.1-64', '1-60999')
        window.wait_for_text(' left')
        time.sleep(1)
        window.press('_Stop')
        window.wait_for_text('Stopped · ')
        window.choose_from_row_menu('localhost', 'Scan This Host')
        window.press('_Continue')
        window.wait_for_text(' left')


# Losing this: a second look at one host discards what is known of all others.
@tap.case('Scan This Host updates the host among the others')
def scan_host_again():
    with listeners(1) as ports, Window() as window:
        with listeners(1) as closing:
            both = sorted([*ports, *closing])
            scan(window, '127.0.0.1-3', port_list(both))
            window.wait_for_rows('two open ports', lambda r: open_ports(r) == both)
            window.wait_for_text('3 hosts up · 2 open ports')
        window.type_into('Target', '127.0.0.9')     # does not matter
        window.choose_from_row_menu('localhost', 'Scan This Host')
        window.wait_for_text('3 hosts up · 1 open port')
        rows = window.wait_for_rows('the host', lambda r: open_ports(r) == ports)
        tap.true(any(row[:2] == [str(closing[0]), 'closed'] for row in rows), f'{rows!r}')
        tap.true(any(row[0] == '127.0.0.2' for row in rows), f'{rows!r}')
        tap.equal(window.selected_rows(), ['localhost'], 'what is selected')

        # What has changed is marked until the next scan.
        window.wait_for_rows('the marks', lambda rows: any(
            row[:3] == [str(closing[0]), 'closed', '− was open'] for row in rows) and any(
                '~ 1 change' in row for row in rows))
        window.choose_from_row_menu('localhost', 'Scan This Host')
        window.wait_for_rows('no marks', lambda rows: rows and not any(
            'was open' in text or 'change' in text for row in rows for text in row))
        window.wait_for_text('3 hosts up · 1 open port')
        window.key('F5')
        window.wait_for_text('3 hosts up · 1 open port')
        tap.true('127.0.0.1-3' in window.frame.get_name(), 'the title')


# Losing this: one invalid name among the targets goes unnoticed.
@tap.case('a name that does not exist is reported and the others are scanned')
def unresolvable():
    with listeners(1) as ports, Window() as window:
        scan(window, '127.0.0.1 no-such-host.invalid', port_list(ports))
        window.wait_for_text('1 host up · 1 open port')
        tap.true('no-such-host.invalid' in window.find(Atspi.Role.ALERT).get_name(),
                 'the sentence names it')


if __name__ == '__main__':
    tap.main()
