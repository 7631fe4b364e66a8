#!/usr/bin/env python3
"""Runs a vault node with thousands of simulated agents and measures how it bears them.

The node is the vault product in a process of its own, as `./holdfast vault serve` starts it; the agents are another
process on the same machine: each enrols with a certificate request, keeps a connection over mutual TLS with a long poll
in it, and takes its turn at jobs that report, store a pack and commit a recovery point. Latencies are counted from when
something was due, so what waits behind something slow counts as slow too. Nothing is left behind, also when stopped.
"""
import argparse
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

import bench
import corpora
import measure
import node
import report

say = corpora.say
TARGETS = [  # part, measure, limit, what it is called
    ("heartbeat", "p99", 250, "heartbeat p99 ms"),
    ("jobEvent", "p99", 250, "job event p99 ms"),
]


def arguments():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    parser = argparse.ArgumentParser(prog="holdfast bench fleet", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=10_000, metavar="N", help="how many (default: %(default)s)")
    parser.add_argument("--seconds", type=int, default=120, metavar="N", help="how long to measure (default: %(default)s)")
    parser.add_argument("--warm-up", type=int, default=75, metavar="N",
                        help="seconds of the same load before that (default: %(default)s)")
    parser.add_argument("--catalog", default="h2,postgresql", metavar="KIND[,KIND]",
                        help="h2, postgresql or both, one after the other (default: %(default)s)")
    parser.add_argument("--heartbeats", type=float, default=170, metavar="RATE",
                        help="of all agents together, a second; more than that when there are few agents, since none waits"
                             " longer than 60 s and none less than 1 s (default: %(default)s)")
    parser.add_argument("--events", type=float, default=50, metavar="RATE",
                        help="reports of jobs a second, ten to a job (default: %(default)s)")
    parser.add_argument("--requests", type=float, default=1, metavar="RATE",
                        help="backups a second that a person asks for (default: %(default)s)")
    parser.add_argument("--at-once", type=int, default=16, metavar="N",
                        help="registrations at a time (default: %(default)s)")
    parser.add_argument("--heap", default="", help="largest heap of the vault, as 640m; what it starts with by itself else")
    parser.add_argument("--vault-options", default="", metavar="OPTIONS",
                        help="more options for the vault's Java (--vault-options=-XX:...), as for a flight recording")
    parser.add_argument("--heap-dump", default="", metavar="FILE",
                        help="write the vault's heap there when the agents are registered")
    parser.add_argument("--dir", default=os.path.join(cache, "holdfast", "bench"), help="where to work (default: %(default)s)")
    parser.add_argument("--keep", action="store_true", help="leave logs and data of the run in that folder")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of tables")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    args = parser.parse_args()
    args.dir = os.path.abspath(args.dir)
    args.catalogs = [name for name in args.catalog.split(",") if name]
    if not args.catalogs or not set(args.catalogs) <= {"h2", "postgresql"}:
        parser.error("--catalog takes h2 and postgresql")
    if args.agents < 1 or args.seconds < 1:
        parser.error("--agents and --seconds must be at least 1")
    return args


def class_path():
    """The command line's bundles: the simulator speaks the same protocol with the same classes."""
    home = os.environ.get("HOLDFAST_CLI_HOME")
    if not home:
        raise measure.Failed("start it with ./holdfast bench fleet")
    plugins = os.path.join(home, "plugins")
    jars = [jar for jar in sorted(os.listdir(plugins))
            if jar.endswith(".jar") and not re.match(r"org\.(eclipse|osgi|apache\.felix)\.", jar)]
    return ":".join(os.path.join(plugins, jar) for jar in jars)


def java(name):
    home = os.environ.get("JAVA_HOME", "")
    return os.path.join(home, "bin", name) if home else name


