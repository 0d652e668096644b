#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The details of a port, by keyboard."""

import shutil
import socket
import subprocess

from road_window import Atspi, Window, find_all, find_first, listeners, tap, wait_for

CLOSED = 9      # discard: nobody listens there on loopback
REFUSED = 'The host refused the connection: it is up, but nothing listens on this port.'


def scan(window, ports):
    """Scans this computer; afterwards the host's row is selected and has the focus."""
    window.press('Ports to scan')
    window.type_into('Port list', ','.join(map(str, [*ports, CLOSED])))
    window.key('Return')
    window.wait_for_focus('Ports to scan')
    window.type_into('Target', '127.0.0.1')
    window.key('ctrl+l')
    window.wait_for_focus('Target')
    window.key('Return')
    window.wait_for_text('1 host up · ')
    window.wait_for_rows('the ports', lambda rows: len(rows) == len(ports) + 2)


def select(window, text):
    """Selects a row by keyboard."""
    row = wait_for(f'a row {text}', lambda: [
        label for label in find_all(window.results(), Atspi.Role.LABEL, text)
        if label.get_name() == text])[-1]       # the host's row can name the port, too
    window.click(row)
    wait_for(f'{text} to be selected', lambda: window.selected_rows() == [text])


def is_shown(window, text):
    """Whether a label has this text; those on hidden pages are empty."""
    return find_first(window.frame, Atspi.Role.LABEL, text) is not None


def has_text(window, text):
    window.wait_for_text(text)


def has_results(window):
    return find_first(window.frame, Atspi.Role.TREE_TABLE, 'Results') is not None


def picture(window, name='Handshake'):
    """The picture of a handshake."""
    return wait_for(f'the picture {name!r}', lambda: [
        node for node in find_all(window.frame, Atspi.Role.IMAGE, name) if node.get_name() == name])[0]


def wait_for_picture(window, *lines):
    """Waits until the description of the picture has all lines."""
    seen = ['']

    def check():
        seen[0] = picture(window).get_description()
        return all(line in seen[0] for line in lines)
    try:
        wait_for(f'{lines} in the picture', check)
    except tap.Failed as failure:
        raise tap.Failed(f'{failure}; it says {seen[0]!r}') from None


# Losing this: nobody finds the details, or they show something else than what is selected.
@tap.case('F9 shows the details of what is selected, and hides them')
def follow():
    with listeners(1) as ports, Window() as window:
        scan(window, ports)
        select(window, '9')
        tap.true(not is_shown(window, 'Port 9'), 'no details at first')
        window.key('F9')
        has_text(window, 'Port 9 · discard')
        has_text(window, REFUSED)
        has_text(window, 'Usually discard (by number): ')
        wait_for_picture(window, 'and localhost, port 9:', 'SYN sent',
                         'RST received from localhost')

        window.key('Up')
        has_text(window, f'Port {ports[0]}')
        has_text(window, 'The connection was accepted after ')
        wait_for_picture(window, 'SYN-ACK received from localhost', 'ACK sent', 'RST sent')

        window.key('Up')
        wait_for('the host', lambda: not is_shown(window, 'Port 9'))
        has_text(window, '1 closed')

        window.key('F9')
        wait_for('the details to vanish', lambda: not is_shown(window, '1 closed'))


# Losing this: users see an old state, or one that the list does not show; and who cannot see it hears nothing.
@tap.case('Check Again finds that a port was closed meanwhile')
def check_again():
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen(8)
    port = listener.getsockname()[1]
    with Window() as window:
        scan(window, [port])
        select(window, str(port))
        window.key('F9')
        has_text(window, 'The connection was accepted after ')

        window.key('alt+a')
        wait_for_picture(window, 'Packets between this computer, port ', '0 ms: SYN sent',
                         'SYN-ACK received')
        window.wait_for_status(f'Port {port}, open: The connection was accepted')
        listener.close()
        window.key('alt+a')
        has_text(window, REFUSED)
        window.wait_for_status(f'Port {port}, closed: {REFUSED}')
        wait_for_picture(window, 'RST received from localhost')
        window.wait_for_rows('the new state in the list', lambda rows: any(
            row[0] == str(port) and 'closed' in row for row in rows))


