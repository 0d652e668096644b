#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What answers on open ports, and services that do their worst.

If one of these fails, a scan hangs on a tarpit, fills a terminal or a report with what a stranger wrote, or sends
something to services that nobody asked for.
"""

import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import warnings
import xml.etree.ElementTree

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

MAX_TIME = 5        # seconds that a port may take
SLACK = 5           # what a busy machine may need beside
folder = tempfile.mkdtemp(prefix='roadstead-')


class Server:
    """Listens on one port, and counts what comes."""

    def __init__(self, address, port, behave=None, tls=None):
        self.behave = behave
        self.tls = tls
        self.received = b''
        self.n_connections = 0
        self.lock = threading.Lock()
        self.listener = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind((address, port))
        self.listener.listen(16)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            with self.lock:
                self.n_connections += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            if self.behave is not None:
                self.behave(self, connection)
            else:
                while self.read(connection):
                    pass
        except (OSError, ssl.SSLError):
            pass
        finally:
            connection.close()

    def read(self, connection):
        data = connection.recv(4096)
        with self.lock:
            self.received += data
        return data


def say(*texts):
    """Sends texts at once, and waits until the other side has gone."""
    def behave(server, connection):
        for text in texts:
            connection.sendall(text)
        while server.read(connection):
            pass
    return behave


def answer(text):
    """Sends a text when it was asked."""
    def behave(server, connection):
        if server.read(connection):
            connection.sendall(text)
    return behave


def converse(*texts, end=None):
    """Sends a text, and one more whenever it was asked; then lets end() go on."""
    def behave(server, connection):
        connection.sendall(texts[0])
        for text in texts[1:]:
            if not server.read(connection):
                return
            connection.sendall(text)
        if end is not None:
            end(server, connection)
        while server.read(connection):
            pass
    return behave


def drip(server, connection):
    while True:
        connection.sendall(b'x')
        time.sleep(1)


def flood(server, connection):
    while True:
        connection.sendall(b'A' * 65536)


def service(host, port):
    for item in host['ports']:
        if item['port'] == port:
            return item
    raise tap.Failed(f'port {port} is not in {host["ports"]}')


def notes(host, port):
    return {note['name']: note['text'] for note in host.get('notes', []) if note.get('port') == port}


def make_certificate(name, *arguments):
    paths = [os.path.join(folder, f'{name}.{kind}') for kind in ('crt', 'key')]
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-out', paths[0], '-keyout', paths[1],
                    '-utf8', *arguments], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*paths)
    return context


@tap.case('with “nothing” no byte is sent')
def check_nothing():
    """Losing this: a scan that is only to connect disturbs services."""
    server = Server('127.0.0.2', 8080)
    for options in ([], ['--identify', 'nothing'], ['-T', 'fast']):
        before = server.n_connections
        result = scanner.scan_well('-p', '8080', *options, '127.0.0.2')
        equal(result.open_ports('127.0.0.2'), [8080], 'open ports')
        netns.wait_for(lambda: server.n_connections > before, 'the connection to be accepted')
        equal(server.n_connections - before, 1, 'connections')
        equal(server.received, b'', 'what was sent')
        true('confidence' not in service(result.host('127.0.0.2'), 8080), 'it was identified')


@tap.case('listening sends nothing and hears greetings')
def check_listen():
    """Losing this: who only wants to listen asks, or hears nothing."""
    silent = Server('127.0.0.3', 8080)
    ssh = Server('127.0.0.3', 2222, say(b'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'))
    begin = time.monotonic()
    result = scanner.scan_well('-p', '2222,8080', '--identify', 'listen', '127.0.0.3')
    elapsed = time.monotonic() - begin
    host = result.host('127.0.0.3')
    equal(silent.received + ssh.received, b'', 'what was sent')
    equal((silent.n_connections, ssh.n_connections), (2, 2), 'connections')
    equal(service(host, 2222)['version'], 'OpenSSH 9.2p1 Debian 2 (protocol 2.0)', 'version')
    true('confidence' not in service(host, 8080), 'a silent service was identified')
    true(elapsed < MAX_TIME + SLACK, f'it took {elapsed:.1f} s')
    true('2222/tcp open  ssh      OpenSSH 9.2p1 Debian 2 (protocol 2.0)' in result.stdout, result.stdout)


# A greeting, and what it tells: service, product and version.
GREETINGS = {
    'ssh': (b'SSH-2.0-dropbear_2022.83\r\n', 'Dropbear sshd 2022.83 (protocol 2.0)'),
    'ftp': (b'220 ProFTPD 1.3.8 Server (Debian) [::ffff:127.0.0.1]\r\n', 'ProFTPD 1.3.8'),
    'smtp': (b'220 nas.lan ESMTP Exim 4.96 Thu, 26 Nov 2026 19:00:00 +0000\r\n', 'Exim smtpd 4.96'),
    'pop3': (b'+OK Dovecot (Debian) ready.\r\n', 'Dovecot pop3d'),
    'imap': (b'* OK [CAPABILITY IMAP4rev1] Dovecot (Debian) ready.\r\n', 'Dovecot imapd'),
    'mysql': (b'\x5b\0\0\0\x0a5.5.5-10.11.6-MariaDB-0+deb12u1\0' + bytes(60), 'MariaDB 10.11.6-MariaDB-0+deb12u1'),
    'vnc': (b'RFB 003.008\n', '(protocol 3.8)'),
    'irc': (b':irc.lan NOTICE * :*** Looking up your hostname...\r\n', None),
    'jabber': (b"<?xml version='1.0'?><stream:stream from='nas.lan' id='1' version='1.0'>", None),
}


@tap.case('greetings of many services')
def check_greetings():
    """Losing this: a service that says who it is stays a number, on a port where nobody expects it."""
    heard = {name: Server(f'127.0.4.{number}', 4000, say(text))
             for number, (name, (text, _)) in enumerate(GREETINGS.items())}
    result = scanner.scan_well('-p', '4000', '--skip-discovery', '--identify', 'listen',
                               f'127.0.4.0-{len(GREETINGS) - 1}')
    for number, (name, server) in enumerate(heard.items()):
        port = service(result.host(f'127.0.4.{number}'), 4000)
        equal((port['service'], port.get('version')), (name, GREETINGS[name][1]), 'what was heard')
        equal((server.received, server.n_connections), (b'', 2), f'{name}: what was sent, and connections')


@tap.case('a mail server that takes its time')
def check_slow_greeting():
    """Losing this: a mail server that looks us up in DNS first is sent a web browser's question, and blocks us."""
    server = Server('127.0.0.12', 25)
    begin = time.monotonic()
    process = scanner.start('-n', '-p', '25', '-sV', '127.0.0.12')
    netns.wait_for(lambda: server.received, 'a question')
    elapsed = time.monotonic() - begin
    process.kill()
    process.wait()
    true(elapsed >= 3, f'it was asked after {elapsed:.1f} s')