def compile_simulator(work):
    """Three seconds of javac instead of a place in a product: nobody but this needs the simulator."""
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "org.holdfast.agent.simulator",
                          "src", "org", "holdfast", "agent", "simulator")
    files = [os.path.join(source, name) for name in sorted(os.listdir(source))
             if name.endswith(".java") and name != "package-info.java"]
    classes = os.path.join(work, "simulator")
    done = subprocess.run([java("javac"), "-nowarn", "-proc:none", "-Xlint:none", "-d", classes, "-cp", class_path(), *files],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise measure.Failed(f"the simulator cannot be compiled: {done.stderr[-2000:]}")
    return classes


def more_files():
    """A connection is a file, here and in the children."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if os.geteuid() == 0 and hard < 65536:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (65536, 65536))
            return
        except (ValueError, OSError):
            pass
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Simulator:
    """The process with the agents; it waits after each part of the run until it is told to go on."""

    def __init__(self, classes, vault, args, version, log):
        user, secret = vault.administrator()
        words = {"host": "127.0.0.1", "port": vault.port, "authority": vault.authority(), "user": user,
                 "agents": args.agents, "at-once": args.at_once, "seconds": args.seconds, "warm-up": args.warm_up,
                 "heartbeats": args.heartbeats, "events": args.events, "requests": args.requests, "pause": 1000,
                 "version": version}
        with open(log, "ab") as err:
            self.process = subprocess.Popen(
                [java("java"), "-XX:+UseParallelGC", "-Xmx2g", "-Xms256m", "-XX:+UseCompactObjectHeaders",
                 "--enable-native-access=ALL-UNNAMED", "-cp", classes + ":" + class_path(),
                 "org.holdfast.agent.simulator.Simulator", *[f"{name}={value}" for name, value in words.items()]],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=err, text=True)
        self.log = log
        self.go(secret)

    @property
    def pid(self):
        return self.process.pid

    def go(self, line=""):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def part(self, name):
        line = self.process.stdout.readline()
        if not line:
            with open(self.log, encoding="utf-8", errors="replace") as file:
                raise measure.Failed(f"the simulator ended: {file.read()[-2000:]}")
        figures = json.loads(line)
        if figures["part"] != name:
            raise measure.Failed(f"the simulator says {line}")
        return figures

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()  # the end of its input ends it
        node.stop(self.process)


class Run:
    """One catalogue."""

    def __init__(self, args, kind, work, classes):
        self.args, self.kind, self.work, self.classes = args, kind, work, classes
        self.result = {"catalog": kind, "agents": args.agents}

    def run(self):
        postgres = vault = simulator = None
        try:
            if self.kind == "postgresql":
                postgres = node.Postgres(self.work)
                postgres.start()
                self.result["postgresql"] = postgres.version()
            vault = node.Vault(os.environ["HOLDFAST_VAULT_PROGRAM"], self.work, postgres)
            if self.args.heap:
                os.environ["HOLDFAST_HEAP"] = self.args.heap
            vault.start(self.args.vault_options)
            self.result["begin"] = {"rssMiB": node.rss_mib(vault.pid)}
            simulator = Simulator(self.classes, vault, self.args, version_of(vault), os.path.join(self.work, "simulator.log"))
            self.measure(vault, simulator)
            if simulator.process.wait(60) != 0:
                raise measure.Failed("the simulator failed at its end")
        finally:
            for each in (simulator, vault, postgres):
                if each is not None:
                    each.close()
        if self.kind == "h2":
            self.result["loaded"].update(node.h2_growth(os.environ["HOLDFAST_VAULT_PROGRAM"], vault.folder))
        return self.result

    def measure(self, vault, simulator):
        sampler = node.Sampler(vault.pid)
        sampler.start()
        self.result["waitSeconds"] = simulator.part("ready")["waitSeconds"]
        self.part(vault, simulator, sampler, "registered", f"registering {self.args.agents} agents")
        if self.args.heap_dump:
            vault.jcmd("GC.heap_dump", "-overwrite", os.path.abspath(self.args.heap_dump))
        self.part(vault, simulator, sampler, "warm", f"warming up for {self.args.warm_up} s")
        size = vault.catalog_bytes()
        self.part(vault, simulator, sampler, "loaded", f"measuring for {self.args.seconds} s")
        loaded = self.result["loaded"]
        loaded.update(vault.live_heap())
        loaded["catalogMiB"] = vault.catalog_bytes() / (1 << 20)
        if vault.postgres:
            grown = vault.catalog_bytes() - size
            loaded["catalogBytesPerJob"] = grown / loaded["jobs"] if loaded["jobs"] else None
        self.part(vault, simulator, sampler, "policy", "giving all agents a policy")
        simulator.go()
        sampler.ending.set()
        native = vault.jcmd("VM.native_memory", "summary")  # only with --vault-options=-XX:NativeMemoryTracking=summary
        if "Total:" in native:
            self.result["nativeMemory"] = [line.strip() for line in native.splitlines() if "reserved=" in line]
        self.result["rssPeakMiB"] = node.rss_mib(vault.pid, peak=True)

    def part(self, vault, simulator, sampler, name, what):
        """Lets the simulator do a part; adds what it cost."""
        say(f"{self.kind}: {what}")
        busy, ours, theirs, start = measure.busy_seconds(), vault.cpu(), node.cpu_seconds(simulator.pid), time.monotonic()
        sampler.begin_anew()
        simulator.go()
        figures = simulator.part(name)
        wall = time.monotonic() - start
        ours, theirs = vault.cpu() - ours, node.cpu_seconds(simulator.pid) - theirs
        busy = measure.busy_seconds() - busy
        del figures["part"]
        figures.update(wall=wall, vaultCpu=ours, vaultCpuShare=ours / wall, simulatorCpuShare=theirs / wall,
                       foreignCpuShare=max(0.0, busy - ours - theirs) / wall, rssMiB=max(sampler.most, node.rss_mib(vault.pid)),
                       heapMiB=vault.heap_mib())
        self.result[name] = figures


def version_of(vault):
    """Agents say they have the vault's version, so that none is out of date."""
    plugins = os.path.join(os.path.dirname(os.path.dirname(vault.program)), "plugins")
    jar = next(name for name in os.listdir(plugins) if name.startswith("org.holdfast.vault.http_"))
    return ".".join(jar.split("_")[1].split(".")[:3])


def judge(result):
    judged = []
    for part, name, limit, label in TARGETS:
        judged.append({"catalog": result["catalog"], "measure": label, "value": result["loaded"][part][name], "limit": limit})
    # Few agents cannot give so many heartbeats: no poll waits less than a second.
    beats = min(170, result["agents"] / (result["waitSeconds"] + 0.25))
    for part, rate in (("heartbeat", beats), ("jobEvent", 50)):
        judged.append({"catalog": result["catalog"], "measure": part + "s a second, at least",
                       "value": result["loaded"][part]["perSecond"], "limit": rate * 0.97})
    judged.append({"catalog": result["catalog"], "measure": "vault RSS MiB", "value": result["rssPeakMiB"], "limit": 1024})
    for each in judged:
        least = each["measure"].endswith("at least")
        each["ok"] = each["value"] >= each["limit"] if least else each["value"] <= each["limit"]
    return judged


def show(document):
    parts = [f"Machine: {document['machine']['cpu']}, {document['machine']['cores']} cores,"
             f" {document['machine']['memoryGiB']} GiB. {document['agents']} agents, {document['seconds']} s."]
    for result in document["results"]:
        name = result["catalog"] + (" " + result["postgresql"] if "postgresql" in result else "")
        registered, loaded, policy = result["registered"], result["loaded"], result["policy"]
        parts.append("")
        parts.append(f"Catalogue {name}")
        rows = [latency("registration, all of it", registered["register"], registered["perSecond"]),
                latency("  enrolment request", registered["enrol"], registered["perSecond"])]
        for key, label in (("heartbeat", "heartbeat"), ("jobEvent", "job event"), ("jobState", "  begin or end of a job"),
                           ("commit", "commit of a point"), ("backupNow", "back up now: command at the agent"),
                           ("backupRunning", "back up now: running at the vault")):
            rows.append(latency(label, loaded[key], loaded[key]["perSecond"]))
        rows.append(latency("new policy at the agent", policy, policy["count"] / max(policy["arrivedSeconds"], 0.001)))
        parts.append(report.table(["", "count", "a second", "p50 ms", "p90 ms", "p99 ms", "max ms"], rows, 1))
        rows = []
        for key in ("registered", "warm", "loaded", "policy"):
            part = result[key]
            live = part.get("heapLiveMiB")
            rows.append([key, f"{part['wall']:.0f}", f"{part['vaultCpu']:.1f}", f"{part['vaultCpuShare']:.2f}",
                         f"{part['simulatorCpuShare']:.2f}", f"{part['foreignCpuShare']:.2f}", f"{part['rssMiB']:.0f}",
                         f"{part['heapMiB']:.0f}", "" if live is None else f"{live:.0f}"])
        parts.append("")
        parts.append(report.table(["part", "s", "vault CPU s", "vault cores", "agents' cores", "other cores", "RSS MiB",
                                   "heap MiB", "live MiB"], rows, 1))
        grown = loaded["catalogBytesPerJob"]
        parts.append("")
        parts.append(f"Vault: peak RSS {result['rssPeakMiB']:.0f} MiB. Catalogue: {loaded['catalogMiB']:.1f} MiB, "
                     + (f"{grown:.0f} bytes a job ({loaded['jobs']} jobs with as many points)." if grown is not None else ""))
        parts.append(f"Policy for everybody: asked {policy['requestSeconds']:.2f} s, at all agents after"
                     f" {policy['arrivedSeconds']:.2f} s.")
        for what, count in loaded["failures"].items():
            parts.append(f"Failed {count} times: {what}")
    parts.append("")
    parts.append(report.table(["catalogue", "target", "measured", "limit", ""],
                              [[t["catalog"], t["measure"], f"{t['value']:.1f}", f"{t['limit']:.1f}",
                                "OK" if t["ok"] else "MISS"] for t in document["targets"]], 2))
    parts.append("Vault CPU includes PostgreSQL's. Other cores: programs that have nothing to do with the run.")
    return "\n".join(parts)


def latency(label, values, rate):
    return [label, str(values["count"]), f"{rate:.1f}"] + [f"{values[key]:.1f}" for key in ("p50", "p90", "p99", "max")]


def main():
    args = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    more_files()
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    results, failures = [], []
    for kind in args.catalogs:
        work = node.work_folder(args.dir)
        try:
            results.append(Run(args, kind, work, compile_simulator(work)).run())
        except (measure.Failed, OSError, subprocess.CalledProcessError) as problem:
            say(f"bench: {kind}: {problem}")  # what the other catalogue gave is not lost
            failures.append(kind)
        finally:
            if args.keep:
                say(f"logs and data are in {work}")
            else:
                shutil.rmtree(work, ignore_errors=True)
    document = {"started": started, "command": " ".join(sys.argv[1:]), "machine": bench.machine(), "agents": args.agents,
                "seconds": args.seconds, "load": os.getloadavg(), "results": results,
                "targets": [each for result in results for each in judge(result)]}
    if not results:
        return 1
    bench.keep(args.dir, document)
    print(json.dumps(document, indent=1) if args.json else show(document))
    return 1 if failures or args.check and not all(target["ok"] for target in document["targets"]) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (measure.Failed, OSError, subprocess.CalledProcessError) as problem:
        say(f"bench: {problem}")
        sys.exit(1)
    except KeyboardInterrupt:
        say("bench: stopped")
        sys.exit(1)
