#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of results: what a screen reader gets of it, and how it is used without a mouse."""

import contextlib
import tempfile

from road_window import Atspi, Window, children, find_all, is_visible, listeners, tap, wait_for

CLOSED = 9      # discard: nobody listens there on loopback


def scan(window, ports):
    """Scans ports of this computer until all have their rows."""
    window.press('Ports to scan')
    window.type_into('Port list', ','.join(map(str, [*ports, CLOSED])))
    window.key('Return')
    window.type_into('Target', '127.0.0.1')
    window.press('_Scan')
    window.wait_for_text('1 host up · ')
    window.wait_for_rows('the ports', lambda rows: len(rows) == len(ports) + 2)


def row_nodes(window):
    body = find_all(window.results(), Atspi.Role.LIST)[0]
    return [node for node in children(body) if node.get_role() == Atspi.Role.TABLE_ROW]


def has_state(node, state):
    return node.get_state_set().contains(state)


def focused_row(window):
    return wait_for('a focused row', lambda: [
        row for row in row_nodes(window) if has_state(row, Atspi.StateType.FOCUSED)])[0]


def tab_to_list(window):
    """What is between the target and the list depends on how wide the window is."""
    window.key('ctrl+l')
    window.wait_for_focus('Target')
    for _ in range(12):
        window.key('Tab')
        with contextlib.suppress(tap.Failed):
            wait_for('a focused row', lambda: [row for row in row_nodes(window) if has_state(
                row, Atspi.StateType.FOCUSED)], timeout=2)
            return
    tap.true(False, 'Tab reaches the list')


def titles(rows):
    return [row[0] for row in rows]


# Losing this: to users of a screen reader all rows are called "GtkListItemWidget".
@tap.case('rows have names, and hosts say whether they are expanded')
def row_names():
    with listeners(2) as ports, Window() as window:
        scan(window, ports)
        names = wait_for('the names', lambda: [row.get_name() for row in row_nodes(window)])
        tap.true(names[0].startswith('localhost') or names[0].startswith('127.0.0.1'),
                 f'the host: {names[0]!r}')
        tap.true(f'up, 2 open ports: {ports[0]}, {ports[1]}' in names[0], 'its state and ports')
        tap.true(names[1].startswith(f'Port {ports[0]}, open, '), f'{names[1]!r}')
        tap.true(names[1].endswith(' ms'), 'its latency')
        tap.true(names[3].startswith(f'Port {CLOSED}, closed, discard, refused'), f'{names[3]!r}')

        host = row_nodes(window)[0]
        tap.true(has_state(host, Atspi.StateType.EXPANDABLE), 'a host can be expanded')
        tap.true(has_state(host, Atspi.StateType.EXPANDED), 'it is expanded')
        tap.true(not has_state(row_nodes(window)[1], Atspi.StateType.EXPANDABLE), 'a port cannot')
        window.toggle_row('127.0.0.1')
        wait_for('the state to change', lambda: not has_state(row_nodes(window)[0],
                                                              Atspi.StateType.EXPANDED))


# Losing this: screen readers do not say what the cells of a column are.
@tap.case('the column headers have a role and a name')
def header_names():
    with listeners(1) as ports, Window() as window:
        scan(window, ports)
        header = window.find(name='Column headers', root=window.results())
        headers = [child for child in children(header) if is_visible(child)]
        # GTK 4.8 hides the role of headers from screen readers.
        tap.true(all(node.get_role() in (Atspi.Role.PUSH_BUTTON, Atspi.Role.COLUMN_HEADER,
                                         Atspi.Role.TABLE_COLUMN_HEADER) for node in headers),
                 'their role')
        tap.equal([header.get_name() for header in headers],
                  ['Host / Port', 'State', 'Service', 'Reason', 'Latency'], 'the headers')


# Losing this: users of a screen reader do not learn that a scan has ended.
@tap.case('the start and the end of a scan are announced')
def announced():
    with Window() as window:
        window.press('Ports to scan')
        window.type_into('Port list', '1-60999')
        window.key('Return')
        window.type_into('Target', '127.0.0.1-64')
        window.press('_Scan')
        window.wait_for_status('Scanning 127.0.0.1-64')
        window.wait_for_status('hosts up · ')
        window.key('Escape')
        window.wait_for_status('Stopped · ')


