#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-metainfo.py METAINFO: has appstreamcli anything against it, even in its strictest mode?"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main(path):
    if shutil.which('appstreamcli') is None:
        print('SKIP: appstreamcli is not installed')
        return 77
    version = subprocess.run(['appstreamcli', '--version'], capture_output=True, text=True, check=True).stdout
    text = Path(path).read_text(encoding='utf-8')
    # Known since 1.0, which wants it in the place of <developer_name>.
    if int(re.search(r'(\d+)\.\d+', version)[1]) < 1:
        text = re.sub(r'<developer .*?</developer>', '', text, flags=re.DOTALL)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, Path(path).name)
        copy.write_text(text, encoding='utf-8')
        return subprocess.run(['appstreamcli', 'validate', '--strict', '--explain', '--no-net', copy],
                              check=False).returncode


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
