#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-job.py SCHEMA MANIFEST ROADSTEAD-CLI: is it an indexed Job whose command scans each shard once?"""

import json
import os
import subprocess
import sys
import tempfile

try:
    import jsonschema
    import yaml
except ImportError as error:
    print(f'SKIP: {error.name} is not installed')
    sys.exit(77)

STAND_IN = '#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\n'


def words_of(command, environment, index):
    """What the program is called with, by a stand-in for it."""
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, 'roadstead-cli')
        with open(program, 'w', encoding='utf-8') as file:
            file.write(STAND_IN)
        os.chmod(program, 0o755)
        environment = {**environment, 'PATH': f'{folder}:{os.environ["PATH"]}', 'JOB_COMPLETION_INDEX': str(index)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()


def main(schema, manifest, cli):
    with open(schema, encoding='utf-8') as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    with open(manifest, encoding='utf-8') as file:
        job = yaml.safe_load(file)
    validator.validate(job)
    spec = job['spec']
    n_shards = spec['completions']
    assert spec['completionMode'] == 'Indexed' and 1 <= spec['parallelism'] <= n_shards, 'it is not indexed'
    pod = spec['template']['spec']
    [container] = pod['containers']
    volumes = {volume['name'] for volume in pod['volumes']}
    mounts = {mount['name']: mount['mountPath'] for mount in container['volumeMounts']}
    assert set(mounts) <= volumes, 'a volume is missing'
    environment = {item['name']: item['value'] for item in container['env']}

    shards, files = set(), set()
    for index in range(n_shards):
        words = words_of(container['command'], environment, index)
        shards.add(words[words.index('--shard') + 1])
        files.add(words[words.index('-o') + 1])
    assert shards == {f'{i}/{n_shards}' for i in range(1, n_shards + 1)}, f'shards: {shards}'
    assert len(files) == n_shards and all(name.startswith(mounts['reports'] + '/') for name in files), f'files: {files}'

    # The program takes these words: it complains of nothing but the folder of the reports.
    words[words.index('-o') + 1] = '/nonexistent/1.json'
    done = subprocess.run([cli, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and '/nonexistent/1.json' in done.stderr, done.stderr


if __name__ == '__main__':
    main(*sys.argv[1:])
