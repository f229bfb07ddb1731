"""The generated package: written to a folder, and imported from there under a name that nobody else has."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from cxc.targets import GeneratedFile
from cxc.targets.fastapi.files import FOLDER

_numbers = itertools.count(1)


class Package:
    """A generated package in this process; several may be there at once, also of the same name."""

    def __init__(self, name: str, files: Iterable[GeneratedFile], folder: Path) -> None:
        self._private = f"_cxc_mock_{next(_numbers)}"
        self.folder = folder / self._private
        for file in files:
            if not file.once:
                path = self.folder / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.content if isinstance(file.content, bytes) else file.content.encode("utf-8"))
        place = self.folder / FOLDER / name
        spec = spec_from_file_location(self._private, place / "__init__.py", submodule_search_locations=[str(place)])
        assert spec is not None and spec.loader is not None
        module = module_from_spec(spec)
        # The modules of the package name each other relatively, so any name will do.
        sys.modules[self._private] = module
        spec.loader.exec_module(module)

    def module(self, name: str) -> ModuleType:
        """Return a module of the package: `app`, `ports.stores`."""
        return import_module(f"{self._private}.{name}")

    def get(self, module: str, name: str) -> Any:
        """Return what a module of the package calls by a name."""
        return getattr(self.module(module), name)

    def forget(self) -> None:
        """Take its modules out of the process."""
        for name in [one for one in sys.modules if one.partition(".")[0] == self._private]:
            del sys.modules[name]