# A port, what is sent to it as data/doc/identify.md has it, the answer and what that tells.
QUESTIONS = {
    'domain': (53, '001e 5273 00000001 0000 0000 0000 0776657273696f6e 0462696e64 00 0010 0003',
               b'\0\x33Rs\x84\0\0\1\0\1\0\0\0\0\7version\4bind\0\0\x10\0\3\xc0\x0c\0\x10\0\3\0\0\0\0\0\x09\x089.18.24x',
               'ISC BIND 9.18.24x'),
    'ms-wbt-server': (3389, '03000013 0ee0000000000001 0008000300 0000',
                      bytes.fromhex('030000130ed000001234000200080002000000'), '(network level authentication)'),
    'rtsp': (554, b'OPTIONS rtsp://127.0.5.2/ RTSP/1.0\r\nCSeq: 1\r\n\r\n'.hex(),
             b'RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: x/2\r\n\r\n', 'x 2'),
    'microsoft-ds': (445, '0000006c fe534d42 4000' + '00' * 8 + '0100' + '00' * 48 + '2400 0400 01' + '00' * 7 +
                     b'Roadstead'.hex() + '00' * 15 + '0202 1002 0003 0203',
                     b'\0\0\0\x4a\xfeSMB' + bytes(60) + b'\x41\0\3\0\2\3\0\0', '(SMB 3.0.2, signing required)'),
}


