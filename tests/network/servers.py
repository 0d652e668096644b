# SPDX-License-Identifier: GPL-3.0-or-later
"""Real servers, as Debian packages them: started in the namespaces of a test, and looked at through a counter."""

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time

import netns
import scanner
import tap
from tap import equal, true

MAX_TIME = 5        # seconds
SLACK = 2           # what a busy machine may need to start the program
folder = tempfile.mktemp(prefix='roadstead-')      # enter() makes it
# The packages of the servers, for build-aux/install-packages.
group = 'servers'
_processes = []


def enter(keep_users=False):
    netns.enter(keep_users)
    os.mkdir(folder)


def find(program):
    return shutil.which(program) or shutil.which(program, path='/usr/sbin:/sbin:/usr/local/sbin')


def write(name, text):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def require(program):
    """Returns: the path of a program; skips the case if there is none"""
    path = find(program)
    if path is None:
        raise tap.Skip(f'{program} is not installed: build-aux/install-packages {group}')
    return path


def start(program, *arguments, wrapper=()):
    """Starts a server, in a session of its own: some end the others of theirs with themselves."""
    path = require(program)
    with open(os.path.join(folder, os.path.basename(program) + '.log'), 'ab') as log:
        _processes.append(subprocess.Popen([*wrapper, path, *arguments], stdin=subprocess.DEVNULL, stdout=log,
                                           stderr=log, cwd=folder, start_new_session=True))


def make_certificate():
    """Returns: the paths of a certificate of nas.lan and of its key"""
    require('openssl')
    paths = [os.path.join(folder, f'tls.{kind}') for kind in ('crt', 'key')]
    if not os.path.exists(paths[0]):
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-out', paths[0], '-keyout',
                        paths[1], '-subj', '/CN=nas.lan', '-days', '90'], check=True, capture_output=True)
    return paths


def version(pattern, *command):
    """The version that the program itself says it has."""
    done = subprocess.run([find(command[0]) or command[0], *command[1:]], capture_output=True, text=True, check=False)
    return re.search(pattern, done.stdout + done.stderr)[1]


def listens(address, port):
    try:
        socket.create_connection((address, port), timeout=1).close()
    except OSError:
        return False
    return True


class Counter:
    """Counts the connections to a port and passes them on to a server."""

    def __init__(self, address, port, server):
        self.n = 0
        self.server = server
        self.listener = socket.create_server((address, port), backlog=16)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            self.n += 1
            other = socket.create_connection(self.server)
            for pair in ((connection, other), (other, connection)):
                threading.Thread(target=self.copy, args=pair, daemon=True).start()

    @staticmethod
    def copy(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def check(port, service, product, wanted):
    """Scans @port, which the server has on 127.0.0.2, through a counter."""
    netns.wait_for(lambda: listens('127.0.0.2', port), f'the server on port {port}')
    counter = Counter('127.0.0.1', port, ('127.0.0.2', port))
    begin = time.monotonic()
    result = scanner.scan_well('-p', str(port), '-sV', '127.0.0.1')
    elapsed = time.monotonic() - begin
    found = result.host('127.0.0.1')['ports'][0]
    equal((found['service'], found.get('product'), found.get('product_version')), (service, product, wanted),
          f'what answers ({json.dumps(found)})')
    true(elapsed < MAX_TIME + SLACK, f'it took {elapsed:.1f} s')
    true(counter.n <= 3, f'{counter.n} connections, with that of the scan')
    return found


def check_certificate(found):
    """Checks that a port tells the certificate that make_certificate() made."""
    equal((found['tls']['subject'], found['tls']['key_bits']), ('commonName=nas.lan', 2048), 'certificate')


def main():
    """Runs all cases, then ends the servers; never returns."""
    try:
        tap.main()
    finally:
        for process in _processes:
            process.terminate()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)
