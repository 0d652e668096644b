#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-vendors.py [FOLDER]: makes ieee.tsv anew, from the CSV files of Debian's package ieee-data.

    apt install ieee-data && data/vendors/make-vendors.py
"""

import csv
import re
import sys
from datetime import datetime, timezone
from pathlib import Path

# Blocks of 24, 28 and 36 bits; the last two of 36 (the older kind is called IAB).
FILES = ('oui.csv', 'mam.csv', 'oui36.csv', 'iab.csv')

# These name nobody: the first is divided into smaller blocks, the others do not want to be known.
NOBODY = {'IEEE Registration Authority', 'Private'}

# What only a lawyer reads, at the end of a name; it comes in many spellings.
FORM = re.compile(
    r"""[\s,.]+(?:\(?(?:co\.?,?\s*,?\s*ltd|co\.?,?\s*limited|pte\.?\s*ltd|pty\.?\s*ltd|pvt\.?\s*ltd|ltd|limited|inc|
    incorporated|llc|l\.l\.c|corp|corporation|company|co|gmbh(?:\s*&\s*co\.?\s*kg)?|ag|kg|s\.?a\.?s|s\.?p\.?a|
    s\.?r\.?l|s\.?r\.?o|s\.?a|b\.?v|n\.?v|a/s|ab|oy|plc|kk|k\.k|d\.o\.o)\)?)[\s.,]*$""",
    re.IGNORECASE | re.VERBOSE)

HEADER = """\
# IEEE's registries of hardware addresses (MA-L, MA-M, MA-S and IAB), as of {date}: the first digits of an
# address, and the vendor that they belong to, sorted by bytes. The legal form at the end of a name is left out,
# and so are blocks that are divided or whose owner is not told.
# Source: https://standards.ieee.org/products-programs/regauth/, as in Debian's package ieee-data {version}
# Licence: IEEE asserts no copyright in these listings and does not restrict their distribution; nor do we.
# SPDX-License-Identifier: CC0-1.0
# Made by make-vendors.py, which also brings it up to date.
"""


def shorten(name):
    """“Maker Technologies Co., Ltd.” is “Maker Technologies”."""
    name = ' '.join(name.split())
    while True:
        shorter = FORM.sub('', name)
        if len(shorter) < 2 or shorter == name:
            return name
        name = shorter


def read(folder):
    vendors = {}
    for name in FILES:
        with open(folder / name, encoding='utf-8', newline='') as file:
            for row in csv.DictReader(file):
                vendor = shorten(row['Organization Name'])
                if vendor and vendor not in NOBODY:
                    # A few blocks are registered twice: the first counts.
                    vendors.setdefault(row['Assignment'].upper(), vendor)
    return vendors


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else '/usr/share/ieee-data')
    seconds = int((folder / '.lastupdate').read_text(encoding='ascii'))
    date = datetime.fromtimestamp(seconds, timezone.utc).date().isoformat()
    lines = sorted(f'{prefix}\t{vendor}\n' for prefix, vendor in read(folder).items())
    target = Path(__file__).with_name('ieee.tsv')
    header = HEADER.format(date=date, version=date.replace('-', ''))
    target.write_text(header + ''.join(lines), encoding='utf-8')


if __name__ == '__main__':
    main()
