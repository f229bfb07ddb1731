"""The parts of a workbook in one file that is the same on any machine.

How well a file is compressed differs between builds of zlib, so nothing is compressed: version control and servers do
that themselves. Neither dates nor the system on which it was made are noted.
"""

from __future__ import annotations

import io
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)


def stored(archive: bytes) -> bytes:
    """Return an archive with the same parts in the same order, as they are and without dates."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as parts, ZipFile(made, "w", ZIP_STORED) as file:
        for name in parts.namelist():
            part = ZipInfo(name, _FIRST_DATE)
            part.create_system = 0
            part.external_attr = 0o600 << 16  # else Python itself would choose
            file.writestr(part, parts.read(name))
    return made.getvalue()
