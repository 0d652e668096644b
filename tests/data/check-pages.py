#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-pages.py SOURCE-ROOT BUILD-ROOT ROADSTEAD-CLI: is what README.md and data/doc/*.md name there?

Paths, local links and their anchors, commands with their options, meson's options, suites, tests and
targets, built-in profiles, the cases of the benchmark. And formats.md has to name each field of the schemas.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

MAX_README_LINES = 150

LINK = re.compile(r'\[[^\]]*\]\(([^)\s]+)\)')
CODE = re.compile(r'`([^`]+)`')
HEADING = re.compile(r'^#+ (.*)$', re.MULTILINE)
# Commands are in indented blocks, drawings and output in fenced ones.
FENCED = re.compile(r'^```.*?^```$', re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r'(?<=\n\n)(?: {4}.*\n)+')
PATH = re.compile(r'(?<![\w./~-])(?:\.ci|build-aux|data|flatpak|po|src|tests)/[\w./+-]*')
# Commands of others that the pages may name.
FOREIGN_COMMANDS = {'apt', 'appstreamcli', 'clang-format', 'flatpak', 'flatpak-builder', 'git', 'ninja', 'xsltproc'}
# Spans that begin with a hyphen and are no option of ours.
NO_OPTIONS = {'-'}


def slug(heading):
    """The anchor that a heading has on the usual sites."""
    return re.sub(r'[^\w -]', '', heading.strip().lower()).replace(' ', '-')


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Known:
    """What there is to name."""

    def __init__(self, root, build, cli):
        self.root, self.cli = root, cli
        info = build / 'meson-info'
        tests = json.loads((info / 'intro-tests.json').read_text(encoding='utf-8'))
        targets = json.loads((info / 'intro-targets.json').read_text(encoding='utf-8'))
        options = json.loads((info / 'intro-buildoptions.json').read_text(encoding='utf-8'))
        self.tests = {test['name'] for test in tests}
        self.targets = {target['name'] for target in targets}
        self.options = {option['name'] for option in options}
        # From the sources: a build without the window lacks its suite and its program.
        self.suites, self.programs = set(), set()
        for path in root.glob('*/**/meson.build'):
            text = path.read_text(encoding='utf-8')
            self.suites.update(re.findall(r"suite: '([\w-]+)'", text))
            folder = path.parent.relative_to(root).as_posix()
            self.programs.update(f'{folder}/{name}' for name in re.findall(r"executable\('([\w-]+)'", text))
        self.profiles = {line.split()[0] for line in run(cli, '--list-profiles').stdout.splitlines() if line}
        self.bench = run(sys.executable, str(root / 'tests/bench/bench.py'), '--help').stdout
        self.answers = {}

    def cli_fault(self, arguments):
        """What roadstead-cli has against @arguments, or None. Nothing is scanned."""
        last = '--help' if arguments[:1] in (['compare'], ['merge']) else '--version'
        key = tuple([*arguments, last])
        if key not in self.answers:
            answer = run(self.cli, *key)
            self.answers[key] = answer.stderr.strip() if answer.returncode else None
        return self.answers[key]

    def option_fault(self, option):
        """The same of an option alone, with a value or without, of a scan or a comparison."""
        words = option.split()
        tries = [words, [*words, '1'], [*words, 'fast'], ['compare', *words], ['compare', *words, '1']]
        faults = [self.cli_fault(arguments) for arguments in tries]
        return None if None in faults else faults[0]


def commands_of(text):
    """The commands in the indented blocks of @text, each a list of words."""
    for block in BLOCK.findall(text):
        for line in block.replace('\\\n', ' ').splitlines():
            words = shlex.split(line, comments=True)
            if words:
                yield words


def meson_faults(words, known):
    for option in (word[2:].split('=')[0] for word in words if word.startswith('-D')):
        if option not in known.options:
            yield f'meson has no option -D{option}'
    names = [word for i, word in enumerate(words[2:], 2)
             if not word.startswith('-') and words[i - 1] not in ('-C', '--suite')]
    for i, word in enumerate(words[:-1]):
        if word == '--suite' and words[i + 1] not in known.suites:
            yield f'there is no suite {words[i + 1]}'
    if words[1] == 'test':
        yield from (f'there is no test {name}' for name in names if name not in known.tests)
    elif words[1] == 'compile':
        yield from (f'there is no target {name}' for name in names if name not in known.targets)
    elif words[1] not in ('setup', 'install', 'devenv'):
        yield f'meson {words[1]} is not known here'


