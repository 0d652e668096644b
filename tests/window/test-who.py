#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is there: names of one's own for hosts, vendors and kinds of devices."""

import json
import os
import tempfile

from road_window import Atspi, Window, find_all, tap, wait_for

PI, PI6, PRINTER = '192.0.2.1', '2001:db8::1', '192.0.2.9'
PI_MAC = 'B8:27:EB:01:02:03 (Raspberry Pi Foundation)'
PRINTER_MAC = '06:11:22:33:44:55'


def host(address, mac, ports):
    return {'address': address, 'state': 'up', 'reason': 'syn-ack',
            'ports': [{'port': port, 'state': 'open', 'reason': 'syn-ack'} for port in ports],
            'notes': [{'name': 'mac', 'text': mac}]}


def write_report(folder):
    """A device with two addresses, and another one."""
    path = os.path.join(folder, 'report.json')
    report = {'format': 'roadstead-report', 'version': 1, 'status': 'finished', 'targets': '192.0.2.0/28',
              'hosts': [host(PI, PI_MAC, [22]), host(PI6, PI_MAC, [22]),
                        host(PRINTER, PRINTER_MAC, [515, 631, 9100])]}
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(report, file)
    return path


def select(window, address):
    window.click(wait_for(f'the row of {address}', lambda: [
        label for label in find_all(window.results(), Atspi.Role.LABEL, address)
        if label.get_name() == address])[0])
    wait_for('it to be selected', lambda: len(window.selected_rows()) == 1)


def name(window, text):
    """Names the selected host."""
    window.key('Menu')
    window.find(Atspi.Role.MENU_ITEM, 'Name This Host…')
    window.press('Name This Host…')
    dialog = window.dialog('Name This Host')
    window.wait_for_focus('Name')
    window.type_into('Name', text, dialog)
    window.press('Save', dialog)
    wait_for('the dialog to close', lambda: not window.exists(Atspi.Role.TEXT, 'Name'))


def labels(window):
    return [label.get_name() for label in find_all(window.results(), Atspi.Role.LABEL)]


# Losing this: a name does not last, or only one of the addresses of a device has it.
@tap.case('a name of one\'s own: for all addresses of a device, and kept')
def own_name():
    with tempfile.TemporaryDirectory() as folder:
        path = write_report(folder)
        environment = {'XDG_STATE_HOME': os.path.join(folder, 'state')}
        with Window(path, environment=environment) as window:
            window.wait_for_rows('the hosts', lambda rows: len(rows) >= 3)
            select(window, PI)
            name(window, 'Attic')
            wait_for('both addresses to have it', lambda: labels(window).count('Attic') == 2)
            tap.true(PI in labels(window), 'the address beside it')
            window.press('Details')
            window.wait_for_text(f'Address: {PI}')
            window.wait_for_text('MAC address: B8:27:EB:01:02:03 (Raspberry Pi Foundation)')
            window.wait_for_text('Probably a single-board computer')
        with open(os.path.join(folder, 'state', 'roadstead', 'host-names.json'), encoding='utf-8') as file:
            tap.equal(json.load(file)['hosts'], [{'mac': 'B8:27:EB:01:02:03', 'name': 'Attic'}], 'the file')
        with Window(path, environment=environment) as window:
            wait_for('it to be there again', lambda: labels(window).count('Attic') == 2)
            select(window, PI)
            name(window, '')
            wait_for('it to be gone', lambda: 'Attic' not in labels(window))


# Losing this: the vendor is nowhere in the list, or takes the room of what was there before.
@tap.case('a column for vendors, on request, and the kind in the row')
def vendor_column():
    with tempfile.TemporaryDirectory() as folder:
        path = write_report(folder)
        environment = {'XDG_STATE_HOME': folder, 'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': folder}
        with Window(path, environment=environment) as window:
            window.wait_for_rows('the hosts', lambda rows: len(rows) >= 3)
            tap.true('Raspberry Pi Foundation' not in labels(window), 'hidden at first')
            rows = [row.get_name() for row in window.row_nodes()]
            tap.true(any(PRINTER in row and 'Probably a printer' in row for row in rows), f'the kind in {rows}')
        os.makedirs(os.path.join(folder, 'glib-2.0', 'settings'), exist_ok=True)
        with open(os.path.join(folder, 'glib-2.0', 'settings', 'keyfile'), 'w', encoding='utf-8') as file:
            file.write('[io/github/roadstead/Roadstead]\nshow-vendor=true\n')
        with Window(path, environment=environment) as window:
            wait_for('the vendors', lambda: labels(window).count('Raspberry Pi Foundation') == 2)
            tap.true('random or virtual' in labels(window), 'that of a random address')


# Losing this: nobody finds the printers.
@tap.case('filters: vendor:, mac: and kind:')
def filters():
    with tempfile.TemporaryDirectory() as folder:
        with Window(write_report(folder), environment={'XDG_STATE_HOME': folder}) as window:
            window.wait_for_rows('the hosts', lambda rows: len(rows) >= 3)
            window.key('ctrl+f')
            for text, addresses in (('vendor:raspberry', {PI, PI6}), ('kind:printer', {PRINTER}),
                                    ('mac:06-11', {PRINTER}), ('vendor:random', {PRINTER})):
                window.type_into('Filter', text)
                wait_for(f'what matches {text}', lambda: addresses == {PI, PI6, PRINTER} & set(labels(window)))


tap.main()
