#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-schemas.py SOURCE-ROOT ROADSTEAD-CLI PRINT-JSON: do the JSON Schemas fit what is written?

What Roadstead writes must be valid, also where the schemas are made to refuse fields that they do not
name; what is wrong in one place must not be, and what Roadstead itself refuses neither.
"""

import copy
import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

try:
    import jsonschema
except ImportError:
    print('SKIP: python3-jsonschema is not installed')
    sys.exit(77)

try:
    import referencing
except ImportError:
    # Debian 12 has only what came before it.
    referencing = None
    warnings.filterwarnings('ignore', category=DeprecationWarning)

# Where anybody's validator finds the schemas.
BASE = 'https://raw.githubusercontent.com/roadstead/roadstead/main/data/schemas/'

# Each is a path into a valid report, and what to put there (or REMOVE).
REMOVE = object()
WRONG_REPORTS = [
    (['format'], 'something-else'), (['format'], REMOVE), (['version'], '1'), (['version'], 0),
    (['status'], 'running'), (['status'], REMOVE), (['hosts'], {}), (['hosts'], REMOVE),
    (['hosts', 0], 7), (['hosts', 0, 'address'], REMOVE), (['hosts', 0, 'address'], 'gate'),
    (['hosts', 0, 'state'], 'asleep'), (['hosts', 0, 'state'], REMOVE),
    (['hosts', 0, 'reason'], 'because'), (['hosts', 0, 'latency_ms'], -1),
    (['hosts', 0, 'done'], 'yes'), (['hosts', 0, 'names'], [{}]), (['hosts', 0, 'names'], 'x'),
    (['hosts', 0, 'other_addresses'], [1]), (['hosts', 0, 'ports', 0, 'port'], 70000),
    (['hosts', 0, 'ports', 0, 'port'], '80'), (['hosts', 0, 'ports', 0, 'state'], 'ajar'),
    (['hosts', 0, 'ports', 0, 'state'], REMOVE), (['hosts', 0, 'ports', 0, 'version'], 7),
    (['hosts', 0, 'ports', 0, 'reason_from'], 'me'), (['hosts', 0, 'unlisted', 0, 'ports'], 'http'),
    (['hosts', 0, 'unlisted', 0, 'ports'], REMOVE), (['hosts', 0, 'unlisted', 0, 'count'], -3),
    (['hosts', 0, 'notes'], [{'name': 'os'}]), (['hosts', 0, 'notes'], [{'text': 'Linux'}]),
    (['started'], 'yesterday'), (['started'], '2026-01-31T23:59:59'), (['elapsed'], -0.5),
    (['problems'], 'none'), (['scanner'], []), (['targets'], []), (['summary', 'n_targets'], -1),
    (['profile'], 7), (['profile', 'family'], 'ipv5'), (['profile', 'max_retries'], -2),
    (['profile', 'timeout_ms'], 99999999999), (['profile', 'timing'], 'insane'),
]
WRONG_PROFILES = [
    (['format'], 'roadstead-report'), (['format'], REMOVE), (['version'], REMOVE), (['name'], REMOVE),
    (['name'], 7), (['ports'], 80), (['discovery'], 'yes'), (['max_rate'], -1), (['max_rate'], 0.5),
    (['family'], 'ipv5'),
]


def strict(schema, name=None):
    """The same schema without leave for fields that it does not name. A profile's settings are part of
    two things, so that those who refer to them refuse what is left over."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: strict(value, key) for key, value in schema.items()}
    if str(schema.get('$ref')).endswith('/settings') or (
            isinstance(schema.get('properties'), dict) and name != 'settings'):
        result['unevaluatedProperties'] = False
    return result


def changed(document, path, value):
    result = copy.deepcopy(document)
    place = result
    for step in path[:-1]:
        place = place[step]
    if value is REMOVE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return result


class Checker:
    """Validates with the schemas of a folder, which are found by their identifiers and never fetched."""

    def __init__(self, folder, is_strict=False):
        self.schemas = {}
        for path in folder.glob('*.schema.json'):
            schema = json.loads(path.read_text(encoding='utf-8'))
            jsonschema.Draft202012Validator.check_schema(schema)
            self.schemas[schema['$id']] = strict(schema) if is_strict else schema

    def errors(self, kind, document):
        validator = self._make_validator(self.schemas[f'{BASE}roadstead-{kind}.schema.json'])
        return [f'{list(error.absolute_path)}: {error.message}' for error in validator.iter_errors(document)]

    def _make_validator(self, schema):
        if referencing:
            registry = referencing.Registry().with_resources(
                (name, referencing.Resource.from_contents(other)) for name, other in self.schemas.items())
            return jsonschema.Draft202012Validator(schema, registry=registry)
        resolver = jsonschema.RefResolver(schema['$id'], schema, store=self.schemas)
        return jsonschema.Draft202012Validator(schema, resolver=resolver)


def wrong_identifiers(folder):
    """Identifiers that a validator could not find: relative ones, and those of another file."""
    return [f'{path.name} calls itself {name!r}' for path in folder.glob('*.schema.json')
            if (name := json.loads(path.read_text(encoding='utf-8')).get('$id')) != BASE + path.name]


def scan(command, folder):
    """A report of a real scan, of a loopback port where nothing listens."""
    path = Path(folder) / 'report.json'
    subprocess.run([command, '-q', '-p', '1,2', '-o', str(path), '127.0.0.1'], check=True)
    return json.loads(path.read_text(encoding='utf-8'))


def run(command):
    output = subprocess.run(command, check=True, capture_output=True).stdout
    return [json.loads(text) for text in output.split(b'\0') if text]


def main(root, command, print_json):
    root = Path(root)
    samples = sorted((root / 'tests' / 'unit' / 'data').glob('*'))
    reports = run([print_json, *map(str, samples)])
    profiles = run([print_json])
    with tempfile.TemporaryDirectory() as folder:
        reports.append(scan(command, folder))

    folder = root / 'data' / 'schemas'
    faults = wrong_identifiers(folder)
    if faults:
        print('\n'.join(faults))
        return 1
    for checker in (Checker(folder), Checker(folder, is_strict=True)):
        for kind, documents in (('report', reports), ('profile', profiles)):
            for document in documents:
                faults += [f'a {kind} that is written is not valid: {error}'
                           for error in checker.errors(kind, document)]

    checker = Checker(folder)
    valid = next(report for report in reports
                 if report['hosts'][0]['ports'] and report['hosts'][0]['unlisted'])
    for kind, document, wrong in (('report', valid, WRONG_REPORTS),
                                  ('profile', profiles[0], WRONG_PROFILES)):
        for path, value in wrong:
            if not checker.errors(kind, changed(document, path, value)):
                faults.append(f'a {kind} with {path} {value!r} is said to be valid')

    for fault in faults:
        print(fault)
    print(f'{len(reports)} reports, {len(profiles)} profiles, '
          f'{len(WRONG_REPORTS) + len(WRONG_PROFILES)} wrong ones')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