# Losing this: sorting needs a mouse.
@tap.case('the menu sorts')
def sort_menu():
    with listeners(2) as ports, Window() as window:
        scan(window, ports)
        numbers = [str(CLOSED), *map(str, ports)]

        def choose(name):
            window.key('F10')
            item = window.find(Atspi.Role.MENU_ITEM, 'Sort By')
            wait_for('the submenu', lambda: Atspi.Action.do_action(item, 0))
            found = wait_for(name, lambda: [
                node for node in find_all(window.root, name=name)
                if node.get_role() in (Atspi.Role.RADIO_MENU_ITEM, Atspi.Role.MENU_ITEM,
                                       Atspi.Role.RADIO_BUTTON)])[0]
            wait_for(f'{name} to be chosen', lambda: Atspi.Action.do_action(found, 0))

        def has_open_first(rows):
            return titles(rows)[1:] == [*numbers[1:], numbers[0]]

        window.wait_for_rows('open ports first', has_open_first)
        choose('Host / Port')
        window.wait_for_rows('the lowest first', lambda rows: titles(rows)[1:] == numbers)
        choose('State')
        window.wait_for_rows('open ports first', has_open_first)
        choose('Descending')
        window.wait_for_rows('closed ports first', lambda rows: titles(rows)[1:] == numbers)
        choose('Host / Port')
        window.wait_for_rows('the highest first',
                             lambda rows: titles(rows)[1:] == numbers[::-1])
        choose('Open Ports First')
        window.wait_for_rows('open ports first again', has_open_first)


# Losing this: nobody learns which ports are the 62,534 closed ones.
@tap.case('the number of closed ports expands to their ranges')
def ranges():
    with listeners(1, '127.0.0.1') as ports, Window() as window:
        port = ports[0]
        window.press('Ports to scan')
        window.type_into('Port list', f'{port - 40}-{port + 40}')
        window.key('Return')
        window.type_into('Target', '127.0.0.1')
        window.press('_Scan')
        window.wait_for_text('1 host up · ')
        # Another program may have one of the ports open, too.
        folded = len(window.wait_for_rows('the closed ports', lambda rows: rows and rows[-1][0].endswith(
            ' closed ports')))
        window.toggle_row(' closed ports')
        rows = window.wait_for_rows('the ranges', lambda rows: len(rows) >= folded + 2)
        tap.true(rows[-1][0].endswith(f'–{port + 40}') or rows[-1][0] == str(port + 40),
                 f'the last range: {rows[-1]!r}')
        tap.equal(rows[-1][1], 'closed', 'its state')
        names = [row.get_name() for row in row_nodes(window)]
        tap.true(any(name.startswith('Ports ') and ', closed, ' in name for name in names),
                 f'what a screen reader says: {names!r}')
        window.toggle_row(' closed ports')
        window.wait_for_rows('no ranges', lambda rows: len(rows) == folded)


# Losing this: Tab walks through thousands of rows, and what comes after them cannot be reached.
@tap.case('Tab enters and leaves the list')
def tab_leaves():
    with listeners(2) as ports, Window() as window:
        scan(window, ports)
        tab_to_list(window)
        window.key('ctrl+Down')     # Down alone would first select the host in newer GTK
        wait_for('the first port to be focused', lambda: focused_row(window).get_name().startswith(
            f'Port {ports[0]}, '))
        window.key('Tab')
        wait_for('the focus to leave the list', lambda: not any(
            has_state(row, Atspi.StateType.FOCUSED) for row in row_nodes(window)))
        tab_to_list(window)
        tap.true(focused_row(window).get_name().startswith(f'Port {ports[0]}, '),
                 'it comes back to the row that it was in')
        window.key('shift+Tab')
        wait_for('the focus to leave it backwards', lambda: not any(
            has_state(row, Atspi.StateType.FOCUSED) for row in row_nodes(window)))


# Losing this: nobody sees from a collapsed host what it offers; reasons are jargon.
@tap.case('hosts say what is open, and reasons are in plain words')
def plain_words():
    with listeners(2) as ports, Window() as window:
        scan(window, ports)
        rows = window.rows()
        # One of them may be that of a known service.
        tap.true(all(any(str(port) in text for text in rows[0]) for port in ports),
                 f'the open ports: {rows[0]!r}')
        tap.true('accepted' in rows[1], f'why a port is open: {rows[1]!r}')
        tap.true('refused' in rows[3], f'why a port is closed: {rows[3]!r}')


