"""What builds have left in an output folder: the manifest of the last one, and the notes of those that were killed.

Both are only read here; `plan` decides what follows from them, and `writing` writes them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from cxc.output.portable import leaves_its_folder, same_file_key
from cxc.version import VERSION

FOLDER = ".cxc"
MANIFEST = f"{FOLDER}/manifest.json"
PENDING = f"{FOLDER}/pending.json"
LOCK = f"{FOLDER}/lock"


def _below(path: str) -> str:
    # The manifest comes with a repository, from anyone: what it names may be removed, so it names nothing outside.
    if leaves_its_folder(path):
        raise ValueError("leads out of the output folder")
    return path


RelativePath = Annotated[str, AfterValidator(_below)]


class Entry(BaseModel):
    """A generated file: the target that made it, the id of what it was made from, and the hash of its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: str
    subject: str
    sha256: str


class Manifest(BaseModel):
    """All generated files of an output folder, by path."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    compiler: str = VERSION
    files: Mapping[RelativePath, Entry] = Field(default_factory=dict)

    def text(self) -> bytes:
        """Return the manifest as it is written: the same files give the same bytes."""
        return _text(self.model_copy(update={"files": dict(sorted(self.files.items()))}))


class Claim(BaseModel):
    """The target of a file that a build was about to write, and every content it may have been left with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: str
    sha256: tuple[str, ...]


class Pending(BaseModel):
    """What builds that did not come to their end may have left."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    files: Mapping[RelativePath, Claim] = Field(default_factory=dict)

    def joined(self, other: Mapping[str, Claim]) -> Pending:
        """Return these notes with others, which add to what a file may have been left with."""
        files = dict(self.files)
        for path, claim in other.items():
            earlier = files[path].sha256 if path in files else ()
            files[path] = Claim(target=claim.target, sha256=tuple(sorted({*earlier, *claim.sha256})))
        return Pending(files=files)

    def text(self) -> bytes | None:
        """Return the notes as they are written; None where there is nothing to note."""
        return _text(self) if self.files else None


def _text(record: BaseModel) -> bytes:
    return record.model_dump_json(indent=1).encode() + b"\n"


class Records(NamedTuple):
    """The bytes of both records."""

    pending: bytes | None
    manifest: bytes | None

    @classmethod
    def read(cls, out: Path) -> Records:
        """Read the records of an output folder, or of none."""
        return cls(*(_bytes_or_none(out / name) for name in (PENDING, MANIFEST)))


def _bytes_or_none(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


class History(NamedTuple):
    """What the records say."""

    manifest: Manifest
    pending: Pending
    readable: bool

    @classmethod
    def of(cls, records: Records) -> History:
        """Understand the records; where the manifest cannot be read, nothing is known of earlier builds."""
        try:
            pending = Pending.model_validate_json(records.pending) if records.pending is not None else Pending()
        except ValidationError:
            pending = Pending()
        try:
            manifest = Manifest.model_validate_json(records.manifest) if records.manifest is not None else Manifest()
        except ValidationError:
            return cls(Manifest(), pending, False)
        return cls(manifest, pending, True)

    def contents(self) -> dict[str, frozenset[str]]:
        """Return the hashes of what builds have left in each file, by `same_file_key`."""
        left: dict[str, frozenset[str]] = {}
        known = [(path, (entry.sha256,)) for path, entry in self.manifest.files.items()]
        for path, hashes in [*known, *((path, claim.sha256) for path, claim in self.pending.files.items())]:
            key = same_file_key(path)
            left[key] = left.get(key, frozenset()).union(hashes)
        return left

    def target_of(self, path: str) -> str:
        """Return the target that made a file, or was about to."""
        known = self.manifest.files.get(path) or self.pending.files.get(path)
        return known.target if known is not None else ""

    def of_others(self, targets: Collection[str] | None, wanted: Collection[str]) -> tuple[dict[str, Entry], Pending]:
        """Return what both records say of files in which a build of `targets` (None: of all) has no say."""
        if targets is None:
            return {}, Pending()
        entries = {
            path: entry
            for path, entry in self.manifest.files.items()
            if entry.target not in targets and path not in wanted
        }
        claims = {
            path: claim
            for path, claim in self.pending.files.items()
            if claim.target not in targets and path not in wanted
        }
        return entries, Pending(files=claims)
