#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real servers, as Debian packages them: each is told right, with its version, in time.

If one of these fails, a user reads a wrong name or no version of what is on nearly every network. A server that is
not installed is skipped.
"""

import os
import subprocess

import scanner
import servers
import tap
from servers import check, folder, start, version, write

servers.enter()


@tap.case('OpenSSH')
def check_ssh():
    key = os.path.join(folder, 'key')
    servers.require('sshd')
    os.makedirs('/run/sshd', exist_ok=True)
    subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key], check=True)
    start('sshd', '-D', '-e', '-f', '/dev/null', '-h', key, '-o', 'ListenAddress=127.0.0.2:22')
    wanted = version(r'OpenSSH_([^,]*)', 'ssh', '-V').replace(' Debian-', ' Debian ', 1)
    check(22, 'ssh', 'OpenSSH', wanted)


def start_nginx():
    servers.require('nginx')
    if os.path.exists(os.path.join(folder, 'nginx.conf')):
        return
    certificate, key = servers.make_certificate()
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
                    ssl_certificate {certificate}; ssl_certificate_key {key}; }}
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
    servers.check_certificate(check_nginx(port, 'ssl/http'))


@tap.case('vsftpd', 21, '')
@tap.case('vsftpd with TLS', 2121, 'ssl_enable=YES\nrequire_ssl_reuse=NO\n')
def check_ftp(port, options):
    certificate, key = servers.make_certificate()
    start('vsftpd', write(f'vsftpd-{port}.conf', f'''listen=YES
listen_address=127.0.0.2
listen_port={port}
background=NO
run_as_launching_user=YES
secure_chroot_dir={folder}
anonymous_enable=YES
rsa_cert_file={certificate}
rsa_private_key_file={key}
{options}'''))
    found = check(port, 'ftp', 'vsftpd', version(r'version (\S+)', 'dpkg-query', '-W', '-f', 'version ${Version}\n',
                                                 'vsftpd').partition('-')[0])
    if options and scanner.have_tls():
        servers.check_certificate(found)


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
    servers.main()