@tap.case('questions that few machines here can answer')
def check_questions():
    """Losing this: what is sent is not what is documented, or an answer is not understood."""
    asked = {name: Server(f'127.0.5.{number}', port, answer(text))
             for number, (name, (port, _, text, _)) in enumerate(QUESTIONS.items())}
    result = scanner.scan_well('-p', '53,445,554,3389', '--skip-discovery', '--identify', 'ask',
                               f'127.0.5.0-{len(QUESTIONS) - 1}')
    for number, (name, server) in enumerate(asked.items()):
        port = service(result.host(f'127.0.5.{number}'), server.port)
        equal((port['service'], port['version']), (name, QUESTIONS[name][3]), 'what was understood')
        equal(server.received, bytes.fromhex(QUESTIONS[name][1]), f'{name}: what was sent')
        equal(server.n_connections, 2, f'{name}: connections, with that of the scan')


@tap.case('what was asked is in all formats')
def check_formats():
    """Losing this: other programs do not see what answers."""
    page = b'HTTP/1.0 302 Found\r\nServer: nginx/1.22.1\r\nLocation: /login\r\n\r\n<title>My &lt;router&gt;</title>'
    Server('127.0.0.4', 8080, answer(page))
    paths = {suffix: os.path.join(folder, 'all.' + suffix) for suffix in ('xml', 'gnmap', 'csv', 'html', 'json')}
    outputs = [word for path in paths.values() for word in ('-o', path)]
    result = scanner.scan_well('-p', '8080', '-sV', *outputs, '127.0.0.4')
    texts = {}
    for suffix, path in paths.items():
        with open(path, encoding='utf-8') as file:
            texts[suffix] = file.read()

    port = xml.etree.ElementTree.fromstring(texts['xml']).find('.//port')
    equal(port.find('service').attrib, {'name': 'http', 'product': 'nginx', 'version': '1.22.1', 'method': 'probed',
                                        'conf': '10'}, 'XML')
    equal({script.get('id'): script.get('output') for script in port.findall('script')},
          {'http-status': '302 Found', 'http-server-header': 'nginx/1.22.1', 'http-redirect': '/login',
           'http-title': 'My <router>'}, 'scripts')
    true('8080/open/tcp//http//nginx 1.22.1/' in texts['gnmap'], texts['gnmap'])
    true('nginx 1.22.1' in texts['csv'], texts['csv'])
    true('nginx 1.22.1' in texts['html'] and 'My &lt;router&gt;' in texts['html'], texts['html'])
    equal(service(json.loads(texts['json'])['hosts'][0], 8080)['product_version'], '1.22.1', 'JSON')
    true('8080/tcp open  http    nginx 1.22.1\n' in result.stdout, result.stdout)
    true('|_http-title: My <router>\n' in result.stdout, result.stdout)


