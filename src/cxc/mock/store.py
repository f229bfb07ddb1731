"""Keeps records by their kind and key: in memory, or in a file of SQLite that is there again at the next start."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any, Protocol

Record = dict[str, Any]
"""The fields of one thing, as JSON has them."""


class StoreFailure(Exception):
    """A store cannot be used; the message says why."""


class Store(Protocol):
    """Keeps records; whoever gets one may change it without changing what is kept."""

    def get(self, kind: str, key: str) -> Record | None:
        """Return the record of a key."""

    def put(self, kind: str, key: str, record: Record) -> None:
        """Keep a record, instead of the one its key had."""

    def all(self, kind: str) -> list[Record]:
        """Return the records of a kind, in the order in which they first came."""

    def count(self, kind: str) -> int:
        """Return how many records of a kind there are."""

    def nth(self, kind: str, number: int) -> Record:
        """Return the record that came at a place, counted from 0."""

    def keep_last(self, kind: str, count: int) -> None:
        """Forget the oldest records of a kind but for so many."""

    def clear(self) -> None:
        """Forget everything."""

    def close(self) -> None:
        """End the work with it."""


class MemoryStore:
    """Keeps records as long as the process lives."""

    def __init__(self) -> None:
        self._kinds: dict[str, dict[str, Record]] = {}
        self._order: dict[str, list[str]] = {}

    def get(self, kind: str, key: str) -> Record | None:
        found = self._kinds.get(kind, {}).get(key)
        return None if found is None else dict(found)

    def put(self, kind: str, key: str, record: Record) -> None:
        records = self._kinds.setdefault(kind, {})
        if key not in records:
            self._order.setdefault(kind, []).append(key)
        records[key] = dict(record)

    def all(self, kind: str) -> list[Record]:
        return [dict(record) for record in self._kinds.get(kind, {}).values()]

    def count(self, kind: str) -> int:
        return len(self._kinds.get(kind, {}))

    def nth(self, kind: str, number: int) -> Record:
        return dict(self._kinds[kind][self._order[kind][number]])

    def keep_last(self, kind: str, count: int) -> None:
        order = self._order.get(kind, [])
        for key in order[:-count]:
            del self._kinds[kind][key]
        del order[:-count]

    def clear(self) -> None:
        self._kinds.clear()
        self._order.clear()

    def close(self) -> None:
        """Do nothing: there is nothing to end."""


class SqliteStore:
    """Keeps records in one table of a file."""

    def __init__(self, path: str | Path) -> None:
        self._path = path
        try:
            # One thread at a time uses it, though not always the one that made it.
            self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._database.execute("PRAGMA journal_mode = WAL")
            # What a sudden end of the computer costs here is made again.
            self._database.execute("PRAGMA synchronous = OFF")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS records ("
                "place INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL, "
                "UNIQUE (kind, key))"
            )
        except sqlite3.Error as error:
            raise StoreFailure(f"`{path}` cannot be used as the store: {error}") from None

    def get(self, kind: str, key: str) -> Record | None:
        query = "SELECT record FROM records WHERE kind = ? AND key = ?"
        found = self._database.execute(query, (kind, key)).fetchone()
        return None if found is None else _record(found[0])

    def put(self, kind: str, key: str, record: Record) -> None:
        self._database.execute(
            "INSERT INTO records (kind, key, record) VALUES (?, ?, ?) "
            "ON CONFLICT (kind, key) DO UPDATE SET record = excluded.record",
            (kind, key, json.dumps(record)),
        )

    def all(self, kind: str) -> list[Record]:
        rows = self._database.execute("SELECT record FROM records WHERE kind = ? ORDER BY place", (kind,))
        return [_record(row[0]) for row in rows]

    def count(self, kind: str) -> int:
        found: int = self._database.execute("SELECT count(*) FROM records WHERE kind = ?", (kind,)).fetchone()[0]
        return found

    def nth(self, kind: str, number: int) -> Record:
        query = "SELECT record FROM records WHERE kind = ? ORDER BY place LIMIT 1 OFFSET ?"
        return _record(self._database.execute(query, (kind, number)).fetchone()[0])

    def keep_last(self, kind: str, count: int) -> None:
        self._database.execute(
            "DELETE FROM records WHERE kind = ? AND place <= "
            "(SELECT place FROM records WHERE kind = ? ORDER BY place DESC LIMIT 1 OFFSET ?)",
            (kind, kind, count),
        )

    def clear(self) -> None:
        self._database.execute("DELETE FROM records")

    def close(self) -> None:
        self._database.close()


def _record(text: str) -> Record:
    record: Record = json.loads(text)
    return record
