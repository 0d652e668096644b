#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole session with the keyboard alone: only keys are pressed, the accessibility tree is only read."""

import contextlib
import os
import tempfile

from road_window import Atspi, Window, children, find_all, listeners, tap, wait_for, walk

# Enough ports for the scan to last until it is paused.
TARGETS = '127.0.0.1-3'
PORTS = '1-65535'


def has_state(node, state):
    return node.get_state_set().contains(state)


def focused(window):
    """Whatever has the focus, in any window of the program."""
    for frame in children(window.root):
        for node in walk(frame):
            if has_state(node, Atspi.StateType.FOCUSED):
                return node
    return None


def rows_of(window):
    body = find_all(window.results(), Atspi.Role.LIST)[0]
    return [node for node in children(body) if node.get_role() == Atspi.Role.TABLE_ROW]


def focused_row(window):
    return next((row for row in rows_of(window) if has_state(row, Atspi.StateType.FOCUSED)), None)


def tab_to(window, name, key='Tab'):
    def condition():
        node = focused(window)
        return node is not None and name in (node.get_name() or '')
    window.tab_until(name, condition, key)


def is_in_button(node):
    while node is not None and node.get_role() == Atspi.Role.PANEL:
        node = node.get_parent()
    return node is not None and node.get_role() == Atspi.Role.TOGGLE_BUTTON


def passes_focus_on(node):
    """What scrolls or has two panes has the focus itself only if it has nothing else to give it to; what is in a
    button never has it, whatever newer GTK says of a drop-down list's."""
    if node.get_role() == Atspi.Role.PANEL and is_in_button(node):
        return True
    return node.get_role() in (Atspi.Role.SCROLL_PANE, Atspi.Role.PANEL) and any(
        other != node and (has_state(other, Atspi.StateType.FOCUSABLE) or other.get_role() == Atspi.Role.TREE_TABLE)
        for other in walk(node))


def check_names(window, state):
    """Whatever can have the focus has a name to read out."""
    def unnamed():
        return [node.get_role_name() for frame in children(window.root) for node in walk(frame)
                if has_state(node, Atspi.StateType.FOCUSABLE) and
                has_state(node, Atspi.StateType.SHOWING) and
                not passes_focus_on(node) and
                node.get_role() not in (Atspi.Role.FRAME, Atspi.Role.DIALOG, Atspi.Role.WINDOW) and
                not (node.get_name() or '').strip()]
    seen = []

    def is_named():
        seen[:] = unnamed()
        return not seen
    with contextlib.suppress(tap.Failed):
        wait_for('names', is_named, timeout=5)
    tap.equal(seen, [], f'widgets without a name: {state}')


def choose_order(window, letter):
    """Chooses in the submenu of the main menu by letters."""
    window.key('F10')
    window.find(Atspi.Role.MENU_ITEM, 'Save As')
    window.key('b')
    window.find(name='Open Ports First')
    # A letter does nothing while the submenu slides in.
    for _ in range(5):
        window.key(letter)
        with contextlib.suppress(tap.Failed):
            wait_for('the focus outside of the menu',
                     lambda: focused(window).get_name() == 'Main menu', timeout=5)
            return
    raise tap.Failed(f'{letter} chooses nothing in the menu')


def choose_ports(window):
    tab_to(window, 'Ports to scan')
    window.key('space')
    window.find(Atspi.Role.TEXT, 'Port list')
    tab_to(window, 'Port list')
    check_names(window, 'the list of ports')
    window.key('ctrl+a')
    window.type(PORTS)
    window.key('Return')
    window.wait_for_focus('Ports to scan')


def scan(window):
    window.wait_for_focus('Target')
    window.type(TARGETS)
    check_names(window, 'the empty window')
    choose_ports(window)
    window.key('ctrl+l')
    window.wait_for_focus('Target')
    window.key('Return')
    window.find(name='_Pause')
    window.key('ctrl+p')
    window.wait_for_text('Paused · ')
    check_names(window, 'a paused scan')
    window.key('ctrl+p')
    window.wait_for_text('3 hosts up · ', timeout=240)


def filter_results(window, port):
    window.key('ctrl+f')
    window.wait_for_focus('Filter')
    window.type(str(port))
    window.wait_for_rows('the rows of a port', lambda rows: any(
        row[0] == str(port) for row in rows) and all('closed ports' not in row[0] for row in rows))
    check_names(window, 'a filter')
    window.key('Escape')


def move_through_rows(window):
    window.tab_until('a row', lambda: focused_row(window))
    window.key('Home')
    first = wait_for('the first row', lambda: '127.0.0.1' in focused_row(window).get_name())
    tap.true(first, 'Home goes to the first row')
    window.key('Down')
    wait_for('the next row', lambda: '127.0.0.1' not in focused_row(window).get_name())
    window.key('Up')
    wait_for('the host again', lambda: '127.0.0.1' in focused_row(window).get_name())


def look_at_details(window):
    window.key('F9')
    window.find(name='Go to Port')
    tab_to(window, 'Go to Port')
    check_names(window, 'the details of a host')
    window.key('F9')
    wait_for('the details to be gone', lambda: not window.exists(name='Go to Port'))


def look_at_map(window):
    window.key('ctrl+l')
    window.tab_until('the button of the map', lambda: focused(window).get_name() == 'Map')
    window.key('space')
    window.wait_for_text('127.0.0.')
    check_names(window, 'the map')
    tab_to(window, 'List', 'shift+Tab')
    window.key('space')
    window.wait_for_rows('the list', lambda rows: rows)


def sort(window):
    choose_order(window, 'h')
    choose_order(window, 'd')

    def is_descending(rows):
        # Where other programs have ports open, too, the first row may be out of sight.
        hosts = [text for row in rows for text in row[:2] if text.startswith('127.0.0.')]
        return len(hosts) > 1 and hosts == sorted(hosts, reverse=True)
    window.wait_for_rows('the hosts the other way round', is_descending)


def save(window, path):
    window.open_dialog('ctrl+s')
    window.file_name()
    tab_to(window, 'Name:')
    window.key('ctrl+a')
    window.type(path)
    window.key('Return')
    wait_for(f'{path} to be written', lambda: os.path.getsize(path) > 0)
    window.wait_for_windows(1)


def compare(window, path):
    window.open_dialog('ctrl+d')
    window.type_path(window.dialog('Compare With'), path)
    window.key('Return')
    window.wait_for_text('No differences')
    check_names(window, 'a comparison')
    window.key('Escape')
    window.wait_for_rows('the results', lambda rows: rows)


def look_at_dialogs(window):
    window.open_dialog('ctrl+shift+p')
    window.wait_for_focus('Common ports')
    check_names(window, 'the profiles')
    window.key('Escape')
    window.wait_for_windows(1)
    window.open_dialog('ctrl+question')
    window.key('Escape')
    window.wait_for_windows(1)


# Losing this: whoever cannot use a mouse cannot scan, or look at what was found.
@tap.case('from typing a target to closing the window')
def session():
    with tempfile.TemporaryDirectory() as folder, listeners(2) as ports, Window() as window:
        path = os.path.join(folder, 'saved.json')

        for step, arguments in ((scan, ()), (filter_results, (ports[0],)), (move_through_rows, ()),
                                (look_at_details, ()), (look_at_map, ()), (sort, ()),
                                (save, (path,)), (compare, (path,)), (look_at_dialogs, ())):
            try:
                step(window, *arguments)
            except tap.Failed as failure:
                raise tap.Failed(f'{step.__name__}: {failure}') from None
        window.key('ctrl+w')
        window.wait_for_end()


if __name__ == '__main__':
    tap.main()