# Losing this: a port that is silent now is said to be open, or the window freezes while it waits.
@tap.case('Check Again waits for a silent port, and shows each SYN')
def check_silent():
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen(4)  # with room for the scan's own connects, of which a busy machine needs more than one
    port = listener.getsockname()[1]
    with Window() as window:
        scan(window, [port])
        select(window, str(port))
        window.key('F9')
        has_text(window, 'The connection was accepted after ')

        # Fills the queue: from now on the kernel drops SYNs.
        clients = []
        for _ in range(8):
            clients.append(socket.socket())
            clients[-1].setblocking(False)
            clients[-1].connect_ex(('127.0.0.1', port))
        window.key('alt+a')
        window.wait_for_status(f'Checking port {port}')
        has_text(window, 'Connecting: ')
        has_text(window, 'No reply to ')
        has_text(window, ' A firewall probably drops these packets; a closed port would have answered.')
        wait_for_picture(window, '0 ms: SYN sent, no reply', ' s: gave up')
        window.wait_for_rows('the new state in the list', lambda rows: any(
            row[0] == str(port) and 'filtered' in row for row in rows))
        for client in clients:
            client.close()
    listener.close()


# Losing this: users do not learn that a port has opened or closed since the last scan.
@tap.case('the details tell in how many kept scans the port was open')
def seen_before():
    with listeners(1) as ports, Window() as window:
        scan(window, ports)
        select(window, str(ports[0]))
        window.key('F9')
        has_text(window, 'The connection was accepted after ')
        # By now the scan has been kept.
        window.key('F5')
        wait_for('the old results to vanish', lambda: not is_shown(window, f'Port {ports[0]}'))
        window.wait_for_text('1 host up · ')
        window.wait_for_rows('the ports', lambda rows: len(rows) == 3)
        select(window, str(ports[0]))
        has_text(window, 'Seen before: open in 1 of 1 kept scan.')
        select(window, '9')
        has_text(window, 'Seen before: not open in ')        # of those of other cases, too


# Losing this: students cannot compare, or a picture has no words.
@tap.case('examples of a closed and a filtered port have descriptions')
def examples():
    with listeners(1) as ports, Window() as window:
        scan(window, ports)
        select(window, '9')
        window.key('F9')
        has_text(window, REFUSED)
        window.resize(960, 860)
        window.press('Compare With a Closed and a Filtered Port')
        closed = picture(window, 'Handshake of a closed port (example)').get_description()
        tap.true('20.0 ms: RST received from host' in closed, f'a reply in {closed!r}')
        filtered = picture(window, 'Handshake of a filtered port (example)').get_description()
        tap.true('3.00 s: SYN sent, no reply\n4.00 s: gave up' in filtered, f'in {filtered!r}')
        window.press('Replay')


# Losing this: host and port have to be retyped.
def copy():
    with listeners(1) as ports, Window() as window:
        scan(window, ports)
        select(window, '9')
        window.key('F9')
        has_text(window, REFUSED)
        window.key('alt+c')
        wait_for('host and port in the clipboard', lambda: subprocess.run(
            ['xclip', '-selection', 'clipboard', '-out'], capture_output=True, text=True,
            check=False, timeout=10).stdout == '127.0.0.1:9')


if shutil.which('xclip') is not None:
    tap.case('Copy copies host and port')(copy)


# Losing this: in a narrow window there is no way to the details, or none back.
@tap.case('in a narrow window the details are a page of their own')
def narrow():
    with listeners(1) as ports, Window() as window:
        scan(window, ports)
        window.resize(360, 600)
        select(window, '9')
        window.key('F9')
        has_text(window, REFUSED)
        wait_for('the results to vanish', lambda: not has_results(window))
        window.find(Atspi.Role.PUSH_BUTTON, 'Back to Results')
        window.key('Escape')
        wait_for('the results', lambda: has_results(window))
        wait_for('the row', lambda: window.selected_rows() == ['9'])
        tap.true(not is_shown(window, REFUSED), 'no details')
        window.key('Return')
        has_text(window, REFUSED)
        window.press('Back to Results')
        wait_for('the results', lambda: has_results(window))


# Losing this: the details have to be opened anew in each window.
@tap.case('the details are still shown in the next window')
def remember():
    with listeners(1) as ports, Window() as window:
        scan(window, ports)
        window.key('F9')
        has_text(window, 'Rate')
        window.key('ctrl+n')
        window.wait_for_windows(2)
        frame = window.frame
        try:
            window.frame = wait_for('the new window', lambda: [
                child for child in (window.root.get_child_at_index(i)
                                    for i in range(window.root.get_child_count()))
                if child != frame and child.get_name() == 'Roadstead'])[0]
            window.type_into('Target', '127.0.0.1', window.frame)
            window.press('_Scan', window.frame)     # with what was scanned last
            window.find(Atspi.Role.LABEL, 'Rate', window.frame)
        finally:
            window.frame = frame


if __name__ == '__main__':
    tap.main()
