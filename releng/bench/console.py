#!/usr/bin/env python3
"""Measures the packaged console with a fleet: start, lists, filters, memory, a large recovery point, a lost vault server.

A vault node and thousands of simulated agents as in `bench fleet`, one real agent with a recovery point of a million
files in folders and a million more in a single one, and the packaged console on a screen of its own (Xvfb) with a bundle
more, which works in its windows. Between console and vault stands a relay that breaks connections, keeps silent, or
answers late. Everything is on this machine, so vault and agents take their part of its processors. Nothing is left
behind. Ends with 1 when a limit is missed.
"""
import argparse
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time

import bench
import corpora
import fleet
import measure
import node
import report
import tools

say = corpora.say
# What the simulator's administrator chooses.
PASSWORD = "correct horse battery staple"
LIMITS = [  # figure, what it is, unit, limit or None
    ("start", "start to first window, median", "ms", 4000),
    ("start-ready", "start until it answers, median", "ms", None),
    ("start-cpu", "  CPU to the first window, median", "ms", None),
    ("start-first", "the first start ever to the window", "ms", None),
    ("load", "signed in until all servers are listed", "ms", None),
    ("load-longest", "  longest event meanwhile", "ms", 200),
    ("load-longest-cpu", "    processor time", "ms", None),
    ("open", "open the list of servers", "ms", 1000),
    ("open-longest", "  longest event meanwhile", "ms", 200),
    ("open-longest-cpu", "    processor time", "ms", None),
    ("filter", "filter as you type, until rows are right", "ms", 100),
    ("filter-busy", "  busy thread of the windows", "ms", 100),
    ("filter-busy-cpu", "    processor time", "ms", None),
    ("scroll-longest", "scroll through all servers: longest event", "ms", 50),
    ("scroll-longest-cpu", "    processor time", "ms", None),
    ("scroll-over-frame", "  events that take longer than 16 ms, of the steps", "%", 5),
    ("scroll-over-frame-cpu", "    that take so much processor time", "%", None),
    ("scroll-step-cpu", "    processor time of a step", "ms", None),
    ("rss-fleet", "memory of the process with all servers (RSS)", "MB", 700),
    ("rss-fleet-heap", "  of it live heap", "MB", None),
    ("open-point", "open the recovery point", "ms", None),
    ("expand", "expand a directory of a large point, slowest", "ms", 200),
    ("expand-median", "  median", "ms", None),
    ("choose", "show the files of a directory, slowest", "ms", 200),
    ("choose-wide", "show the directory with very many entries", "ms", 200),
    ("expand-wide", "  look for folders in it", "ms", None),
    ("wide-scroll-longest", "  scroll in it: longest event", "ms", 50),
    ("wide-scroll-longest-cpu", "    processor time", "ms", None),
    ("wide-filter", "  filter it by name", "ms", None),
    ("point-longest", "  longest event of all that", "ms", 200),
    ("point-longest-cpu", "    processor time", "ms", None),
    ("search-found", "search: first hit", "ms", None),
    ("search", "search: all of the point", "ms", None),
    ("search-longest", "  longest event meanwhile", "ms", 200),
    ("search-longest-cpu", "    processor time", "ms", None),
    ("rss-point", "memory with the point open (RSS)", "MB", 700),
    ("cut-said", "connections break: the console says so after", "ms", 5000),
    ("cut-well", "  all is well again after", "ms", 20000),
    ("cut-longest", "  longest event meanwhile", "ms", 200),
    ("cut-longest-cpu", "    processor time", "ms", None),
    ("hang-said", "the vault is silent: the console says so after", "ms", 60000),
    ("hang-well", "  all is well again after", "ms", 20000),
    ("hang-longest", "  longest event meanwhile", "ms", 200),
    ("hang-longest-cpu", "    processor time", "ms", None),
    ("slow-editor", "answers take 2 s: a server's editor is open after", "ms", 1000),
    ("slow-longest", "  longest event meanwhile", "ms", 200),
    ("slow-longest-cpu", "    processor time", "ms", None),
    ("busy-cores", "processors at work meanwhile, all programs", "", None),
]


