"""Runs a command with a PostgreSQL of its own: ``with_postgres.py [--durable] COMMAND…``.

The cluster lives in a temporary folder and listens on a socket there, on no network address. It is stopped and removed
when the command ends, fails, or is interrupted; should this process be killed, the kernel stops the server.
The command finds it in DATABASE_URL. Without --durable the server does not sync files, and they stand in memory if
there is room: right for tests, wrong for figures. Exit status: the command's.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

PORT = 54329  # Names the socket file only.
PR_SET_PDEATHSIG = 1
# Databases of tests come and go by the hundred: in memory, where there is as much of it to spare, a copy takes a tenth.
IN_MEMORY, ROOM = Path("/dev/shm"), 4 << 30
FAST = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]


def binaries() -> Path:
    """The folder of the newest installed server."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if found:
        return max(found, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))
    on_path = shutil.which("postgres")
    if on_path is None:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    return Path(on_path).resolve().parent


def server_user() -> dict[str, Any]:
    """Arguments for Popen: initdb and postgres refuse root, so root runs them as Debian's user postgres."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _dies_with_us(number: signal.Signals) -> Callable[[], None]:
    """What the kernel sends a child when this process is killed."""
    return lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def _folder(durable: bool) -> Path:
    # A socket's path has at most 107 bytes; and where root's TMPDIR is, the user postgres may not look.
    base = tempfile.gettempdir()
    if not durable and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
        base = str(IN_MEMORY)
    elif os.geteuid() == 0 or len(base) > 60:
        base = "/tmp"
    return Path(tempfile.mkdtemp(prefix="memos-pg-", dir=base))


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """A running server; the value is its DATABASE_URL."""
    folder, bin_dir, account = _folder(durable), binaries(), server_user()
    if account:
        os.chown(folder, account["user"], account["group"])
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    server: subprocess.Popen[bytes] | None = None
    try:
        subprocess.run(
            [bin_dir / "initdb", "-D", folder / "data", "-U", "memos", "--auth=trust", "--encoding=UTF8",
             "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd="/", env=environment, **account,
        )  # fmt: skip
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [bin_dir / "postgres", "-D", folder / "data", "-k", folder, "-p", str(PORT),
                 "-c", "listen_addresses=", "-c", "max_connections=100", *([] if durable else FAST)],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/", env=environment,
                start_new_session=True, preexec_fn=_dies_with_us(signal.SIGQUIT),  # noqa: PLW1509 (this process has one thread)
                **account,
            )  # fmt: skip
        _wait(server, bin_dir, folder)
        subprocess.run(
            [bin_dir / "createdb", "-h", folder, "-p", str(PORT), "-U", "memos", "memos"], check=True
        )
        yield f"postgres://memos@{quote(str(folder), safe='')}:{PORT}/memos"
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)
            server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], bin_dir: Path, folder: Path) -> None:
    for _attempt in range(300):
        ready = subprocess.run(
            [bin_dir / "pg_isready", "-q", "-h", folder, "-p", str(PORT), "-U", "memos"], check=False
        )
        if ready.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit("PostgreSQL did not start:\n" + (folder / "log").read_text(errors="replace"))


def _interrupted(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    durable = arguments[:1] == ["--durable"]
    command = arguments[1:] if durable else arguments
    if not command:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, _interrupted)
    signal.signal(signal.SIGHUP, _interrupted)
    try:
        with cluster(durable=durable) as url:
            child = subprocess.Popen(
                command,
                env={**os.environ, "DATABASE_URL": url},
                preexec_fn=_dies_with_us(signal.SIGTERM),  # noqa: PLW1509 (this process has one thread)
            )
            try:
                return child.wait()
            except KeyboardInterrupt:
                child.send_signal(signal.SIGINT)
                try:
                    child.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    child.kill()
                raise
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
