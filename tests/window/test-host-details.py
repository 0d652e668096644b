#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The details of a host: counts, port map, Go to Port and Scan All Ports of This Host."""

import json
import os
import re
import tempfile

from road_window import Atspi, Window, find_all, listeners, tap, wait_for


def write_report(path):
    """A host with three open ports, a closed one and a filtered one."""
    ports = [{'port': 22, 'state': 'open', 'reason': 'syn-ack', 'latency_ms': 12.4},
             {'port': 80, 'state': 'open', 'reason': 'syn-ack', 'latency_ms': 9.8},
             {'port': 443, 'state': 'open', 'reason': 'syn-ack', 'latency_ms': 51},
             {'port': 8080, 'state': 'closed', 'reason': 'conn-refused'},
             {'port': 8081, 'state': 'filtered', 'reason': 'no-response'}]
    report = {'format': 'roadstead-report', 'version': 1, 'status': 'finished', 'targets': '192.0.2.1',
              'hosts': [{'address': '192.0.2.1', 'state': 'up', 'reason': 'syn-ack', 'ports': ports}]}
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(report, file)


def port_map(window):
    return window.find(Atspi.Role.IMAGE, 'Port map')


def wait_for_description(node, what, condition, timeout=30):
    wait_for(what, lambda: condition(node.get_description()), timeout)
    return node.get_description()


def select_host(window, address):
    window.press('Details')
    window.find(Atspi.Role.LABEL, 'Addresses')
    return select_row(window, address)


def select_row(window, address):
    window.click(wait_for(f'the row of {address}', lambda: [
        label for label in find_all(window.results(), Atspi.Role.LABEL, address)
        if label.get_name() == address])[0])
    wait_for('it to be selected', lambda: len(window.selected_rows()) == 1)
    return port_map(window)


def go_to_port(window, text):
    entry = window.entry('Go to Port')
    window.click(entry)
    window.wait_for_focus('Go to Port')
    window.type_into('Go to Port', text)
    window.key('Return')


# Losing this: nobody who cannot see the port map learns what it shows.
@tap.case('a host: counts, round-trip times and the port map in words')
def words():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.json')
        write_report(path)
        with Window(path) as window:
            window.wait_for_rows('the host', lambda rows: len(rows) > 0)
            tap.equal(select_host(window, '192.0.2.1').get_description(),
                      '3 open, 1 filtered, 1 closed, 65531 not scanned', 'the map in words')
            for text in ('3 open', '1 filtered', '1 closed', '65531 not scanned'):
                window.wait_for_text(text)
            window.wait_for_text('Median 12 ms of 3 ports, 9.8 ms to 51 ms')
            tap.true('Median 12 ms' in window.find(Atspi.Role.IMAGE, 'Histogram').get_description(),
                     'the histogram in words')


# Losing this: the port map can only be read with a mouse, or the keys show one port and select another.
@tap.case('the crosshair by keys, Enter selects the port')
def keys():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.json')
        write_report(path)
        with Window(path) as window:
            window.wait_for_rows('the ports', lambda rows: len(rows) > 5)
            picture = select_host(window, '192.0.2.1')
            go_to_port(window, '8079')
            window.wait_for_focus('Port map')
            window.wait_for_text('Port 8079 · ')
            window.key('Right')
            wait_for_description(picture, 'one port on',
                                 lambda text: text.endswith('crosshair at port 8080: closed'))
            window.wait_for_text('Port 8080 · http-alt · closed (refused)')
            window.key('Down')
            wait_for_description(picture, 'a row down', lambda text: ' 8336: not scanned' in text)
            window.key('Home')
            wait_for_description(picture, 'its begin', lambda text: ' 8192: ' in text)
            window.key('End')
            wait_for_description(picture, 'its end', lambda text: ' 8447: ' in text)
            window.key('Page_Up')
            wait_for_description(picture, '16 rows up', lambda text: ' 4351: ' in text)
            window.key('ctrl+Left')
            wait_for_description(picture, 'the next open port', lambda text: ' 443: open' in text)
            window.key('Return')
            wait_for('the port in the list', lambda: window.selected_rows() == ['443'])


