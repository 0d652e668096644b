#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The map of a network: what a screen reader gets of it, and how it is used without a mouse."""

import contextlib
import json
import os
import re
import tempfile

from road_window import Atspi, Failure, Window, find_all, is_visible, listeners, tap, wait_for

NETWORK = '127.0.0.0/24'        # all of its addresses are this computer
CLOSED = 9                      # discard: nobody listens there on loopback


def scan(window, ports, targets=NETWORK):
    window.press('Ports to scan')
    window.type_into('Port list', ports)
    window.key('Return')
    window.type_into('Target', targets)
    window.press('_Scan')


def has_focus(node):
    return node.get_state_set().contains(Atspi.StateType.FOCUSED)


def tab_to(window, role, name):
    """Presses Tab from the target entry on until a widget has the focus, and returns it."""
    window.key('ctrl+l')
    window.wait_for_focus('Target')
    for _ in range(12):
        window.key('Tab')
        with contextlib.suppress(Failure):
            return wait_for(f'the focus on {name!r}', lambda: [
                node for node in find_all(window.root, role, name) if has_focus(node)],
                timeout=0.4)[0]
    raise Failure(f'Tab does not come to {name!r}')


def show_map(window):
    tab_to(window, Atspi.Role.PUSH_BUTTON, 'Map')
    window.key('space')


def focus_map(window):
    show_map(window)
    return tab_to(window, Atspi.Role.IMAGE, ' of ')


def wait_for_cell(node, text):
    wait_for(f'{text!r}; it is {node.get_name()!r}', lambda: text in node.get_name())


def wait_for_summary(window, text):
    window.find(Atspi.Role.LABEL, text, timeout=60)


# Losing this: to users of a screen reader, and without a mouse, there is no map.
@tap.case('the map is summed up, and the arrow keys go from address to address')
def keyboard():
    with listeners(1, '127.0.0.20') as ports, Window() as window:
        scan(window, f'{CLOSED},{ports[0]}')
        window.wait_for_text('256 hosts up · ', timeout=60)
        node = focus_map(window)
        wait_for_summary(window, f'{NETWORK}: 256 up, 1 open port')
        wait_for_cell(node, '127.0.0.0, up; cell 1 of 256')
        window.key('Right', 'Right')
        wait_for_cell(node, '127.0.0.2, up; cell 3 of 256')
        window.key('Down')
        wait_for_cell(node, '127.0.0.18, up; cell 19 of 256')
        window.key('Home')
        wait_for_cell(node, 'cell 17 of 256')
        window.key('End')
        wait_for_cell(node, 'cell 32 of 256')
        window.key('ctrl+End')
        wait_for_cell(node, 'cell 256 of 256')
        window.key('ctrl+Home', 'Down', 'Right', 'Right', 'Right', 'Right')
        wait_for_cell(node, f'127.0.0.20, up, 1 open port: {ports[0]}; cell 21 of 256')
        window.key('Tab')
        window.wait_for_focus('Target')
        window.key('shift+Tab')
        wait_for('the focus to come back', lambda: has_focus(node))
        window.key('shift+Tab')
        window.wait_for_focus('Details')


# Losing this: what was found on the map must be looked for again in the list, and the other way round.
@tap.case('list and map select the same host')
def selection():
    with Window() as window:
        scan(window, str(CLOSED))
        window.wait_for_text('256 hosts up · ', timeout=60)
        node = focus_map(window)
        window.key('Down', 'Right')
        wait_for_cell(node, '127.0.0.17, up')
        window.key('Return')
        wait_for('the host in the list',
                 lambda: any('127.0.0.17' in row for row in window.selected_rows()))
        wait_for('the focus on its row', lambda: focused_row(window).get_name().startswith('127.0.0.17'))
        show_map(window)
        wait_for_cell(node, '127.0.0.17, up')


def focused_row(window):
    return wait_for('a focused row', lambda: [
        node for node in window.row_nodes() if has_focus(node)])[0]


def open_menu(window, node, how):
    """Opens the menu of the cell at the cursor, or in the middle of the map, and returns its items."""
    how()
    window.find(Atspi.Role.MENU_ITEM, 'Scan This Host')
    items = [item.get_name() for item in find_all(window.root, Atspi.Role.MENU_ITEM)]
    tap.true('Copy' in items, f'Copy is in the menu: {items}')
    tap.true('Copy Full Host Report' in items, f'the report is in the menu: {items}')
    tap.true('Select All' not in items, f'nothing to select: {items}')
    return items


def has_menu(window):
    return window.exists(Atspi.Role.MENU_ITEM, 'Scan This Host')