def command_faults(words, known):
    """What is wrong with the command @words. Paths in it are looked at elsewhere."""
    while words and (words[0] == 'sudo' or re.match(r'[A-Z]+=', words[0])):
        words = words[1:]
    name, arguments = words[0], words[1:]
    if name == 'roadstead-cli':
        fault = known.cli_fault(arguments) if arguments and arguments[0] != '--help' else None
        if fault:
            yield f'{" ".join(words)}: {fault}'
        if '--profile' in arguments:
            profile = arguments[arguments.index('--profile') + 1]
            if re.fullmatch('[a-z]+', profile) and profile not in known.profiles:
                yield f'there is no profile {profile}'
    elif name == 'roadstead':
        yield from (f'roadstead has no options: {word}' for word in arguments if word.startswith('-'))
    elif name == 'meson':
        yield from meson_faults(words, known)
    elif PATH.match(name):
        script = known.root / name
        if not os.access(script, os.X_OK):
            yield f'{name} cannot be run'
        elif name == 'tests/bench/bench.py':
            yield from (f'bench.py has no option {word}' for word in arguments
                        if word.startswith('-') and not re.search(rf'(?<![\w-]){word}\b', known.bench))
    elif name not in FOREIGN_COMMANDS:
        yield f'{name}: a command that is not known here'


def link_faults(page, text):
    for target in LINK.findall(text):
        if re.match(r'[a-z]+:', target):
            continue
        path, _, anchor = target.partition('#')
        file = (page.parent / path) if path else page
        if not file.exists():
            yield f'the link to {target}: no such file'
        elif anchor and anchor not in map(slug, HEADING.findall(file.read_text(encoding='utf-8'))):
            yield f'the link to {target}: no such heading'


def path_faults(text, known):
    # Links have the page's folder as their root, and names of folders of users are not the repository's.
    for path in sorted(set(PATH.findall(LINK.sub('', text)))):
        path = path.rstrip('.')
        if not (known.root / path).exists() and path not in known.programs:
            yield f'{path}: no such file'
        elif path.endswith('/') and not (known.root / path).is_dir():
            yield f'{path}: not a folder'


def table_faults(text, known):
    """Tables whose columns are names: suites, cases of the benchmark, built-in profiles."""
    headings = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip('|').split('|')] if line.startswith('|') else []
        if not cells:
            headings = []
        elif not headings:
            headings = cells
        for heading, cell in zip(headings, cells):
            for name in CODE.findall(cell):
                if heading == 'suite' and name not in known.suites:
                    yield f'there is no suite {name}'
                elif heading == 'case' and not re.search(rf'\b{name}\b', known.bench):
                    yield f'there is no case {name}'
                elif heading == 'id' and name not in known.profiles:
                    yield f'there is no profile {name}'


def span_faults(text, known):
    for span in sorted(set(CODE.findall(text))):
        words = span.split()
        if words[0].startswith('-D'):
            yield from meson_faults(['meson', 'setup', *words], known)
        elif words[0].startswith('-W'):
            if f"'{words[0]}'" not in (known.root / 'meson.build').read_text(encoding='utf-8'):
                yield f'{span}: not in meson.build'
        elif words[0].startswith('-') and words[0] not in NO_OPTIONS:
            # What stands for a value, as FILE, will do as one.
            fault = known.option_fault(span)
            if fault:
                yield f'{span}: {fault}'
        elif len(words) > 1 and words[0] in ('CC=clang', 'meson', 'roadstead', 'roadstead-cli', 'sudo') or \
                PATH.match(words[0]) and len(words) > 1:
            yield from command_faults(words, known)


def schema_fields(schema):
    if isinstance(schema, dict):
        if isinstance(schema.get('properties'), dict):
            yield from schema['properties']
        for value in schema.values():
            yield from schema_fields(value)


def field_faults(root):
    """Fields of the JSON that people are not told of."""
    told = ' '.join(CODE.findall((root / 'data/doc/formats.md').read_text(encoding='utf-8')))
    for path in sorted((root / 'data' / 'schemas').glob('*.json')):
        fields = set(schema_fields(json.loads(path.read_text(encoding='utf-8'))))
        yield from (f'data/doc/formats.md: nothing about {field}' for field in sorted(fields)
                    if not re.search(rf'\b{field}\b', told))


def faults_of(page, known):
    text = page.read_text(encoding='utf-8')
    yield from path_faults(text, known)
    text = FENCED.sub('', text)
    prose = BLOCK.sub('', text)
    yield from link_faults(page, prose)
    yield from table_faults(prose, known)
    yield from span_faults(prose, known)
    for words in commands_of(text):
        yield from command_faults(words, known)


def main(root, build, cli):
    root = Path(root)
    known = Known(root, Path(build), cli)
    pages = [root / 'README.md', *sorted((root / 'data' / 'doc').glob('*.md'))]
    faults = [f'{page.relative_to(root)}: {fault}' for page in pages for fault in faults_of(page, known)]

    faults += field_faults(root)

    length = len(pages[0].read_text(encoding='utf-8').splitlines())
    if length > MAX_README_LINES:
        faults.append(f'README.md: {length} lines, more than {MAX_README_LINES}: move something to data/doc/')
    linked = ' '.join(LINK.findall(pages[0].read_text(encoding='utf-8')))
    faults += [f'README.md: no link to data/doc/{page.name}' for page in pages[1:] if page.name not in linked]

    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