# Each has an address of its own, so that all are asked at the same time.
HOSTILE = {
    'silence': (8080, None),
    'a byte a second': (4000, drip),
    'an endless banner': (4000, flood),
    'an endless answer': (80, lambda server, connection: (server.read(connection), flood(server, connection))),
    'zeros': (4000, say(bytes(3000))),
    'control characters': (4000, say(b'SSH-2.0-\x1b[2J\x1b]0;x\x07_\xff\xfe\xc2\x9b1m\xe2\x80\xae\r\n')),
    'markup': (80, answer(b'HTTP/1.0 200 <b>\x1b[1m\r\nServer: </service>&"\'/1\r\n\r\n<title>]]><!-- --></title>')),
    'a redirect loop': (80, answer(b'HTTP/1.0 301 Moved\r\nLocation: http://127.0.1.7/\r\n\r\n')),
    'broken TLS': (443, answer(b'\x16\x03\x03\xff\xff\x02\x00\x00' + bytes(100))),
    'TLS that stops': (443, lambda server, connection: (server.read(connection), time.sleep(20))),
    'a long line': (4000, say(b'220 ' + b'ftp ' * 5000)),
    'nothing but an end': (4000, lambda server, connection: None),
    'garbage instead of TLS': (25, converse(b'220 a ESMTP\r\n', b'250-a\r\n250 STARTTLS\r\n', b'220 go\r\n',
                                            end=lambda server, connection: connection.sendall(b'\x16\x03\x01' * 999))),
    'silence instead of TLS': (110, converse(b'+OK ready\r\n', b'+OK go\r\n')),
    'silence after STARTTLS': (143, converse(b'* OK ready\r\n')),
    'an endless answer to EHLO': (25, converse(b'220 a ESMTP\r\n', b'250-STARTTLS\r\n' * 9999)),
    'an endless answer to STARTTLS': (143, converse(b'* OK ready\r\n', b'* x\r\n' * 9999)),
}

# What comes with the last word without TLS.
INJECTED = {
    'smtp': (25, converse(b'220 a ESMTP\r\n', b'250-a\r\n250 STARTTLS\r\n', b'220 go\r\n250 x\r\n')),
    'pop3': (110, converse(b'+OK ready\r\n', b'+OK go\r\n+OK x\r\n')),
    'imap': (143, converse(b'* OK ready\r\n', b'R OK go\r\n* OK x\r\n')),
    'ftp': (21, converse(b'220 my FTP\r\n', b'234 go\r\n230 x\r\n')),
}


@tap.case('services that do their worst')
def check_hostile():
    """Losing this: one tarpit holds up the scan of a network, or writes to the terminal."""
    servers = {name: Server(f'127.0.1.{number}', port, behave)
               for number, (name, (port, behave)) in enumerate(HOSTILE.items())}
    path = os.path.join(folder, 'hostile.xml')
    begin = time.monotonic()
    result = scanner.scan_well('-p', '25,80,110,143,443,4000,8080', '--skip-discovery', '--identify', 'ask', '-o', path,
                               f'127.0.1.0-{len(HOSTILE) - 1}')
    elapsed = time.monotonic() - begin
    true(elapsed < MAX_TIME + SLACK, f'it took {elapsed:.1f} s')
    for name, server in servers.items():
        true(server.n_connections <= 3, f'{name}: {server.n_connections} connections, with that of the scan')
        true(len(server.received) < 3000, f'{name}: {len(server.received)} bytes were sent')
    for text in (result.stdout, json.dumps(result.report, ensure_ascii=False)):
        true(all(character.isprintable() or character == '\n' for character in text), repr(text))
    for host in result.report['hosts']:
        for note in host.get('notes', []):
            true(len(note['text']) < 1000, f'a note of {len(note["text"])} characters')
    with open(path, encoding='utf-8') as file:
        root = xml.etree.ElementTree.fromstring(file.read())
    equal(len(root.findall('host')), len(HOSTILE), 'hosts in XML')
    numbers = list(HOSTILE)
    markup = result.host(f'127.0.1.{numbers.index("markup")}')
    equal(notes(markup, 80)['http-title'], ']]><!-- -->', 'title')
    ssh = result.host(f'127.0.1.{numbers.index("control characters")}')
    equal(service(ssh, 4000)['service'], 'ssh', 'service')


