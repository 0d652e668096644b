#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding out what answers on open ports: the choice, the list, the details and the filter."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading

from road_window import Atspi, Window, find_all, find_first, tap, wait_for

HOSTILE = b'220 <b>bold</b> & \x1b[31mred\x00\x07 ftp\r\n'
PAGE = (b'HTTP/1.0 200 OK\r\nServer: nginx/1.22.1\r\n\r\n'
        b'<html><title>My &lt;i&gt;router&lt;/i&gt;</title></html>')
WAYS_IN_ORDER = ['Don’t', 'Listen', 'Ask']


def serve(listener, behave, tls):
    def talk(connection):
        try:
            if tls is not None:
                connection = tls.wrap_socket(connection, server_side=True)
            behave(connection)
            while connection.recv(4096):
                pass
        except (OSError, ssl.SSLError):
            pass
        finally:
            connection.close()

    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=talk, args=(connection,), daemon=True).start()


def say(text):
    return lambda connection: connection.sendall(text)


def answer(text):
    """Waits for a question first, and closes the connection after the answer."""
    def behave(connection):
        if connection.recv(4096):
            connection.sendall(text)
            connection.shutdown(socket.SHUT_WR)
    return behave


@contextlib.contextmanager
def servers(*behaviours, tls=None):
    """Servers on this computer, the last one with TLS if @tls is given. Yields their ports."""
    sockets, threads = [], []
    for index, behave in enumerate(behaviours):
        listener = socket.create_server(('127.0.0.1', 0))
        sockets.append(listener)
        context = tls if index == len(behaviours) - 1 else None
        threads.append(threading.Thread(target=serve, args=(listener, behave, context), daemon=True))
        threads[-1].start()
    try:
        yield [listener.getsockname()[1] for listener in sockets]
    finally:
        # A thread that still waited for a connection could take one of the next servers.
        for listener, thread in zip(sockets, threads):
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            listener.close()


def make_tls():
    """A server's side of TLS, with a certificate that expires in 10 days."""
    if shutil.which('openssl') is None:
        raise tap.Skip('there is no openssl')
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = os.path.join(folder, 'key'), os.path.join(folder, 'certificate')
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '11',
                        '-subj', '/CN=nas.example/O=Home', '-addext', 'subjectAltName=DNS:nas.example',
                        '-keyout', key, '-out', certificate], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
    return context


def choose(window, ports, way=None):
    """Chooses ports, and how to find out what answers on them: by keyboard."""
    window.press('Ports to scan')
    window.type_into('Port list', ','.join(map(str, ports)))
    if way is None:
        window.key('Return')
    else:
        window.key('Tab', 'Tab')
        window.wait_for_focus('Find out what answers: Don’t')
        window.key('space', *['Down'] * WAYS_IN_ORDER.index(way), 'Return')
        window.wait_for_focus('Find out what answers: ' + way)
        window.key('Escape')
    window.wait_for_focus('Ports to scan')


def scan(window):
    window.type_into('Target', '127.0.0.1')
    window.key('ctrl+l')
    window.wait_for_focus('Target')
    window.key('Return')


def select(window, text):
    label = wait_for(f'a row {text}', lambda: [
        label for label in find_all(window.results(), Atspi.Role.LABEL, text) if label.get_name() == text])[-1]
    window.click(label)
    wait_for(f'{text} to be selected', lambda: window.selected_rows() == [text])


def labels(window):
    """The texts of all labels that are shown."""
    return [label.get_name() for label in find_all(window.frame, Atspi.Role.LABEL)]


def wait_for_label(window, text):
    try:
        wait_for(f'a label {text!r}', lambda: text in labels(window))
    except tap.Failed as failure:
        raise tap.Failed(f'{failure}; there are {labels(window)}') from None


def filter_by(window, text):
    window.key('ctrl+f')
    window.wait_for_focus('Filter results')
    window.key('ctrl+a')
    window.type(text)


def wait_for_ports(window, *ports):
    window.wait_for_rows(f'ports {ports}', lambda rows: [row[0] for row in rows if row[0].isdigit()] ==
                         [str(port) for port in sorted(ports)])


# Losing this: a scan that is to identify services does not, or the user does not see what was found.
@tap.case('what answers is chosen, listed, shown and filtered')
def identify():
    with servers(say(b'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'), answer(PAGE), answer(PAGE),
                 tls=make_tls()) as (ssh, http, https), Window() as window:
        window.resize(1200, 800)
        choose(window, [ssh, http, https], 'Ask')
        scan(window)
        window.wait_for_text('Identifying services: ')
        window.wait_for_text('1 host up · 3 open ports')
        window.wait_for_rows('the services', lambda rows: any(
            row[0] == str(ssh) and 'ssh' in row and any('OpenSSH 9.2p1' in cell for cell in row) for row in rows))
        window.key('F9')
        select(window, str(ssh))
        wait_for_label(window, 'OpenSSH')
        wait_for_label(window, '9.2p1 Debian 2')

        select(window, str(http))
        wait_for_label(window, 'My <i>router</i>')
        wait_for_label(window, '200 OK')
        wait_for_label(window, '1.22.1')

        filter_by(window, 'title:router')
        wait_for_ports(window, http, https)
        filter_by(window, 'product:openssh')
        wait_for_ports(window, ssh)
        filter_by(window, 'version:1.22')
        wait_for_ports(window, http, https)
        window.key('Escape')

        if 'ssl/http' not in [cell for row in window.rows() for cell in row]:
            raise tap.Skip('no TLS: glib-networking is not installed')
        select(window, str(https))
        wait_for_label(window, 'nas.example, Home')
        wait_for_label(window, 'nas.example, Home (self-signed)')
        wait_for_label(window, 'RSA, 2048 bits')
        wait_for_label(window, 'The certificate expires in 10 days')
        wait_for('the days left', lambda: any('(10 days left)' in text for text in labels(window)))
        filter_by(window, 'cert<30')
        wait_for_ports(window, https)
        filter_by(window, 'cert>30')
        wait_for_ports(window)


# Losing this: what a stranger's service says is taken as markup, or rings the terminal's bell.
@tap.case('a hostile greeting is shown as text')
def hostile():
    with servers(say(HOSTILE)) as (port,), Window() as window:
        choose(window, [port], 'Listen')
        scan(window)
        window.wait_for_text('1 host up · 1 open port')
        window.key('F9')
        select(window, str(port))
        window.wait_for_text('<b>bold</b> &')
        tap.true(not any('\x1b' in text or '\x07' in text for text in labels(window)), 'control characters')


# Losing this: to know what one port is, the user has to scan again, or to see its version in the list, to open the
# report again.
@tap.case('one port is identified from its details, by keyboard')
def one():
    with servers(say(b'SSH-2.0-dropbear_2022.83\r\n'), answer(b'')) as (ssh, silent), Window() as window:
        window.resize(1240, 800)
        choose(window, [ssh, silent])
        scan(window)
        window.wait_for_text('1 host up · 2 open ports')
        window.key('F9')
        select(window, str(ssh))
        tap.true('dropbear' not in ' '.join(labels(window)), 'nothing is known at first')
        window.key('alt+i')
        wait_for_label(window, '2022.83')
        wait_for('the button to go', lambda: find_first(window.frame, Atspi.Role.PUSH_BUTTON, 'Identify') is None)
        window.wait_for_rows('the service and its version', lambda rows: any(
            row[0] == str(ssh) and 'ssh' in row and any('2022.83' in cell for cell in row) for row in rows))
        select(window, str(silent))
        window.key('alt+i')
        wait_for_label(window, 'It did not say what it is.')


if __name__ == '__main__':
    tap.main()
