"""Where the archive's files lie: what any such place must be able to do, and the folder that does it.

The other place is a bucket (storing_s3.py); settings.ARCHIVE_STORAGE chooses. A file's name is
``<organisation>/<sha256>``; it is written once, whole, and never under another content.
"""

from __future__ import annotations

import abc
import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.core import checks
from django.core.files.storage import FileSystemStorage, Storage, storages

_ASIDE = ".sweep-"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as it was found: ``modified`` in seconds since 1970; ``version`` where the place keeps several."""

    name: str
    modified: float
    version: str = ""

    @property
    def organisation(self) -> int:
        return int(self.name.partition("/")[0])

    @property
    def file(self) -> str:
        return self.name.partition("/")[2]


class Store(Storage, abc.ABC):
    """OSError is what every one of these raises when the place refuses or cannot be reached."""

    @abc.abstractmethod
    def put(self, name: str, data: bytes) -> None:
        """Durably there when it returns, whole or not at all; from now on no older ``Listed`` can be removed."""

    @abc.abstractmethod
    def read(self, name: str) -> bytes:
        """FileNotFoundError where there is none."""

    @abc.abstractmethod
    def listed(self) -> Iterator[Listed]:
        """Every file of every organisation. What else lies in the same place is not ours and left out."""

    @abc.abstractmethod
    def found(self, name: str) -> Listed | None:
        """One file as it is; None where there is none."""

    @abc.abstractmethod
    def remove(self, found: Listed, wanted: Callable[[], bool]) -> bool:
        """Take the file away as it was found; False if it was put again meanwhile or ``wanted`` at the last moment.

        FileNotFoundError if somebody else took it.
        """

    @abc.abstractmethod
    def recover(self) -> None:
        """Put right what a process killed within ``remove`` left behind."""

    @abc.abstractmethod
    def weaknesses(self) -> list[str]:
        """What the place lacks to keep files for years, for the administrator."""


class ArchiveStorage(Store, FileSystemStorage):
    """A folder whose files appear whole or not at all."""

    def put(self, name: str, data: bytes) -> None:
        """A file already there is touched, so that no sweep takes it.

        It is compared whole, not by its size: one that was damaged since, or cannot be read, is written anew.
        """
        path = Path(self.path(name))
        with contextlib.suppress(OSError):
            if path.read_bytes() == data:
                os.utime(path)
                return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)

    def read(self, name: str) -> bytes:
        return Path(self.path(name)).read_bytes()

    def listed(self) -> Iterator[Listed]:
        """Temporary files that a killed process left are among them: nobody names them either."""
        for folder in self._folders():
            for path in sorted(path for path in folder.iterdir() if path.is_file()):
                with contextlib.suppress(FileNotFoundError):
                    yield Listed(f"{folder.name}/{path.name}", path.stat().st_mtime)

    def found(self, name: str) -> Listed | None:
        try:
            return Listed(name, Path(self.path(name)).stat().st_mtime)
        except FileNotFoundError:
            return None

    def remove(self, found: Listed, wanted: Callable[[], bool]) -> bool:
        """Set aside under another name, look again, and put back.

        Whoever stores the same bytes meanwhile finds the name free and writes them anew.
        """
        path = Path(self.path(found.name))
        aside = path.with_name(f"{_ASIDE}{path.name}")
        os.replace(path, aside)
        if aside.stat().st_mtime != found.modified or wanted():
            os.replace(aside, path)
            return False
        aside.unlink()
        return True

    def recover(self) -> None:
        """What was set aside may have been named since."""
        for folder in self._folders():
            for aside in folder.glob(f"{_ASIDE}*"):
                path = aside.with_name(aside.name.removeprefix(_ASIDE))
                if path.exists():
                    aside.unlink(missing_ok=True)
                    continue
                with contextlib.suppress(FileNotFoundError):
                    os.replace(aside, path)

    def weaknesses(self) -> list[str]:
        return []

    def _folders(self) -> list[Path]:
        """The organisations' own: what else lies in the root (lost+found) is not ours."""
        return sorted(path for path in Path(self.location).glob("*") if path.is_dir() and path.name.isdigit())


def is_fit(**kwargs: Any) -> list[checks.CheckMessage]:
    """`manage.py check --deploy` asks the place of the archive."""
    store = cast(Store, storages["archive"])
    try:
        found = store.weaknesses()
    except OSError as error:
        return [checks.Error(f"The archive cannot be reached: {error.strerror}.", id="memos.E010")]
    return [checks.Warning(f"The archive's bucket {one}.", id="memos.W010") for one in found]


def sync_folder(folder: Path) -> None:
    """A file's name is in its folder, which has to reach the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