@tap.case('a certificate that a stranger made')
def check_certificate():
    """Losing this: a certificate's subject becomes part of a page, commands a terminal, or adds a date."""
    if not scanner.have_tls():
        raise tap.Skip('glib-networking is not installed')
    if shutil.which('openssl') is None:
        raise tap.Skip('openssl is not installed')
    subject = '/CN=<script>\x1b[2J\nNot valid after:  2099-01-01T00:00:00/O=<\\/td>&"x'
    context = make_certificate('hostile', '-subj', subject, '-days', '3',
                               '-addext', 'subjectAltName=DNS:nas.lan,IP:192.0.2.7')
    Server('127.0.0.6', 443, answer(b'HTTP/1.0 200 OK\r\nServer: x/1\r\n\r\n'), context)
    result = scanner.scan_well('-p', '443', '-sV', '-o', os.path.join(folder, 'tls.html'), '127.0.0.6')
    port = service(result.host('127.0.0.6'), 443)
    equal((port['service'], port['version']), ('ssl/http', 'x 1'), 'service and version')
    equal(port['tls']['subject'], 'commonName=<script>\ufffd[2J\ufffdNot valid after:  2099-01-01T00:00:00'
          '/organizationName=</td>&"x', 'subject, with nothing in it that is escaped twice')
    equal(port['tls']['names'], ['nas.lan', '192.0.2.7'], 'names')
    true(port['tls']['not_after'] < '2099', port['tls']['not_after'])
    true(all(character.isprintable() or character == '\n' for character in result.stdout), result.stdout)
    true(re.search(r'\n\|_note: The certificate expires in [23] days\n', result.stdout), result.stdout)
    with open(os.path.join(folder, 'tls.html'), encoding='utf-8') as file:
        page = file.read()
    true('<script>' not in page and '&lt;script&gt;' in page, 'the page has the subject as it is')
    true('<strong>The certificate expires in ' in page, 'the page does not say what is remarkable')


@tap.case('an old version of TLS')
def check_old_tls():
    """Losing this: nobody learns that a service still speaks a version of TLS that is broken."""
    if not scanner.have_tls():
        raise tap.Skip('glib-networking is not installed')
    if shutil.which('openssl') is None or not ssl.HAS_TLSv1_1:
        raise tap.Skip('openssl is not installed, or has no TLS 1.1')
    context = make_certificate('old', '-subj', '/CN=old.lan', '-days', '90')
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers('ALL:@SECLEVEL=0')
    Server('127.0.0.11', 443, answer(b'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n'), context)
    result = scanner.scan_well('-p', '443', '-sV', '127.0.0.11')
    port = service(result.host('127.0.0.11'), 443)
    if 'tls' not in port:
        raise tap.Skip('this system does not speak TLS 1.1 any more')
    equal(port['tls']['protocol'], 'TLS 1.1', 'version')
    true('\n|_note: TLS 1.1 is outdated\n' in result.stdout, result.stdout)


@tap.case('what comes between the last word without TLS and TLS')
def check_injected():
    """Losing this: somebody on the way lets a service say with TLS what it never said."""
    servers = {name: Server(f'127.0.2.{number}', port, behave)
               for number, (name, (port, behave)) in enumerate(INJECTED.items())}
    result = scanner.scan_well('-p', '21,25,110,143', '--skip-discovery', '--identify', 'ask',
                               f'127.0.2.0-{len(INJECTED) - 1}')
    for number, (name, server) in enumerate(servers.items()):
        true(b'\x16\x03' not in server.received, f'{name}: TLS was begun: {server.received}')
        port = service(result.host(f'127.0.2.{number}'), server.port)
        equal((port['service'], 'tls' in port), (name, False), 'service and TLS')