# Losing this: a user who looks for one port counts cells, or a typing error leads somewhere else.
@tap.case('Go to Port by number, by name and with nonsense')
def go_to():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.json')
        write_report(path)
        with Window(path) as window:
            window.wait_for_rows('the host', lambda rows: len(rows) > 0)
            select_host(window, '192.0.2.1')
            go_to_port(window, '22')
            window.wait_for_focus('Port map')
            window.wait_for_text('Port 22 · ssh · open')
            go_to_port(window, 'HTTPS')
            window.wait_for_focus('Port map')
            window.wait_for_text('Port 443 · https · open')
            go_to_port(window, '70000')
            window.wait_for_text('There is no port 70000: ports are numbered from 0 to 65535.')
            tap.true('70000' in window.entry('Go to Port').get_description(), 'said to screen readers')
            go_to_port(window, 'no-such-service')
            window.wait_for_text('No service is called “no-such-service”.')
            window.wait_for_text('Port 443 · https · open')


# Losing this: somebody who finds two open ports cannot have the others of the host looked at, or loses the
# results of the other hosts by it.
@tap.case('Scan All Ports of This Host adds to the report')
def scan_all():
    with listeners(2) as ports, Window() as window:
        window.press('Ports to scan')
        window.type_into('Port list', str(ports[0]))
        window.key('Return')
        window.type_into('Target', '127.0.0.1 127.0.0.2')
        window.press('_Scan')
        window.wait_for_text('2 hosts up · 1 open port')
        picture = select_host(window, '127.0.0.1')
        tap.true('1 open, ' in picture.get_description() and '65535 not' in picture.get_description(),
                 f'one port: {picture.get_description()}')
        window.press('Scan All Ports of This Host')
        # Other programs may have ports open too.
        text = wait_for_description(
            picture, 'all ports', lambda text: text.endswith(' 1 not scanned') and
            int(text.split(' ', maxsplit=1)[0]) >= 2, timeout=120)
        tap.true(' closed' in text, text)
        window.wait_for_text('2 hosts up · ')
        wait_for('the button to go', lambda: not window.exists(
            Atspi.Role.PUSH_BUTTON, 'Scan All Ports of This Host'))


# Losing this: nobody learns how fast a scan is, or what became of the addresses.
@tap.case('the scan: rate and addresses by outcome')
def scan():
    with listeners(1) as ports, Window() as window:
        window.press('Ports to scan')
        window.type_into('Port list', f'{ports[0]},1-60000')
        window.key('Return')
        window.type_into('Target', '127.0.0.1-3')
        window.press('_Scan')
        window.wait_for_rows('the page of the results', lambda rows: rows)
        window.press('Details')
        graph = window.find(Atspi.Role.IMAGE, 'Probes a second in the last minute')
        wait_for_description(graph, 'the rate', lambda text: ' probes a second' in text)
        window.wait_for_text('3 hosts up · ', timeout=120)
        window.wait_for_text('3 up')
        window.wait_for_text('Started ')
        window.wait_for_text('Loss: ')
        window.wait_for_text(' connections at once')


# Losing this: while a host is scanned again, and afterwards, the graph is that of another scan.
@tap.case('the rate is that of the scan that runs or ran last')
def rate_again():
    def peak(graph):
        match = re.search(r'[Aa]t most (\d+)', graph.get_description() or '')
        return int(match[1]) if match else 0

    with listeners(1) as ports, Window() as window:
        window.press('Ports to scan')
        window.type_into('Port list', str(ports[0]))
        window.key('Return')
        window.type_into('Target', '127.0.0.1 127.0.0.2')
        window.press('_Scan')
        window.wait_for_text('2 hosts up · 1 open port')
        window.press('Details')
        graph = window.find(Atspi.Role.IMAGE, 'Probes a second in the last minute')
        first = peak(graph)
        tap.true(first < 1000, f'a short scan: {first}')
        select_row(window, '127.0.0.1')
        window.press('Scan All Ports of This Host')
        wait_for('the button to go', lambda: not window.exists(
            Atspi.Role.PUSH_BUTTON, 'Scan All Ports of This Host'), timeout=120)
        window.wait_for_text('2 hosts up · ', timeout=120)
        window.key('ctrl+a')        # no single host any more
        graph = window.find(Atspi.Role.IMAGE, 'Probes a second in the last minute')
        wait_for('the rate of the last scan', lambda: peak(graph) >= 1000)


if __name__ == '__main__':
    tap.main()