# Losing this: columns that nobody needs take the room of those that matter, at each start again.
@tap.case('columns are hidden from the menu and stay so, and the order too')
def columns():
    def headers(window):
        header = window.find(name='Column headers', root=window.results())
        return [child.get_name() for child in children(header) if is_visible(child)]

    def choose(window, menu, name):
        window.key('F10')
        item = window.find(Atspi.Role.MENU_ITEM, menu)
        wait_for('the submenu', lambda: Atspi.Action.do_action(item, 0))
        found = wait_for(name, lambda: [
            node for node in find_all(window.root, name=name)
            if node.get_role() in (Atspi.Role.CHECK_MENU_ITEM, Atspi.Role.CHECK_BOX,
                                   Atspi.Role.RADIO_MENU_ITEM, Atspi.Role.MENU_ITEM)])[0]
        wait_for(f'{name} to be chosen', lambda: Atspi.Action.do_action(found, 0))

    with listeners(1) as ports, tempfile.TemporaryDirectory() as folder:
        # Settings that outlive the window.
        environment = {'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': folder}
        with Window(environment=environment) as window:
            scan(window, ports)
            choose(window, 'Columns', 'Reason')
            wait_for('no column', lambda: headers(window) == [
                'Host / Port', 'State', 'Service', 'Latency'])
            choose(window, 'Sort By', 'Host / Port')
            window.wait_for_rows('the lowest first', lambda rows: titles(rows)[1:] == [
                str(CLOSED), str(ports[0])])
        with Window(environment=environment) as window:
            scan(window, ports)
            tap.equal(headers(window), ['Host / Port', 'State', 'Service', 'Latency'], 'columns')
            tap.equal(titles(window.rows())[1:], [str(CLOSED), str(ports[0])], 'the order')


# Losing this: in a narrow window names are cut off.
@tap.case('a narrow window shows names, states and services')
def narrow():
    with listeners(1) as ports, Window() as window:
        scan(window, ports)
        window.resize(360, 600)
        rows = window.wait_for_rows('two columns', lambda rows: rows and len(rows[-1]) == 3)
        tap.equal(rows[-1], [str(CLOSED), 'discard', 'closed'], 'a closed port')

        def is_whole():
            label = window.find(Atspi.Role.LABEL, 'closed', window.results())
            place = Atspi.Component.get_extents(label, Atspi.CoordType.WINDOW)
            return 0 < place.x and place.x + place.width <= 400    # with the window's shadow
        wait_for('all of it to be in the window', is_whole)
        window.resize(860, 600)
        window.wait_for_rows('all columns', lambda rows: rows and rows[-1][1:4] == [
            'closed', 'discard', 'refused'])


# Losing this: without a mouse, nobody learns that a header sorts and has a menu of columns.
@tap.case('column headers sort and have their menu from the keyboard')
def header_keys():
    def focused_header(window):
        return [node for node in find_all(window.results(), Atspi.Role.PUSH_BUTTON)
                if has_state(node, Atspi.StateType.FOCUSED)]

    def wait_for_header(window, name):
        wait_for(f'the header {name!r}; it is {[node.get_name() for node in focused_header(window)]}',
                 lambda: [node.get_name() for node in focused_header(window)] == [name])

    with listeners(1) as ports, Window() as window:
        scan(window, ports)
        tab_to_list(window)
        window.key('shift+Tab')
        wait_for_header(window, 'Host / Port')
        numbers = [str(CLOSED), str(ports[0])]
        window.key('Return')
        window.wait_for_rows('the lowest first', lambda rows: titles(rows)[1:] == numbers)
        window.key('Return')
        window.wait_for_rows('the highest first', lambda rows: titles(rows)[1:] == numbers[::-1])
        window.key('Right')
        wait_for_header(window, 'State')
        for key in ('Menu', 'shift+F10'):
            visible = window.exists(Atspi.Role.PUSH_BUTTON, 'Service', window.results())
            window.key(key)
            wait_for('the menu', lambda: find_all(window.results(), Atspi.Role.MENU_ITEM, 'Service'))
            window.key('Return')
            wait_for('the column to come or go', lambda: window.exists(
                Atspi.Role.PUSH_BUTTON, 'Service', window.results()) != visible)
            wait_for_header(window, 'State')
        window.key('Tab')
        focused_row(window)
        window.key('shift+Tab', 'shift+Tab')
        window.wait_for_focus('Details')


# Losing this: with large text the last columns are cut off at the edge of the window.
@tap.case('with text twice as large, columns that do not fit are left out')
def large_text():
    with tempfile.NamedTemporaryFile('w', encoding='ascii') as resources, listeners(1) as ports:
        resources.write('Xft.dpi: 192\n')
        resources.flush()
        with Window(environment={'XENVIRONMENT': resources.name}) as window:
            def right_edge(node):
                place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
                return place.x + place.width

            def last_header():
                header = window.find(name='Column headers', root=window.results())
                return [child for child in children(header) if is_visible(child)][-1]

            scan(window, ports)
            wait_for('the last column to fit',
                     lambda: right_edge(last_header()) <= right_edge(window.results()))


if __name__ == '__main__':
    tap.main()
