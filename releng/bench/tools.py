"""The three programs under test behind one face: create, backup, restore, verify, and where the restored data is."""
import os
import shutil
import subprocess

PASSPHRASE = "correct horse battery staple"


class Tool:
    name = ""

    def __init__(self, work):
        self.home = os.path.join(work, self.name)
        self.repository = os.path.join(self.home, "repository")
        self.log = os.path.join(work, f"{self.name}.log")
        self.serial = 0

    def env(self):
        return dict(os.environ)

    def version(self):
        raise NotImplementedError

    def missing(self):
        """What to say when the program is not there, else None."""
        return None if shutil.which(self.name) else f"{self.name} is not installed"

    def reset(self):
        shutil.rmtree(self.home, ignore_errors=True)
        os.makedirs(self.home)

    def create(self):
        """Commands that make an empty repository (not timed)."""
        raise NotImplementedError

    def backup(self, path):
        raise NotImplementedError

    def restore(self, path, target):
        raise NotImplementedError

    def verify(self):
        raise NotImplementedError

    def restored(self, path, target):
        return os.path.join(target, path.lstrip("/"))

    def restore_cwd(self, target):
        return None


class Restic(Tool):
    name = "restic"

    def env(self):
        return {**super().env(), "RESTIC_PASSWORD": PASSPHRASE, "RESTIC_REPOSITORY": self.repository,
                "RESTIC_CACHE_DIR": os.path.join(self.home, "cache")}

    def version(self):
        return subprocess.run(["restic", "version"], capture_output=True, text=True, check=True).stdout.split(" compiled")[0]

    def create(self):
        return ["restic", "init", "--repository-version", "2"]

    def backup(self, path):
        return ["restic", "backup", "--quiet", path]

    def restore(self, path, target):
        return ["restic", "restore", "latest", "--quiet", "--target", target]

    def verify(self):
        return ["restic", "check", "--read-data", "--quiet"]


class Borg(Tool):
    name = "borg"

    def env(self):
        return {**super().env(), "BORG_PASSPHRASE": PASSPHRASE, "BORG_REPO": self.repository,
                "BORG_BASE_DIR": os.path.join(self.home, "base"), "BORG_RELOCATED_REPO_ACCESS_IS_OK": "yes",
                "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes", "BORG_EXIT_CODES": "legacy"}

    def version(self):
        return subprocess.run(["borg", "--version"], capture_output=True, text=True, check=True).stdout.strip()

    def create(self):
        return ["borg", "init", "--encryption", "repokey-blake2"]

    def backup(self, path):
        self.serial += 1
        return ["borg", "create", "--compression", "zstd,3", f"::p{self.serial}", path]

    def restore(self, path, target):
        return ["borg", "extract", f"::p{self.serial}"]

    def restore_cwd(self, target):
        return target

    def verify(self):
        return ["borg", "check", "--verify-data"]


class Holdfast(Tool):
    name = "holdfast"

    def __init__(self, work, command):
        super().__init__(work)
        self.command = command
        self.passphrase = os.path.join(self.home, "passphrase")

    def env(self):
        # Its cache goes where the peers' caches go: beside the repository, so that a run starts without one.
        return {**super().env(), "XDG_CACHE_HOME": os.path.join(self.home, "cache")}

    def missing(self):
        return None if shutil.which(self.command[0]) else f"{self.command[0]} is not there"

    def version(self):
        # This also builds what has changed, so that no measured run has to.
        done = subprocess.run([*self.command, "--version"], capture_output=True, text=True)
        if done.returncode != 0:
            raise OSError(f"'{' '.join(self.command)} --version' failed: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout.strip().splitlines()[-1]

    def reset(self):
        super().reset()
        with open(self.passphrase, "w", encoding="utf-8") as file:
            file.write(PASSPHRASE + "\n")
        os.chmod(self.passphrase, 0o600)

    def with_key(self, *words):
        return [*self.command, *words, "--passphrase-file", self.passphrase]

    def create(self):
        return self.with_key("vault", "create", self.repository)

    def backup(self, path):
        return self.with_key("backup", self.repository, path, "--quiet")

    def restore(self, path, target):
        return self.with_key("restore", self.repository, "latest", "--to", target, "--quiet")

    def verify(self):
        return self.with_key("verify", self.repository, "--read-data", "--quiet")

    def restored(self, path, target):
        below = os.path.join(target, os.path.basename(path))
        return below if os.path.isdir(below) else target