# Losing this: what can be done with a host needs a way through the list, and on the map nobody knows what.
@tap.case('a cell of the map has the menu of the host')
def menu():
    with Window() as window:
        with listeners(1, '127.0.0.17') as ports:
            scan(window, f'{CLOSED},{ports[0]}')
            window.wait_for_text('256 hosts up · 1 open port', timeout=60)
        node = focus_map(window)
        wait_for_cell(node, 'cell 1 of 256')
        # Where the cursor is when the map gets the focus.
        open_menu(window, node, lambda: window.key('Menu'))
        window.key('Escape')
        wait_for('the menu to close', lambda: not has_menu(window))
        window.key('Down', 'Right')
        wait_for_cell(node, '127.0.0.17, up')
        for key in ('Menu', 'shift+F10'):
            open_menu(window, node, lambda key=key: window.key(key))
            window.key('Escape')
            wait_for('the menu to close', lambda: not has_menu(window))
            wait_for('the focus to come back', lambda: has_focus(node))
        open_menu(window, node, lambda: window.click(node, 3))
        wait_for('the cursor to go there', lambda: '127.0.0.17, ' not in node.get_name())
        window.key('Escape')
        wait_for('the menu to close', lambda: not has_menu(window))
        window.key('ctrl+Home', 'Down', 'Right')
        wait_for_cell(node, '127.0.0.17, up')
        window.key('shift+F10')
        item = window.find(Atspi.Role.MENU_ITEM, 'Scan This Host')
        wait_for('the action', lambda: Atspi.Action.do_action(item, 0))
        window.wait_for_text('256 hosts up · no open ports', timeout=60)


def write_report(folder):
    def host(address, *ports):
        return {'address': address, 'state': 'up', 'reason': 'syn-ack', 'ports': [
            {'port': port, 'state': 'open', 'reason': 'syn-ack', 'latency_ms': 1} for port in ports]}
    path = os.path.join(folder, 'report.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'format': 'roadstead-report', 'version': 1, 'targets': '192.0.2.1-4',
                   'status': 'finished', 'hosts': [host('192.0.2.1', 22, 80), host('192.0.2.2', 22),
                                                   host('192.0.2.3', 80, 443), host('192.0.2.4')]},
                  file)
    return path


# Losing this: with groups, the map leads to a list that shows another host.
@tap.case('a host of the map is shown in the groups')
def groups():
    with tempfile.TemporaryDirectory() as folder, Window(write_report(folder)) as window:
        window.wait_for_rows('the hosts', lambda rows: len(rows) > 3)
        window.choose_grouping('Port')
        window.wait_for_rows('the groups', lambda rows: len(rows) == 3)
        node = focus_map(window)
        wait_for_cell(node, '192.0.2.1, up')
        window.key('End')
        wait_for_cell(node, '192.0.2.4, up')
        window.key('Return')
        window.find(Atspi.Role.ALERT, 'this host has none')
        tap.true(is_visible(node), 'the map is still there')
        window.key('Left')
        wait_for_cell(node, '192.0.2.3, up')
        window.key('Return')
        wait_for('its first row', lambda: window.selected_rows() == ['192.0.2.3'])
        window.wait_for_rows('its group', lambda rows: [row[0] for row in rows] == [
            '22 · ssh', '80 · http', '192.0.2.1', '192.0.2.3', '443 · https'])
        wait_for('the focus on its row', lambda: '192.0.2.3' in focused_row(window).get_name())


# Losing this: nobody sees from the map how far a scan is, or which addresses were left out.
@tap.case('pending addresses become fewer, and stopping says which were not scanned')
def running():
    def pending(window):
        for label in find_all(window.root, Atspi.Role.LABEL, ' pending, '):
            return int(re.search(r'([0-9]+) pending', label.get_name())[1])
        return 0

    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, 'slow.json')
        with open(profile, 'w', encoding='utf-8') as file:
            json.dump({'format': 'roadstead-profile', 'version': 1, 'name': 'Slow', 'ports': str(CLOSED),
                       'targets': NETWORK, 'max_rate': 20}, file)
        with Window(profile) as window:
            window.find(Atspi.Role.ALERT, '“Slow” was added')
            window.press('_Scan')
            window.wait_for_text('Looking for hosts')
            button = window.find(Atspi.Role.PUSH_BUTTON, 'Map')
            wait_for('the map', lambda: Atspi.Action.do_action(button, 0))
            first = wait_for('pending addresses', lambda: pending(window))
            wait_for('fewer pending addresses', lambda: 0 < pending(window) < first, timeout=60)
            window.key('Escape')
            wait_for_summary(window, ' not scanned, ')
            tap.true(window.exists(Atspi.Role.LABEL, 'not scanned'), 'the legend')


# Losing this: networks of more than 256 addresses cannot be read.
@tap.case('larger networks have a row for each 256 addresses')
def rows():
    with Window() as window:
        scan(window, str(CLOSED), '127.0.0.0/22')
        window.wait_for_text('1024 hosts up · ', timeout=60)
        node = focus_map(window)
        wait_for_summary(window, '4 networks: 1024 up, no open ports')
        wait_for_cell(node, 'cell 1 of 256 in 127.0.0.0/24: 256 up')
        window.key('Down', 'Right')
        wait_for_cell(node, '127.0.1.1, up; cell 2 of 256 in 127.0.1.0/24: 256 up')


# Losing this: a single host or a few have an empty map.
@tap.case('a few hosts have a cell each')
def singles():
    with Window() as window:
        scan(window, str(CLOSED), '127.0.0.1 127.9.0.1 ::1')
        window.wait_for_text('3 hosts up · ', timeout=60)
        node = focus_map(window)
        wait_for_summary(window, '3 hosts: 3 up, no open ports')
        wait_for_cell(node, 'host 1 of 3')
        window.key('End')
        wait_for_cell(node, '; host 3 of 3')


if __name__ == '__main__':
    tap.main()
