# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks of the tests' own, made of network namespaces: nothing outside is ever scanned or changed.

enter() moves the test into a user, a network and a mount namespace, where it is root without being
it. Namespace() is a further machine, link() a cable between two of them.
"""

import contextlib
import ctypes
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

import tap

CLONE_NEWNET = 0x40000000
ENTERED = 'ROADSTEAD_TEST_NETNS'

_libc = ctypes.CDLL(None, use_errno=True)


def enter(keep_users=False):
    """Starts the test again inside namespaces of its own, or skips it where that is not allowed.

    With @keep_users a test that root runs keeps all users of the system, for servers that change theirs; of others it
    is the only user, as ever. Processes that it leaves behind end with it then.
    """
    for tool in ('unshare', 'ip', 'nft'):
        if shutil.which(tool) is None:
            tap.skip_all(f'{tool} is not installed')
    if ENTERED not in os.environ:
        command = ['unshare', '-rnm']
        if keep_users:
            command = ['unshare', '-nm' if os.getuid() == 0 else '-rnm', '-p', '--mount-proc', '--kill-child']
        attempt = subprocess.run([*command, 'true'], capture_output=True, text=True)
        if attempt.returncode != 0:
            tap.skip_all(f'namespaces are not allowed here: {attempt.stderr.strip()}')
        os.environ[ENTERED] = '1'
        os.execvp('unshare', [*command, sys.executable, *sys.argv])

    # What the machine's own language, name service and proxies are does not matter here.
    for name in list(os.environ):
        if name.startswith('LC_') or name.lower().endswith('_proxy') or name in ('LANG', 'LANGUAGE'):
            del os.environ[name]
    os.environ['LC_ALL'] = 'C.UTF-8'
    os.environ['TZ'] = 'UTC'
    run('ip', 'link', 'set', 'lo', 'up')


def run(*command, stdin=None):
    """Runs a command that must succeed; returns what it prints."""
    done = subprocess.run(command, input=stdin, capture_output=True, text=True)
    if done.returncode != 0:
        raise tap.Failed(f'{" ".join(command)}: {done.stderr.strip()}')
    return done.stdout


def sysctl(name, value):
    """Sets a kernel parameter of the namespace that is current."""
    try:
        with open('/proc/sys/' + name.replace('.', '/'), 'w', encoding='ascii') as file:
            file.write(str(value))
    except OSError as error:
        raise tap.Skip(f'{name} cannot be set here: {error.strerror}') from None


_replaced = set()


def replace_file(path, text):
    """Puts a text in a file's place, for this test only; a file that is not there stays so."""
    if not os.path.exists(path):
        return
    if path not in _replaced:
        with tempfile.NamedTemporaryFile('w', prefix='roadstead-') as file:
            os.chmod(file.name, 0o644)
            run('mount', '--bind', file.name, path)
        _replaced.add(path)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def wait_for(condition, what, seconds=20):
    """Waits until condition() is true; returns what it returned."""
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise tap.Failed(f'waited {seconds} s in vain for {what}')
        time.sleep(0.01)


class Namespace:
    """A machine. It lives as long as the test: its only process ends when our end of a pipe closes."""

    def __init__(self):
        self._own = os.open('/proc/self/ns/net', os.O_RDONLY)
        self._process = subprocess.Popen(['unshare', '-n', 'sh', '-c', 'echo; exec cat >/dev/null'],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._process.stdout.readline()
        self.pid = self._process.pid
        self._other = os.open(f'/proc/{self.pid}/ns/net', os.O_RDONLY)
        with self:
            run('ip', 'link', 'set', 'lo', 'up')

    def __enter__(self):
        """Enters it: sockets that are made and programs that are started inside belong to it."""
        self._set(self._other)
        return self

    def __exit__(self, *_):
        self._set(self._own)

    @staticmethod
    def _set(descriptor):
        if _libc.setns(descriptor, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), 'setns')


def here():
    """The scanner's own namespace, for link()."""
    return contextlib.nullcontext()


def link(near, near_name, near_addresses, far, far_name, far_addresses):
    """A cable between two machines, each an interface name and addresses with prefix lengths."""
    target = str(far.pid) if isinstance(far, Namespace) else str(os.getpid())
    with near:
        run('ip', 'link', 'add', near_name, 'type', 'veth', 'peer', 'name', far_name, 'netns', target)
    for machine, name, addresses in ((near, near_name, near_addresses), (far, far_name, far_addresses)):
        with machine:
            for address in addresses:
                run('ip', 'address', 'add', address, 'dev', name, *(['nodad'] if ':' in address else []))
            if have_ipv6():
                sysctl(f'net.ipv6.conf.{name}.accept_dad', 0)
            run('ip', 'link', 'set', name, 'up')
    for address in far_addresses:
        with near:
            wait_for_answer(address.partition('/')[0])


def wait_for_answer(address):
    wait_for(lambda: _answers(address), f'{address} to answer')


def _answers(address):
    """Whether a machine answers at all. IPv6 neighbours take a while to find each other."""
    try:
        socket.create_connection((address, 9), timeout=0.2).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return True


def have_ipv6():
    return os.path.exists('/proc/sys/net/ipv6')


def nft(rules):
    """Replaces the firewall of the current namespace."""
    run('nft', '-f', '-', stdin='flush ruleset\n' + rules)


def counter(name, family='inet', table='test'):
    """How many packets a named counter of the current namespace has counted."""
    return int(re.search(r'packets (\d+)', run('nft', 'list', 'counter', family, table, name))[1])


def no_icmp_limit():
    """Lets the current namespace send as many ICMP errors as there is reason for."""
    sysctl('net.ipv4.icmp_ratelimit', 0)
    if have_ipv6():
        sysctl('net.ipv6.icmp.ratelimit', 0)


def serve(address, port, backlog=16, reset=False):
    """Listens in the current namespace as long as the test runs; takes every connection and ends it.

    Nobody may leave connections waiting: a full backlog, rightly, is a port that does not answer.
    Returns the port, which is a free one for @port 0.
    """
    listener = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if ':' in address:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listener.bind((address, port))
    listener.listen(backlog)

    def accept():
        while True:
            connection, _ = listener.accept()
            if reset:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
            connection.close()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]
