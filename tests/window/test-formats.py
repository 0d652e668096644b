#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saving in every format, and malicious names in files."""

import json
import os
import resource
import tempfile

from gi.repository import Gio, GLib
from road_window import Atspi, Window, children, find_all, tap, text_of, wait_for

PORT = {'port': 22, 'state': 'open', 'reason': 'syn-ack'}
# The names in the file, and what the window shows.
NAMES = [('<b>bold</b> &amp; <a href="x">', '<b>bold</b> &amp; <a href="x">'),
         ('\x1b[2Jcleared', '\\027[2Jcleared'),
         ('first\n10.0.0.9', 'first\\01010.0.0.9'),
         ('gate\u202elpmaxe', 'gate\\226\\128\\174lpmaxe')]


def write_report(path):
    hosts = [{'address': f'10.0.0.{number}', 'names': [{'name': name, 'type': 'PTR'}], 'state': 'up',
              'reason': 'syn-ack', 'ports': [PORT | {'service': '<i>ssh', 'version': f'<u>{name}'}],
              'notes': [{'port': 22, 'name': '<s>script', 'text': f'{name}\n</s>'}]}
             for number, (name, _) in enumerate(NAMES, 1)]
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'format': 'roadstead-report', 'version': 1,
                   'scanner': {'name': 'Roadstead', 'version': '1'}, 'targets': '<b>10.0.0.0/30',
                   'problems': ['<b>“\x1b[2J\u202ex” was not scanned'], 'hosts': hosts,
                   'status': 'finished'}, file)


# Losing this: a scanned host can write what it likes into the window: extra rows, bold text, a name that is
# read backwards. Invalid markup would also cause warnings on stderr.
@tap.case('names and versions from strangers are shown as they are, and escaped')
def hostile():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'hostile.json')
        write_report(path)
        with Window(path) as window:
            rows = window.wait_for_rows('the hosts', lambda r: len(r) >= len(NAMES))
            cells = [cell for row in rows for cell in row]
            for name, shown in NAMES:
                tap.true(shown in cells, f'{shown!r} is in {cells!r}')
                tap.true(name == shown or name not in cells, f'{name!r} is not in {cells!r}')
            for row in rows:
                tap.true(not any(mark in cell for cell in row for mark in '\x1b\n\u202e'), f'{row!r}')
            tap.true(any(cell == '<i>ssh' for cell in cells), f'the service is in {cells!r}')
            window.find(Atspi.Role.ALERT, '<b>“\\027[2J\\226\\128\\174x” was not scanned')
            tap.true('<b>10.0.0.0/30' in window.frame.get_name(), f'the title: {window.frame.get_name()!r}')


# In the order of the dialog: the suffix, the start of the file, and the name of the file type.
FORMATS = [('json', '{', 'JSON'), ('html', '<!DOCTYPE html>', 'HTML'),
           ('txt', 'Starting Roadstead', 'Text'), ('csv', 'address,', 'CSV'),
           ('xml', '<?xml version="1.0"', 'Nmap XML'), ('gnmap', '# Roadstead', 'Nmap grepable')]


def read_start(path):
    with open(path, encoding='utf-8') as file:
        return file.read(30)


# Losing this: the window cannot save what other programs need.
@tap.case('Save As writes the format that the suffix says')
def suffixes():
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, 'hostile.json')
        write_report(report)
        with Window(report) as window:
            window.wait_for_rows('the hosts', lambda r: len(r) >= len(NAMES))
            for suffix, start, _ in reversed(FORMATS):
                path = os.path.join(folder, f'saved.{suffix}')
                window.key('ctrl+s')
                window.save_in(path)
                wait_for(f'{path} to be written', lambda: os.path.exists(path) and os.path.getsize(path) > 0)
                tap.true(read_start(path).startswith(start), f'{path}: {read_start(path)!r}')


