# SPDX-License-Identifier: GPL-3.0-or-later
"""The project's own files: what is neither Git's, nor built, nor fetched."""

import os
from pathlib import Path


def source_files(root):
    """Yields the path of each file below @root, without build directories wherever they are."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders
                            if name not in ('.git', '.flatpak-builder', '__pycache__')
                            and not (Path(folder) / name / 'meson-private').exists())
        for name in sorted(names):
            # In a further working tree of the repository .git is a file.
            if name != '.git' and not name.endswith(('~', '.swp')):
                yield Path(folder) / name
