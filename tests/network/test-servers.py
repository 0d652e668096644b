#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real servers, as Debian packages them: each is told right, with its version, in time.

If one of these fails, a user reads a wrong name or no version of what is on nearly every network. A server that is
not installed is skipped.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
import socket

import netns
import scanner
import tap
from tap import equal, true

netns.enter()

MAX_TIME = 5        # seconds
SLACK = 2           # what a busy machine may need to start the program
folder = tempfile.mkdtemp(prefix='roadstead-')
processes = []


def find(program):
    return shutil.which(program) or shutil.which(program, path='/usr/sbin:/sbin:/usr/local/sbin')


def write(name, text):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def start(program, *arguments):
    path = find(program)
    if path is None:
        raise tap.Skip(f'{program} is not installed: build-aux/install-packages servers')
    with open(os.path.join(folder, program + '.log'), 'ab') as log:
        processes.append(subprocess.Popen([path, *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                          cwd=folder))


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


@tap.case('OpenSSH')
def check_ssh():
    key = os.path.join(folder, 'key')
    if find('sshd') is None:
        raise tap.Skip('sshd is not installed')
    os.makedirs('/run/sshd', exist_ok=True)
    subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key], check=True)
    start('sshd', '-D', '-e', '-f', '/dev/null', '-h', key, '-o', 'ListenAddress=127.0.0.2:22')
    wanted = version(r'OpenSSH_([^,]*)', 'ssh', '-V').replace(' Debian-', ' Debian ', 1)
    check(22, 'ssh', 'OpenSSH', wanted)


def start_nginx():
    if find('nginx') is None or find('openssl') is None:
        raise tap.Skip('nginx or openssl is not installed')
    if os.path.exists(os.path.join(folder, 'nginx.conf')):
        return
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-out', f'{folder}/tls.crt', '-keyout',
                    f'{folder}/tls.key', '-subj', '/CN=nas.lan', '-days', '90'], check=True, capture_output=True)
    os.makedirs(f'{folder}/www')
    write('www/index.html', '<title>Files of the house</title>')
    paths = ''.join(f'{kind}_temp_path {folder}/{kind};' for kind in
                    ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
    start('nginx', '-c', write('nginx.conf', f'''
        daemon off; user root; pid {folder}/nginx.pid; error_log {folder}/error.log;
        events {{}}
        http {{
          access_log off; {paths} root {folder}/www;
          server {{ listen 127.0.0.2:80; }}
          server {{ listen 127.0.0.2:9999 ssl; listen 127.0.0.2:443 ssl;
                    ssl_certificate {folder}/tls.crt; ssl_certificate_key {folder}/tls.key; }}
        }}'''))


def check_nginx(port, service):
    start_nginx()
    return check(port, service, 'nginx', version(r'nginx/(\S+)', 'nginx', '-v'))


@tap.case('nginx')
def check_http():
    check_nginx(80, 'http')


@tap.case('nginx with TLS', 443)
@tap.case('nginx with TLS on a port where nobody expects it', 9999)
def check_https(port):
    if not scanner.have_tls():
        raise tap.Skip('glib-networking is not installed')
    found = check_nginx(port, 'ssl/http')
    equal((found['tls']['subject'], found['tls']['key_bits']), ('commonName=nas.lan', 2048), 'certificate')


@tap.case('vsftpd')
def check_ftp():
    start('vsftpd', write('vsftpd.conf', f'''listen=YES
listen_address=127.0.0.2
background=NO
run_as_launching_user=YES
secure_chroot_dir={folder}
anonymous_enable=YES
'''))
    check(21, 'ftp', 'vsftpd', version(r'version (\S+)', 'dpkg-query', '-W', '-f', 'version ${Version}\n', 'vsftpd')
          .partition('-')[0])


@tap.case('Redis')
def check_redis():
    start('redis-server', '--port', '6379', '--bind', '127.0.0.2', '--save', '')
    check(6379, 'redis', 'Redis key-value store', version(r'v=(\S+)', 'redis-server', '--version'))


@tap.case('memcached')
def check_memcached():
    start('memcached', '-u', 'root', '-l', '127.0.0.2', '-p', '11211')
    check(11211, 'memcached', 'Memcached', version(r'memcached (\S+)', 'memcached', '-V'))


@tap.case('Mosquitto')
def check_mqtt():
    start('mosquitto', '-c', write('mosquitto.conf', 'listener 1883 127.0.0.2\nallow_anonymous true\nuser root\n'))
    check(1883, 'mqtt', 'mosquitto', version(r'mosquitto version (\S+)', 'mosquitto', '-h'))


if __name__ == '__main__':
    try:
        tap.main()
    finally:
        for process in processes:
            process.terminate()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)
