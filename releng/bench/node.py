"""A vault node as a user starts it, a PostgreSQL for its catalogue, and what both of them cost."""
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

import measure

BEGINS = 120
ENDS = 60


def proc(pid, name):
    with open(f"/proc/{pid}/{name}", encoding="ascii", errors="replace") as file:
        return file.read()


def cpu_seconds(pid):
    """User and system time of one process, its ended children not counted (proc(5), fields 14 and 15)."""
    fields = proc(pid, "stat").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / measure.TICK


def rss_mib(pid, peak=False):
    match = re.search(r"Vm%s:\s+(\d+) kB" % ("HWM" if peak else "RSS"), proc(pid, "status"))
    return int(match.group(1)) / 1024 if match else 0.0


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def stop(process, how=signal.SIGTERM):
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(ENDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(what, condition, process, log, seconds=BEGINS):
    end = time.monotonic() + seconds
    while not condition():
        if process.poll() is not None or time.monotonic() > end:
            with open(log, encoding="utf-8", errors="replace") as file:
                raise measure.Failed(f"{what} does not start: {file.read()[-2000:]}")
        time.sleep(0.1)


class Postgres:
    """A server of the newest Debian package, with the settings it comes with; its data is in a folder of its own."""

    def __init__(self, work):
        # Not in the work folder: its account may not get through to there.
        self.home = tempfile.mkdtemp(prefix="holdfast-postgres-")
        os.chmod(self.home, 0o755)
        self.folder = os.path.join(self.home, "data")
        self.log = os.path.join(work, "postgres.log")
        self.port = free_port()
        self.process = None

    @staticmethod
    def binaries():
        base = "/usr/lib/postgresql"
        versions = sorted(os.listdir(base), key=float) if os.path.isdir(base) else []
        found = [os.path.join(base, version, "bin") for version in versions]
        return next((folder for folder in reversed(found) if os.path.exists(folder + "/initdb")), None)

    def _as_nobody(self, command):
        # It refuses to run as root.
        return (["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []) + command

    def start(self):
        programs = self.binaries()
        if programs is None:
            raise measure.Failed("PostgreSQL is not installed: install the package postgresql")
        os.makedirs(self.folder)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
        with open(self.log, "wb") as out:
            subprocess.run(self._as_nobody([programs + "/initdb", "-D", self.folder, "-U", "holdfast", "-A", "trust",
                                            "-E", "UTF8", "--locale=C.UTF-8"]), cwd="/", check=True, stdout=out, stderr=out)
            self.process = subprocess.Popen(
                self._as_nobody([programs + "/postgres", "-D", self.folder, "-p", str(self.port), "-h", "127.0.0.1",
                                 "-k", "", "-c", "max_connections=50"]), cwd="/", stdout=out, stderr=out)
        wait_for("PostgreSQL", self._answers, self.process, self.log)
        self.query("create database catalog", "postgres")

    def _answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                self.query("select 1", "postgres")
                return True
        except (OSError, subprocess.CalledProcessError):
            return False

    def query(self, sql, database="catalog"):
        done = subprocess.run(["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "holdfast", "-XtAc", sql, database],
                              capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def arguments(self):
        return ["--catalog", f"jdbc:postgresql://127.0.0.1:{self.port}/catalog", "--catalog-user", "holdfast"]

    def size(self):
        self.query("checkpoint")
        return int(self.query("select pg_database_size('catalog')"))

    def cpu(self):
        """All of its processes together, those that have ended too as far as the server has waited for them."""
        fields = proc(self.process.pid, "stat").rsplit(")", 1)[1].split()
        ended = (int(fields[13]) + int(fields[14])) / measure.TICK
        live = 0.0
        for name in os.listdir("/proc"):
            try:
                if name.isdigit() and proc(name, "stat").rsplit(")", 1)[1].split()[1] == str(self.process.pid):
                    live += cpu_seconds(name)
            except (OSError, IndexError):
                continue
        return ended + live + cpu_seconds(self.process.pid)

    def version(self):
        return self.query("show server_version")

    def close(self):
        if self.process is not None:
            stop(self.process, signal.SIGINT)
        shutil.rmtree(self.home, ignore_errors=True)


class Vault:
    """The vault product, started by its own start script."""

    def __init__(self, program, work, postgres=None, name="vault", more=()):
        self.program = program
        self.more = list(more)
        self.folder = os.path.join(work, name)
        self.log = os.path.join(work, name + ".log")
        self.ready = os.path.join(work, name + ".ready")
        self.postgres = postgres
        self.port = free_port()
        self.process = None

    def start(self, options=""):
        command = [self.program, "serve", "--data", self.folder, "--listen", f"127.0.0.1:{self.port}",
                   "--ready-file", self.ready] + (self.postgres.arguments() if self.postgres else []) + self.more
        environment = {**os.environ}
        if options:
            environment["HOLDFAST_JAVA_OPTS"] = options
        with open(self.log, "ab") as out:
            self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        wait_for("the vault", lambda: os.path.exists(self.ready), self.process, self.log)

    def administrator(self):
        with open(self.log, encoding="utf-8") as file:
            said = file.read()
        return re.search(r"Administrator: (\S+), one-time secret: (\S+)", said).groups()

    def fingerprint(self):
        with open(self.log, encoding="utf-8") as file:
            return re.search(r"SHA-256: (\S+)", file.read()).group(1)

    def authority(self):
        return os.path.join(self.folder, "pki", "ca.pem")

    @property
    def pid(self):
        return self.process.pid

    def jcmd(self, *words):
        home = os.environ.get("JAVA_HOME", "")
        program = os.path.join(home, "bin", "jcmd") if home else "jcmd"
        done = subprocess.run([program, str(self.pid), *words], capture_output=True, text=True)
        return done.stdout

    def heap_mib(self):
        """What the heap holds now."""
        match = re.search(r"used (\d+)K", self.jcmd("GC.heap_info"))
        return int(match.group(1)) / 1024 if match else 0.0

    def live_heap(self):
        """What the heap holds of objects that are needed, and the classes that take most of it; collects garbage first."""
        text = self.jcmd("GC.class_histogram")
        total = re.search(r"^Total\s+\d+\s+(\d+)", text, re.M)
        largest = re.findall(r"^\s*\d+:\s+(\d+)\s+(\d+)\s+(\S+)", text, re.M)[:15]
        return {"heapLiveMiB": int(total.group(1)) / (1 << 20) if total else 0.0,
                "heapLargest": [{"class": name, "objects": int(count), "MiB": round(int(size) / (1 << 20), 2)}
                                for count, size, name in largest]}

    def catalog_bytes(self):
        if self.postgres:
            return self.postgres.size()
        return measure.tree_size(os.path.join(self.folder, "catalog"))

    def cpu(self):
        return cpu_seconds(self.pid) + (self.postgres.cpu() if self.postgres else 0.0)

    def close(self):
        if self.process is not None:
            stop(self.process)


def h2_growth(program, folder):
    """What a job takes in an embedded catalogue that has been closed: its file is packed, with all jobs and without.

    The file of a running one tells little: what has been replaced stays in it for a while.
    """
    plugins = os.path.join(os.path.dirname(os.path.dirname(program)), "plugins")
    jar = next(os.path.join(plugins, name) for name in os.listdir(plugins) if re.match(r"com\.h2database|h2[-_]", name))
    catalog = os.path.join(folder, "catalog")
    base = next(os.path.join(catalog, name)[:-len(".mv.db")] for name in os.listdir(catalog) if name.endswith(".mv.db"))
    home = os.environ.get("JAVA_HOME", "")

    def sql(text):
        done = subprocess.run([os.path.join(home, "bin", "java") if home else "java", "-cp", jar, "org.h2.tools.Shell", "-url",
                               f"jdbc:h2:file:{base};MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;NON_KEYWORDS=VALUE,KEY",
                               "-user", "holdfast",
                               "-password", "", "-sql", text], capture_output=True, text=True)
        if done.returncode != 0:
            raise measure.Failed(f"H2's shell fails: {done.stdout[-500:]}{done.stderr[-500:]}")
        return done.stdout

    jobs = int(re.search(r"\n(\d+)", sql("select count(*) from jobs")).group(1))
    sql("shutdown compact")
    full = os.path.getsize(base + ".mv.db")
    sql("delete from job_warnings; delete from jobs; delete from data_points; delete from data_sessions;"
        " delete from audit where action in ('commit-point', 'start-job')")
    sql("shutdown compact")
    empty = os.path.getsize(base + ".mv.db")
    return {"catalogMiB": full / (1 << 20), "catalogJobs": jobs, "catalogBytesPerJob": (full - empty) / jobs if jobs else None}


class Sampler(threading.Thread):
    """Watches the resident memory of a process."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid = pid
        self.most = 0.0
        self.ending = threading.Event()

    def run(self):
        while not self.ending.wait(0.25):
            try:
                self.most = max(self.most, rss_mib(self.pid))
            except OSError:
                return

    def begin_anew(self):
        before, self.most = self.most, rss_mib(self.pid)
        return before


def work_folder(where):
    os.makedirs(where, exist_ok=True)
    return tempfile.mkdtemp(prefix="fleet-", dir=where)