# Losing this: when the disk was full, the results must be saved from the beginning, or are given up.
@tap.case('what could not be saved is named, and can be tried again')
def full_disk():
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, 'hostile.json')
        path = os.path.join(folder, 'saved.csv')
        write_report(report)
        with Window(report) as window:
            window.wait_for_rows('the hosts', lambda r: len(r) >= len(NAMES))
            limits = resource.prlimit(window.process.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(window.process.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
            window.key('ctrl+s')
            window.save_in(path)
            bar = window.find(Atspi.Role.ALERT, 'saved.csv')
            tap.true('Cannot write' in bar.get_name(), bar.get_name())
            tap.true(not os.path.exists(path), 'a file is left')
            resource.prlimit(window.process.pid, resource.RLIMIT_FSIZE, limits)
            window.press('_Try Again')
            window.find(Atspi.Role.ALERT, 'Saved to “saved.csv”.')
            tap.true(os.path.getsize(path) > 0, 'the file')
            wait_for('the message to go', lambda: not window.exists(Atspi.Role.ALERT, 'Cannot write'))


# Losing this: users who do not know the suffixes cannot select a format, or get the wrong one.
@tap.case('Save As offers every format, and the name gets its suffix')
def kinds():
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, 'hostile.json')
        write_report(report)
        with Window(report) as window:
            window.wait_for_rows('the hosts', lambda r: len(r) >= len(NAMES))
            window.key('ctrl+s')
            name = window.file_name()
            wait_for('a name', lambda: text_of(name).endswith('.json'))
            kinds = window.find(Atspi.Role.COMBO_BOX)
            for index, (suffix, _, kind) in enumerate(FORMATS[1:], 1):
                window.press('', kinds)
                window.find(Atspi.Role.LABEL, kind, kinds)
                wait_for('the list to have the focus', lambda: [
                    item for item in find_all(kinds, Atspi.Role.LIST_ITEM)
                    if item.get_state_set().contains(Atspi.StateType.FOCUSED)])
                window.key('Home', *['Down'] * index, 'Return')    # newer GTK begins anywhere
                wait_for(f'a name for {kind}', lambda: text_of(name).endswith(f'.{suffix}'))


# Losing this: a file called lan.pdf has JSON in it, and nobody has said so.
@tap.case('a suffix that is no format’s is asked about, and the name can be changed')
def unknown_suffix():
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, 'hostile.json')
        write_report(report)
        with Window(report) as window:
            window.wait_for_rows('the hosts', lambda r: len(r) >= len(NAMES))
            path = os.path.join(folder, 'lan.pdf')

            window.key('ctrl+s')
            window.save_in(path)
            window.wait_for_text('Cannot save “.pdf” files')
            window.press('Change _Name…')
            name = window.file_name()
            wait_for('a name', lambda: text_of(name) == 'lan.roadstead.json')
            window.press('_Cancel')
            window.wait_for_windows(1)

            window.key('ctrl+s')
            window.save_in(path)
            window.wait_for_text('Cannot save “.pdf” files')
            window.press('_Save', next(node for node in children(window.root) if node != window.frame))
            window.find(Atspi.Role.ALERT, 'Saved to “lan.pdf”.')
            tap.true(read_start(path).startswith('{'), f'{read_start(path)!r}')


FILE_MANAGER = """<node><interface name='org.freedesktop.FileManager1'><method name='ShowItems'>
<arg type='as' direction='in'/><arg type='s' direction='in'/></method></interface></node>"""


# Losing this: nobody knows whether something was saved, or where.
@tap.case('what was saved is shown in the file manager, and the message can be dismissed')
def show_in_folder():
    shown = []

    def on_call(_connection, _sender, _path, _interface, _method, parameters, invocation):
        shown.append(parameters.unpack()[0])
        invocation.return_value(None)

    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    interface = Gio.DBusNodeInfo.new_for_xml(FILE_MANAGER).interfaces[0]
    bus.register_object('/org/freedesktop/FileManager1', interface, on_call)
    Gio.bus_own_name_on_connection(bus, 'org.freedesktop.FileManager1', Gio.BusNameOwnerFlags.NONE)
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, 'hostile.json')
        write_report(report)
        with Window(report) as window:
            window.wait_for_rows('the hosts', lambda r: len(r) >= len(NAMES))
            path = os.path.join(folder, 'a b.csv')
            window.key('ctrl+s')
            window.save_in(path)
            bar = window.find(Atspi.Role.ALERT, 'Saved to “a b.csv”.')
            window.press('Show in _Folder', bar)

            def has_shown():
                GLib.MainContext.default().iteration(False)
                return shown
            wait_for('the file manager', has_shown)
            tap.equal(shown[0], ['file://' + path.replace(' ', '%20')], 'what it shows')
            window.press('Dismiss', bar)
            wait_for('the message to go', lambda: not window.exists(Atspi.Role.ALERT, 'Saved to'))


if __name__ == '__main__':
    tap.main()
