#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real servers of mail, files and data, as Debian packages them; and nmap on the same ones.

If one of these fails, a user reads a wrong name or no version of a server that many networks have, or one that nmap
calls otherwise. A server that is not installed, or not allowed here, is skipped.
"""

import glob
import os
import re
import shutil
import subprocess
import tempfile
import time
import xml.etree.ElementTree

import netns
import scanner
import servers
import tap
from servers import check, folder, start, version, write
from tap import equal, true

# Of the time that nmap takes for the same servers.
MAX_SHARE = 0.3

# Where nmap tells another name, and why ours is right.
EXPLAINED = {
    445: (('netbios-ssn',), 'it names the port of SMB over TCP like that of SMB over NetBIOS, 139'),
    993: (('imaps',), 'it did not get through TLS, and goes by the number'),
    995: (('pop3s',), 'it did not get through TLS, and goes by the number'),
}

# Programs that refuse to run as root, or to become somebody else where there is nobody else.
AS_NOBODY = ['unshare', '-U', '--map-user=65534', '--map-group=65534', '--']

servers.group = 'more-servers'
checked = {}        # port -> the name of the service


def unpack_exim():
    """Exim and Postfix cannot be installed beside each other: Exim is downloaded, and unpacked without installing it.
    That takes the network that the namespaces do not have.
    Returns: where it is"""
    target = tempfile.mkdtemp(prefix='roadstead-')
    subprocess.run(['apt-get', 'download', '-q', 'exim4-daemon-light'], cwd=target, capture_output=True, check=False)
    for package in glob.glob(os.path.join(target, '*.deb')):
        subprocess.run(['dpkg', '-x', package, target], capture_output=True, check=False)
    return target


def need_users():
    with open('/proc/self/uid_map', encoding='ascii') as file:
        if int(file.read().split()[2]) == 1:
            raise tap.Skip('it changes to other users, whom only a test that root runs has')


def check_server(port, service, product, wanted, has_certificate=False):
    found = check(port, service, product, wanted)
    checked[port] = service
    if has_certificate and scanner.have_tls():
        servers.check_certificate(found)
    return found


@tap.case('Postfix')
def check_postfix():
    """Losing this: the mail server of most Debian machines is a number."""
    servers.require('postfix')
    need_users()
    certificate, key = servers.make_certificate()
    os.makedirs(f'{folder}/postfix/queue')
    os.makedirs(f'{folder}/postfix/data')
    shutil.chown(f'{folder}/postfix/data', 'postfix')
    # The queue of mail belongs to other users, who have to get there.
    os.chmod(folder, 0o755)
    write('postfix/main.cf', f'''compatibility_level = 3.6
queue_directory = {folder}/postfix/queue
data_directory = {folder}/postfix/data
myhostname = nas.lan
inet_interfaces = loopback-only
smtpd_banner = $myhostname ESMTP $mail_name (Debian/GNU)
smtpd_tls_security_level = may
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
maillog_file = /dev/stdout
''')
    write('postfix/master.cf', '''127.0.0.2:smtp inet n - n - - smtpd
anvil unix - - n - 1 anvil
rewrite unix - - n - - trivial-rewrite
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
''')
    netns.run('postfix', '-c', f'{folder}/postfix', 'check')
    start('/usr/lib/postfix/sbin/master', '-c', f'{folder}/postfix', '-d')
    check_server(25, 'smtp', 'Postfix smtpd', None, True)


@tap.case('Exim')
def check_exim():
    """Losing this: the other mail server of Debian is one without a version."""
    program = os.path.join(os.environ['ROADSTEAD_TEST_EXIM'], 'usr/sbin/exim4')
    if not os.path.exists(program):
        raise tap.Skip('exim4-daemon-light could not be downloaded')
    missing = re.findall(r'(\S+) => not found', netns.run('ldd', program))
    if missing:
        raise tap.Skip(f'{missing} is missing: build-aux/install-packages more-servers')
    os.chmod(program, 0o755)        # without the right to become root, which would be somebody else here
    certificate, key = servers.make_certificate()
    for path, line in (('/etc/passwd', 'Debian-exim:x:65534:65534::/:/bin/false\n'),
                       ('/etc/group', 'Debian-exim:x:65534:\n')):
        with open(path, encoding='utf-8') as file:
            text = file.read()
        netns.replace_file(path, text + line)
    config = write('exim.conf', f'''exim_user = nobody
exim_group = nogroup
spool_directory = {folder}/exim
log_file_path = {folder}/exim-%slog
tls_certificate = {certificate}
tls_privatekey = {key}
tls_advertise_hosts = *
host_lookup =
primary_hostname = nas.lan
keep_environment =
''')
    start(program, '-C', config, '-bdf', '-oX', '127.0.0.2.587', '-oP', f'{folder}/exim.pid', wrapper=AS_NOBODY)
    check_server(587, 'smtp', 'Exim smtpd', version(r'Exim version (\S+)', program, '-bV'), True)


def start_dovecot():
    servers.require('dovecot')
    if os.path.exists(os.path.join(folder, 'dovecot.conf')):
        return
    for protocol in ('imap', 'pop3'):
        if not os.path.exists(f'/usr/lib/dovecot/{protocol}-login'):
            raise tap.Skip(f'dovecot-{protocol}d is not installed: build-aux/install-packages more-servers')
    certificate, key = servers.make_certificate()
    unconfined = ''.join(f'service {name} {{\n  chroot =\n}}\n' for name in ('anvil', 'imap-login', 'pop3-login'))
    start('dovecot', '-F', '-c', write('dovecot.conf', f'''base_dir = {folder}/dovecot
state_dir = {folder}/dovecot
log_path = {folder}/dovecot-mail.log
protocols = imap pop3
listen = 127.0.0.2
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = nobody
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
{unconfined}
passdb {{
  driver = static
  args = password=x
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}
}}
'''), wrapper=AS_NOBODY)


@tap.case('Dovecot: IMAP', 143, 'imap', 'Dovecot imapd')
@tap.case('Dovecot: POP3', 110, 'pop3', 'Dovecot pop3d')
@tap.case('Dovecot: IMAP with TLS', 993, 'ssl/imap', 'Dovecot imapd')
@tap.case('Dovecot: POP3 with TLS', 995, 'ssl/pop3', 'Dovecot pop3d')
def check_dovecot(port, service, product):
    """Losing this: a mailbox cannot be told from any other service. Dovecot tells nobody its version."""
    if service.startswith('ssl/') and not scanner.have_tls():
        raise tap.Skip('glib-networking is not installed')
    start_dovecot()
    check_server(port, service, product, None, True)


@tap.case('MariaDB')
def check_mariadb():
    """Losing this: a database that anybody can reach has no version."""
    servers.require('mariadbd')
    netns.run('mariadb-install-db', '--no-defaults', '--user=root', f'--datadir={folder}/mariadb', '--skip-test-db')
    start('mariadbd', '--no-defaults', '--user=root', f'--datadir={folder}/mariadb', f'--socket={folder}/mariadb.sock',
          '--bind-address=127.0.0.2', f'--pid-file={folder}/mariadb.pid')
    check_server(3306, 'mysql', 'MariaDB', version(r'Ver (\S+)', 'mariadbd', '--version'))


@tap.case('PostgreSQL')
def check_postgresql():
    """Losing this: a database that anybody can reach is a number. It tells its version only to those it lets in."""
    found = sorted(glob.glob('/usr/lib/postgresql/*/bin'))
    if not found:
        raise tap.Skip('postgresql is not installed: build-aux/install-packages more-servers')
    certificate, key = servers.make_certificate()
    data = os.path.join(folder, 'postgresql')
    netns.run(*AS_NOBODY, f'{found[-1]}/initdb', '-D', data, '-A', 'trust', '-U', 'nobody', '--no-sync')
    start(f'{found[-1]}/postgres', '-D', data, '-h', '127.0.0.2', '-k', folder, '-c', 'ssl=on', '-c',
          f'ssl_cert_file={certificate}', '-c', f'ssl_key_file={key}', wrapper=AS_NOBODY)
    check_server(5432, 'postgresql', None, None, True)


@tap.case('Samba')
def check_samba():
    """Losing this: shared files are a number. Samba tells nobody its version."""
    servers.require('smbd')
    need_users()
    os.mkdir(f'{folder}/samba')
    folders = ''.join(f'{name} = {folder}/samba\n' for name in
                      ('lock directory', 'state directory', 'cache directory', 'pid directory', 'private dir'))
    start('smbd', '-F', '--no-process-group', '-s', write('smb.conf', f'''[global]
interfaces = 127.0.0.2/8
bind interfaces only = yes
ncalrpc dir = {folder}/samba/ncalrpc
log file = {folder}/smbd-%m.log
server role = standalone
{folders}'''))
    found = check_server(445, 'microsoft-ds', None, None)
    true('SMB 3' in found['version'], found)


@tap.case('nmap tells the same names, in more than three times as much time')
def check_nmap():
    """Losing this: who compares with nmap -sV finds other names, or waits as long as with nmap."""
    if shutil.which('nmap') is None:
        raise tap.Skip('nmap is not installed')
    if not checked:
        raise tap.Skip('no server was there')
    ports = ','.join(str(port) for port in sorted(checked))
    begin = time.monotonic()
    result = scanner.scan_well('-p', ports, '-sV', '127.0.0.2')
    ours = time.monotonic() - begin
    begin = time.monotonic()
    root = xml.etree.ElementTree.fromstring(netns.run('nmap', '-n', '-sT', '-sV', '-p', ports, '-oX', '-',
                                                      '127.0.0.2'))
    theirs = time.monotonic() - begin
    equal({port['port']: port['service'] for port in result.host('127.0.0.2')['ports']}, checked, 'names')
    for port in root.iter('port'):
        number = int(port.get('portid'))
        service = port.find('service')
        tunnel = service.get('tunnel')
        name = f'{tunnel}/{service.get("name")}' if tunnel else service.get('name')
        print(f'# {number}: {checked[number]}, nmap {name} ({service.get("product")} {service.get("version")})')
        if name != checked[number]:
            true(name in EXPLAINED.get(number, ((), ''))[0], f'port {number}: {checked[number]}, nmap {name}')
    print(f'# {ours:.1f} s, nmap {theirs:.1f} s')
    true(ours < theirs * MAX_SHARE, f'{ours:.1f} s, nmap {theirs:.1f} s')


if __name__ == '__main__':
    if 'ROADSTEAD_TEST_EXIM' not in os.environ:
        os.environ['ROADSTEAD_TEST_EXIM'] = unpack_exim()
    servers.enter(keep_users=True)
    # Who is not root may use the small port numbers, too.
    netns.sysctl('net.ipv4.ip_unprivileged_port_start', 0)
    try:
        servers.main()
    finally:
        shutil.rmtree(os.environ['ROADSTEAD_TEST_EXIM'], ignore_errors=True)
