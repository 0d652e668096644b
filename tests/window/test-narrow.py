#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dialogs of a narrow window."""

import contextlib
import json
import os
import tempfile

from road_window import Atspi, Window, tap, wait_for, width_of

FOLDER = os.path.join(os.environ['XDG_STATE_HOME'], 'roadstead', 'scans')
TIME = '2026-11-20T10:01:00.000000+00:00'


def write_report(path, time):
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'format': 'roadstead-report', 'version': 1, 'targets': '192.0.2.1', 'status': 'finished',
                   'started': time, 'finished': time, 'elapsed': 1.5, 'hosts': [
                       {'address': '192.0.2.1', 'state': 'up', 'reason': 'syn-ack',
                        'ports': [{'port': 22, 'state': 'open', 'reason': 'syn-ack'}]}],
                   'summary': {'n_targets': 1}}, file)


@contextlib.contextmanager
def narrow_window():
    """A window with results, beside an earlier scan of the same."""
    write_report(os.path.join(FOLDER, '2026-11-20T10-01-00Z-00000000.json'), TIME)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.json')
        write_report(path, TIME.replace('20T', '21T'))
        with Window(path) as window:
            window.wait_for_rows('the host', lambda rows: rows)
            window.resize(360, 600)
            yield window


def check_width(window, node):
    # Windows are laid out after they are shown.
    wait_for('a width', lambda: width_of(node) > 0)
    tap.true(width_of(node) <= width_of(window.frame),
             f'{node.get_name()!r}: {width_of(node)} px in a window of {width_of(window.frame)} px')


# Losing this: on a narrow screen a part of a dialog is out of it.
@tap.case('the dialogs are no wider than their window')
def dialogs():
    with narrow_window() as window:
        window.key('F10')
        item = window.find(Atspi.Role.MENU_ITEM, 'About Roadstead')
        wait_for('it to be chosen', lambda: Atspi.Action.do_action(item, 0))
        check_width(window, window.dialog('About Roadstead'))
        window.key('Escape')
        window.wait_for_windows(1)

        for key, title in (('ctrl+h', 'Recent Scans'), ('ctrl+d', 'Compare With'), ('ctrl+shift+p', 'Profiles')):
            window.open_dialog(key)
            check_width(window, window.dialog(title))
            if title == 'Recent Scans':
                window.press('_Remove All…')
                check_width(window, window.find(Atspi.Role.DIALOG))
                window.press('_Cancel')
                window.wait_for_windows(2)
            if title != 'Profiles':
                window.key('Escape')
                window.wait_for_windows(1)
        window.key('ctrl+n')
        editor = window.dialog('New Profile')
        check_width(window, editor)
        window.type_into('Description', 'changed', editor)
        window.key('Escape')
        check_width(window, window.find(Atspi.Role.DIALOG))


# Losing this: what a file can be saved as cannot be read, nor the buttons pressed.
@tap.case('the question about a format has its buttons one above the other')
def question():
    with narrow_window() as window:
        window.key('ctrl+s')
        window.save_in(os.path.join(FOLDER, 'the-network-of-the-whole-house.pdf'))
        window.wait_for_text('Cannot save “.pdf” files')
        dialog = window.find(Atspi.Role.DIALOG)
        check_width(window, dialog)
        places = [Atspi.Component.get_extents(window.find(Atspi.Role.PUSH_BUTTON, name, dialog),
                                              Atspi.CoordType.WINDOW)
                  for name in ('_Save', 'Change _Name…', '_Cancel')]
        tap.true(places[0].y < places[1].y < places[2].y, f'{[place.y for place in places]}')
        window.press('_Cancel', dialog)


if __name__ == '__main__':
    tap.main()