# What each says, and what it is sent. The last text is followed by TLS.
CHANGING = {
    'smtp': (25, b'220-a\r\n220 a ESMTP Postfix\r\n', [b'250-a\r\n250-starttls\r\n250 DSN\r\n', b'220 go\r\n'],
             b'EHLO roadstead.invalid\r\nSTARTTLS\r\n'),
    'imap': (4143, b'* OK ready\r\n', [b'* CAPABILITY IMAP4rev2\r\nR OK go\r\n'], b'R STARTTLS\r\n'),
    'pop3': (110, b'+OK ready\r\n', [b'+OK go\r\n'], b'STLS\r\n'),
    'ftp': (21, b'220-my FTP\r\n  of the house\r\n220 ready\r\n', [b'234 go\r\n'], b'AUTH TLS\r\n'),
    'jabber': (5222, b'', [b"<?xml version='1.0'?><stream:stream id='1'><stream:features><starttls/></stream:features>",
                           b"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"],
               b"<?xml version='1.0'?><stream:stream to='127.0.3.4' version='1.0' xmlns='jabber:client' "
               b"xmlns:stream='http://etherx.jabber.org/streams'><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
    'postgresql': (5432, b'', [b'S'], bytes.fromhex('0000000804d2162f')),
}


@tap.case('services that change to TLS')
def check_starttls():
    """Losing this: the certificate of a mail server or a database expires without a word, or it is asked more than is
    written in data/doc/identify.md."""
    if not scanner.have_tls():
        raise tap.Skip('glib-networking is not installed')
    if shutil.which('openssl') is None:
        raise tap.Skip('openssl is not installed')
    context = make_certificate('changing', '-subj', '/CN=mail.lan', '-days', '3')
    alpn = []
    context.set_alpn_protocols(['http/1.1'])

    def begin_tls(server, connection):
        secure = context.wrap_socket(connection, server_side=True)
        alpn.append(secure.selected_alpn_protocol())
        secure.recv(1)

    servers = {name: Server(f'127.0.3.{number}', port, converse(greeting, *answers, end=begin_tls))
               for number, (name, (port, greeting, answers, _)) in enumerate(CHANGING.items())}
    result = scanner.scan_well('-p', '21,25,110,4143,5222,5432', '--skip-discovery', '--identify', 'ask',
                               f'127.0.3.0-{len(CHANGING) - 1}')
    for number, (name, server) in enumerate(servers.items()):
        port = service(result.host(f'127.0.3.{number}'), server.port)
        equal((port['service'], port['extra_info']), (name, 'TLS offered'), 'service')
        equal(port['tls']['subject'], 'commonName=mail.lan', f'{name}: subject')
        true(port['tls']['protocol'].startswith('TLS 1.'), port)
        equal(server.received, CHANGING[name][3], f'what {name} was sent')
        equal(server.n_connections, 2, f'connections of {name}, with that of the scan')
    equal(alpn, [None] * len(CHANGING), 'protocols that were offered')
    equal(len(re.findall(r'\n\|_note: The certificate expires in [23] days\n', result.stdout)), len(CHANGING),
          result.stdout)


@tap.case('services that have no TLS to change to')
def check_cleartext():
    """Losing this: nobody notices that passwords are sent to a mailbox as they are."""
    if not scanner.have_tls():
        raise tap.Skip('glib-networking is not installed')
    Server('127.0.0.10', 143, converse(b'* OK ready\r\n', b'R BAD unknown\r\n'))
    Server('127.0.0.10', 25, converse(b'220 a ESMTP\r\n', b'250-a\r\n250 XSTARTTLSX\r\n'))
    result = scanner.scan_well('-p', '25,143', '-sV', '127.0.0.10')
    for port, name in ((25, 'smtp'), (143, 'imap')):
        equal(service(result.host('127.0.0.10'), port)['extra_info'], 'no TLS', 'extra')
        true(f'|_note: {name} is not encrypted\n' in result.stdout, result.stdout)


@tap.case('without a TLS backend')
def check_no_backend():
    """Losing this: TLS that our own machine lacks is told as something about the service, or ends the scan."""
    server = Server('127.0.0.9', 443, say())
    os.environ['GIO_USE_TLS'] = 'dummy'
    try:
        result = scanner.scan('-p', '443', '-sV', '127.0.0.9')
    finally:
        del os.environ['GIO_USE_TLS']
    equal((result.status, result.stderr.count('glib-networking')), (0, 1), result.stderr)
    equal(len([text for text in result.report['problems'] if 'glib-networking' in text]), 1, 'problems')
    port = service(result.host('127.0.0.9'), 443)
    true(port['state'] == 'open' and 'confidence' not in port, port)
    true(server.received.startswith(b'GET / HTTP/1.0\r\n'), server.received)


@tap.case('IPv6')
def check_ipv6():
    """Losing this: services are only identified over IPv4."""
    if not netns.have_ipv6():
        raise tap.Skip('no IPv6 here')
    server = Server('::1', 80, answer(b'HTTP/1.0 200 OK\r\nServer: y/2\r\nContent-Length: 0\r\n\r\n'))
    result = scanner.scan_well('-p', '80', '-sV', '::1')
    equal(service(result.host('::1'), 80)['version'], 'y 2', 'version')
    true(b'\r\nHost: [::1]\r\n' in server.received, server.received)

    if not scanner.have_tls() or shutil.which('openssl') is None:
        return
    context = make_certificate('ipv6', '-subj', '/CN=six.lan', '-days', '90')
    Server('::1', 443, answer(b'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n'), context)
    Server('::1', 143, converse(b'* OK ready\r\n', b'R OK go\r\n',
                                end=lambda _, connection: context.wrap_socket(connection, server_side=True)))
    result = scanner.scan_well('-p', '143,443', '-sV', '::1')
    for port in (143, 443):
        equal(service(result.host('::1'), port)['tls']['subject'], 'commonName=six.lan', 'subject')


@tap.case('stopping does not wait for services')
def check_stop():
    """Losing this: Ctrl+C waits for every service that says nothing."""
    servers = [Server('127.0.0.7', port) for port in range(5000, 5020)]
    path = scanner.report_path()
    process = scanner.start('-n', '-p', '5000-5019', '--identify', 'listen', '-o', path, '127.0.0.7')
    netns.wait_for(lambda: sum(server.n_connections for server in servers) > 20, 'a service to be asked')
    begin = time.monotonic()
    process.send_signal(signal.SIGINT)
    result = scanner.finish(process, path)
    elapsed = time.monotonic() - begin
    true(elapsed < 2, f'it took {elapsed:.1f} s')
    equal(result.status, 130, 'exit status')
    equal(len(result.open_ports('127.0.0.7')), 20, 'open ports')
    true(sum(server.n_connections for server in servers) <= 22, 'more than two services of a host were asked at once')


@tap.case('a scan that is continued asks only what it has not asked')
def check_resume():
    """Losing this: what was found out is lost with the program, or services are asked again."""
    known = Server('127.0.0.8', 2222, say(b'SSH-2.0-OpenSSH_9.2p1\r\n'))
    silent = Server('127.0.0.8', 4000)
    state = os.path.join(folder, 'state')
    environment = {**os.environ, 'XDG_STATE_HOME': state}
    journals = os.path.join(state, 'roadstead', 'journals')
    path = os.path.join(folder, 'resumed.json')
    begun = [scanner.PROGRAM, '-n', '-q', '-p', '2222,4000', '--identify', 'listen', '-o', path, '127.0.0.8']
    process = subprocess.Popen(begun, env=environment)

    def journal_knows():
        for name in os.listdir(journals) if os.path.isdir(journals) else ():
            with open(os.path.join(journals, name), 'rb') as file:
                if b'OpenSSH' in file.read():
                    return True
        return False

    netns.wait_for(journal_knows, 'the journal')
    process.kill()
    process.wait()
    before = (known.n_connections, silent.n_connections)
    done = subprocess.run([scanner.PROGRAM, '-q', '--resume', path], env=environment, capture_output=True, text=True,
                          check=False)
    equal((done.returncode, done.stderr), (0, ''), 'exit status and what was said')
    with open(path, encoding='utf-8') as file:
        host = json.load(file)['hosts'][0]
    equal(service(host, 2222)['version'], 'OpenSSH 9.2p1 (protocol 2.0)', 'version')
    equal((known.n_connections, silent.n_connections), (before[0], before[1] + 1), 'connections')


if __name__ == '__main__':
    try:
        tap.main()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