def arguments():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    parser = argparse.ArgumentParser(prog="holdfast bench console", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=10_000, metavar="N", help="simulated (default: %(default)s)")
    parser.add_argument("--files", type=int, default=1_000_000, metavar="N",
                        help="in folders, and as many in one folder (default: %(default)s)")
    parser.add_argument("--starts", type=int, default=7, metavar="N", help="starts to measure (default: %(default)s)")
    parser.add_argument("--events", type=float, default=10, metavar="RATE",
                        help="reports of jobs a second while the console is looked at, ten to a job (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="200 agents, 8000 files, two starts: does it work at all?")
    parser.add_argument("--dir", default=os.path.join(cache, "holdfast", "bench"), help="where to work (default: %(default)s)")
    parser.add_argument("--screenshots", default="", metavar="DIR", help="keep pictures there")
    parser.add_argument("--java-options", default="", metavar="OPTIONS",
                        help="more options for the console's Java (--java-options=-XX:...), as for a flight recording")
    parser.add_argument("--json", default="", metavar="FILE", help="write all figures there")
    args = parser.parse_args()
    if args.quick:
        args.agents, args.files, args.starts = 200, 8000, 2
    args.dir = os.path.abspath(args.dir)
    # Folders of folders of files, all of the same number.
    args.folders = max(20, round(args.files ** (1 / 3)))
    return args


class Display:
    """A screen of its own with a window manager, and who tells when a window comes."""

    def __init__(self, work, size="1600x1000"):
        for program in ("Xvfb", "openbox", "xprop"):
            if not shutil.which(program):
                raise measure.Failed(f"{program} is not installed: install xvfb, openbox and x11-utils")
        read, write = os.pipe()
        self.log = open(os.path.join(work, "display.log"), "ab")
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", size + "x24", "-noreset",
                                        "-nolisten", "tcp"], pass_fds=[write], stdout=self.log, stderr=self.log)
        os.close(write)
        with os.fdopen(read) as file:
            self.name = ":" + file.readline().strip()
        if self.name == ":":
            raise measure.Failed("there is no screen: Xvfb does not start")
        self.environment = {**os.environ, "DISPLAY": self.name, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        self.manager = subprocess.Popen(["openbox"], env=self.environment, stdout=self.log, stderr=self.log)
        # It would not wait for a property that nobody has named yet.
        node.wait_for("openbox", lambda: b"window id" in subprocess.run(
            ["xprop", "-root", "_NET_CLIENT_LIST"], env=self.environment, capture_output=True).stdout, self.manager,
            self.log.name)
        self.spy = subprocess.Popen(["stdbuf", "-oL", "xprop", "-root", "-spy", "_NET_CLIENT_LIST"], env=self.environment,
                                    stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.windows, self.known, self.came = threading.Condition(), set(), {}
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self):
        for line in self.spy.stdout:
            now = time.monotonic()
            shown = set(re.findall(r"0x[0-9a-f]+", line))
            with self.windows:
                for window in shown - self.known:
                    self.came[window] = now
                self.known = shown
                self.windows.notify_all()

    def forget(self):
        with self.windows:
            self.came.clear()

    def first(self, seconds):
        """When the first window came after the last call of forget()."""
        with self.windows:
            if not self.windows.wait_for(lambda: self.came, seconds):
                raise measure.Failed("no window came")
            return min(self.came.values())

    def close(self):
        for process in (self.spy, self.manager, self.server):
            node.stop(process)
        self.log.close()


class Relay(threading.Thread):
    """Between console and vault: lets everything through, breaks, keeps silent, or delays each way's pieces."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.target = port
        self.server = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.server.getsockname()[1]
        self.lock = threading.Lock()
        self.flows = threading.Event()
        self.flows.set()
        self.delay, self.broken, self.open = 0.0, False, set()

    def run(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.connect, args=(client,), daemon=True).start()

    def connect(self, client):
        with self.lock:
            if self.broken:
                return self.reset(client)
            self.open.add(client)
        try:
            upstream = socket.create_connection(("127.0.0.1", self.target), 10)
        except OSError:
            return self.reset(client)
        upstream.settimeout(None)
        for each in (client, upstream):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self.lock:
            self.open.add(upstream)
        threading.Thread(target=self.copy, args=(client, upstream), daemon=True).start()
        self.copy(upstream, client)

    def copy(self, source, sink):
        try:
            while True:
                piece = source.recv(262144)
                self.flows.wait()
                if not piece:
                    break
                if self.delay:
                    time.sleep(self.delay)
                sink.sendall(piece)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            with self.lock:
                self.open.discard(end)

    @staticmethod
    def reset(end):
        try:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        end.close()

    def cut(self):
        with self.lock:
            self.broken = True
            ends, self.open = self.open, set()
        for end in ends:
            self.reset(end)

    def hang(self):
        self.flows.clear()

    def slow(self, seconds):
        self.delay = seconds

    def through(self):
        with self.lock:
            self.broken = False
        self.delay = 0.0
        self.flows.set()

    def close(self):
        self.server.close()
        self.cut()
        self.through()


class Console:
    """One run of the product, which tells over a line what it has measured and asks for trouble."""

    def __init__(self, run, words, screenshots="", arguments=(), variables=None):
        self.run, self.started, self.figures, self.failure = run, 0.0, {}, None
        self.server = socket.create_server(("127.0.0.1", 0))
        words = {"control": self.server.getsockname()[1], **words}
        options = [f"-Dholdfast.bench.{name}={value}" for name, value in words.items()]
        options += [f"-Duser.home={run.home}", f"-Dholdfast.screenshots={screenshots}"] + run.args.java_options.split()
        environment = {**run.display.environment, "HOLDFAST_JAVA_OPTS": " ".join(options), "HOME": run.home,
                       "LANG": "C.UTF-8", **(variables or {})}
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            environment.pop(name, None)
        run.display.forget()
        with open(run.path("console.log"), "ab") as out:
            self.started = time.monotonic()
            self.process = subprocess.Popen([run.path("console", "bin", "holdfast-console"), *arguments],
                                            env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def listen(self, relay, seconds):
        self.server.settimeout(120)
        try:
            line, _ = self.server.accept()
            line.settimeout(seconds)
            with line, line.makefile("rw", encoding="utf-8", newline="\n") as talk:
                for said in talk:
                    self.heard(said.split(), relay)
                    talk.write("ok\n")
                    talk.flush()
        except TimeoutError:
            self.failure = "it says nothing"
        finally:
            self.server.close()
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                node.stop(self.process, signal.SIGKILL)
                self.failure = self.failure or "it does not end"
        if self.failure:
            with open(self.run.path("console.log"), encoding="utf-8", errors="replace") as file:
                raise measure.Failed(f"the console: {self.failure}\n{file.read()[-3000:]}")

    def heard(self, words, relay):
        match words:
            case ["ready"]:
                self.figures["ready"] = 1000 * (time.monotonic() - self.started)
            case ["figure", name, value]:
                say(f"{name} {float(value):.1f}")
                self.figures[name] = float(value)
            case ["slow", millis]:
                relay.slow(int(millis) / 1000)
            case ["cut"] | ["hang"] | ["through"]:
                say(words[0])
                getattr(relay, words[0])()
            case ["failed", *why]:
                self.failure = " ".join(why)


class Run:
    def __init__(self, args, work):
        self.args, self.work, self.home = args, work, os.path.join(work, "home")
        self.display = self.vault = self.simulator = self.agent = self.relay = None
        self.figures = {}

    def path(self, *names):
        return os.path.join(self.work, *names)

    def all(self):
        os.makedirs(self.home)
        self.product()
        self.display = Display(self.work)
        self.starts()
        self.fleet()
        server = self.large_point()
        self.relay = Relay(self.vault.port)
        self.relay.start()
        say("working in the console")
        began, busy = time.monotonic(), measure.busy_seconds()
        console = Console(self, {
            "address": f"127.0.0.1:{self.relay.port}", "fingerprint": self.vault.fingerprint(), "user": self.user,
            "password": self.secret("password", PASSWORD), "servers": self.args.agents + 1, "server": server,
            "passphrase": self.secret("passphrase", tools.PASSPHRASE), "folders": self.args.folders,
            "wide": self.args.files}, self.args.screenshots)
        try:
            console.listen(self.relay, 300)
        finally:
            self.figures.update(console.figures)
            self.figures["busy-cores"] = (measure.busy_seconds() - busy) / (time.monotonic() - began)

    def product(self):
        """The product with the bundle that works in its windows in its list of bundles to start."""
        shutil.copytree(os.environ["HOLDFAST_CONSOLE_HOME"], self.path("console"), symlinks=True)
        jar = os.environ["HOLDFAST_TOUR"]
        shown = subprocess.run(["unzip", "-p", jar, "META-INF/MANIFEST.MF"], stdout=subprocess.PIPE, text=True, check=True)
        version = re.search(r"^Bundle-Version: (\S+)", shown.stdout, re.M).group(1)
        bundles = self.path("console", "configuration", "org.eclipse.equinox.simpleconfigurator", "bundles.info")
        with open(bundles, "a", encoding="utf-8") as file:
            file.write(f"\norg.holdfast.console.smoke,{version},file:{jar},4,false\n")

    def starts(self):
        windows, ready, cpu = [], [], []
        for number in range(self.args.starts + 1):
            say(f"start {number} of {self.args.starts}")
            console = Console(self, {})
            threading.Thread(target=console.listen, args=(None, 60), daemon=True).start()
            windows.append(1000 * (self.display.first(60) - console.started))
            cpu.append(1000 * node.cpu_seconds(console.process.pid))
            if console.process.wait(120) != 0 or "ready" not in console.figures:
                raise measure.Failed(f"the console does not start: {console.failure}")
            ready.append(console.figures["ready"])
        # The first one unpacks what the framework keeps, and nobody waits for that twice.
        self.figures.update({"start-first": windows[0], "start": statistics.median(windows[1:]),
                             "start-ready": statistics.median(ready[1:]), "start-cpu": statistics.median(cpu[1:]),
                             "start-all": windows})

    def fleet(self):
        self.vault = node.Vault(os.environ["HOLDFAST_VAULT_PROGRAM"], self.work)
        self.vault.start()
        args = argparse.Namespace(agents=self.args.agents, at_once=16, seconds=3600, warm_up=5, heartbeats=170,
                                  events=self.args.events, requests=0)
        self.user = self.vault.administrator()[0]
        self.simulator = fleet.Simulator(fleet.compile_simulator(self.work), self.vault, args,
                                         fleet.version_of(self.vault), self.path("simulator.log"))
        say(f"registering {self.args.agents} agents")
        for part in ("ready", "registered", "warm"):
            self.simulator.part(part)
            if part != "warm":
                self.simulator.go()
        # It goes on with its load until it is told to do something else.

    def large_point(self):
        """A real agent on this machine; gives the id of its server."""
        data = self.path("data")
        say(f"making 2 x {self.args.files} files")
        self.make_files(data)
        environment = {**os.environ, "HOLDFAST_LOGIN": self.path("login.json"), "HOME": self.home}

        def cli(*words):
            done = subprocess.run([os.environ["HOLDFAST"], *words], env=environment, capture_output=True, text=True,
                                  stdin=subprocess.DEVNULL)
            if done.returncode != 0:
                raise measure.Failed(f"holdfast {words[0]}: {done.stderr or done.stdout}")
            return done.stdout

        self.cli = cli
        cli("login", f"127.0.0.1:{self.vault.port}", "--fingerprint", self.vault.fingerprint(), "--password-file",
            self.secret("password", PASSWORD))
        cli("credentials", "create", "--out", self.path("credentials"))
        program, home = os.environ["HOLDFAST_AGENT_PROGRAM"], self.path("agent")
        os.makedirs(home, mode=0o700)
        with open(self.path("agent.log"), "ab") as out:
            subprocess.run([program, "register", "--home", home, "--credentials", self.path("credentials"),
                            "--passphrase-file", self.secret("passphrase", tools.PASSPHRASE), "--key-location",
                            "file:" + self.path("key"), "--new-machine"],
                           stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=True)
            self.agent = subprocess.Popen([program, "run", "--home", home], stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        servers = [server for server in json.loads(cli("server", "list", "--json"))
                   if not re.fullmatch(r"server-\d{5}", server["name"])]
        self.server, self.name = servers[0]["id"], servers[0]["name"]
        say("backing them up")
        cli("job", "start", "backup", servers[0]["id"], data + "/deep", data + "/wide", "--wait")
        shutil.rmtree(data)
        return servers[0]["id"]

    def make_files(self, data):
        """Empty ones: what is in files has nothing to do with how they are browsed."""
        number, count = 0, self.args.folders
        for first in range(count):
            for second in range(count):
                folder = os.path.join(data, "deep", f"part-{first:04d}", f"folder-{second:04d}")
                os.makedirs(folder)
                for _ in range(count):
                    os.close(os.open(f"{folder}/file-{number:07d}.dat", os.O_WRONLY | os.O_CREAT, 0o644))
                    number += 1
        folder = os.path.join(data, "wide")
        os.makedirs(folder)
        for number in range(self.args.files):
            os.close(os.open(f"{folder}/row-{number:07d}.csv", os.O_WRONLY | os.O_CREAT, 0o644))

    def secret(self, name, text):
        path = self.path(name + ".secret")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text + "\n")
        return path

    def close(self):
        if self.agent is not None:
            node.stop(self.agent)
        for each in (self.relay, self.simulator, self.vault, self.display):
            if each is not None:
                each.close()


def judge(figures):
    return [{"figure": name, "what": what, "unit": unit, "value": figures[name], "limit": limit,
             "ok": limit is None or figures[name] <= limit} for name, what, unit, limit in LIMITS if name in figures]


def show(document):
    machine = document["machine"]
    rows = [[row["what"], f"{row['value']:.1f} {row['unit']}", "" if row["limit"] is None else f"{row['limit']} {row['unit']}",
             "" if row["limit"] is None else "held" if row["ok"] else "MISSED"] for row in document["figures"]]
    return "\n".join([
        f"Machine: {machine['cpu']}, {machine['cores']} cores, {machine['memoryGiB']} GiB. {document['agents']} agents,"
        f" 2 x {document['files']} files.", "", report.table(["", "measured", "limit", ""], rows, 1)])


def main():
    args = arguments()
    if "HOLDFAST_TOUR" not in os.environ:
        raise measure.Failed("start it with ./holdfast bench console")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    fleet.more_files()
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    work = node.work_folder(args.dir)
    run = Run(args, work)
    problem = None
    try:
        run.all()
    except (measure.Failed, OSError, subprocess.CalledProcessError) as failed:
        problem = failed  # what was measured before is shown
    finally:
        run.close()
        shutil.rmtree(work, ignore_errors=True)
    document = {"started": started, "command": " ".join(sys.argv[1:]), "machine": bench.machine(), "agents": args.agents,
                "files": args.files, "load": os.getloadavg(), "raw": run.figures, "figures": judge(run.figures)}
    bench.keep(args.dir, document)
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=1)
    print(show(document))
    if problem is not None:
        raise measure.Failed(str(problem))
    return 0 if all(row["ok"] for row in document["figures"]) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (measure.Failed, OSError, subprocess.CalledProcessError) as problem:
        say(f"bench: {problem}")
        sys.exit(1)
    except KeyboardInterrupt:
        say("bench: stopped")
        sys.exit(1)
