#!/usr/bin/env python3
"""Runs two vault nodes over one PostgreSQL and one store under simulated agents, and kills one of them every minute.

Nodes are the vault product in processes of their own, killed with SIGKILL in turns and started again after a while; agents
know both addresses and go to the other node when theirs is gone. Afterwards everything that a node has said yes to must be
there: each committed recovery point in the list, each job that its agent has ended in that state, none under way. A second
is good when 99 of 100 answers in it came less than 250 ms late; seconds are looked at from ten seconds after each kill on.
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import bench
import corpora
import fleet
import measure
import node
import report

say = corpora.say
LATE_MS = 250
RECOVERS = 10


def arguments():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    parser = argparse.ArgumentParser(prog="holdfast bench nodes", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=2000, metavar="N", help="how many (default: %(default)s)")
    parser.add_argument("--kills", type=int, default=10, metavar="N", help="how often a node is killed (default: %(default)s)")
    parser.add_argument("--every", type=int, default=60, metavar="SECONDS", help="time between kills (default: %(default)s)")
    parser.add_argument("--down", type=int, default=20, metavar="SECONDS",
                        help="how long a killed node stays away (default: %(default)s)")
    parser.add_argument("--wait", type=int, default=30, metavar="SECONDS", help="how long a poll waits (default: %(default)s)")
    parser.add_argument("--events", type=float, default=50, metavar="RATE",
                        help="reports of jobs a second, ten to a job (default: %(default)s)")
    parser.add_argument("--requests", type=float, default=1, metavar="RATE",
                        help="backups a second that a person asks for (default: %(default)s)")
    parser.add_argument("--at-once", type=int, default=16, metavar="N",
                        help="registrations at a time (default: %(default)s)")
    parser.add_argument("--dir", default=os.path.join(cache, "holdfast", "bench"), help="where to work (default: %(default)s)")
    parser.add_argument("--keep", action="store_true", help="leave logs and data of the run in that folder")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of tables")
    parser.add_argument("--check", action="store_true", help="exit with 1 when something was lost or a target is missed")
    args = parser.parse_args()
    args.dir = os.path.abspath(args.dir)
    if args.agents < 1 or args.kills < 1 or args.down + RECOVERS >= args.every:
        parser.error(f"--agents and --kills must be at least 1, --every more than --down and {RECOVERS}")
    return args


class Survival(fleet.Simulator):
    """The process with the agents."""

    def __init__(self, classes, vaults, args, version, log):
        user, secret = vaults[0].administrator()
        words = {"ports": ",".join(str(vault.port) for vault in vaults), "authority": vaults[0].authority(), "user": user,
                 "agents": args.agents, "at-once": args.at_once, "seconds": (args.kills + 1) * args.every, "wait": args.wait,
                 "events": args.events, "requests": args.requests, "pause": 1000, "version": version}
        with open(log, "ab") as err:
            self.process = subprocess.Popen(
                [fleet.java("java"), "-XX:+UseParallelGC", "-Xmx2g", "-Xms256m", "-XX:+UseCompactObjectHeaders",
                 "--enable-native-access=ALL-UNNAMED", "-cp", classes + ":" + fleet.class_path(),
                 "org.holdfast.agent.simulator.Survival", *[f"{name}={value}" for name, value in words.items()]],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=err, text=True)
        self.log = log
        self.go(secret)


def second_node(program, work, postgres, first, store):
    """As an administrator adds a node: with the authority of the first one."""
    vault = node.Vault(program, work, postgres, "second", ["--store", store])
    pki = os.path.join(vault.folder, "pki")
    os.makedirs(pki, mode=0o700)
    for name in ("ca.pem", "ca.key"):
        shutil.copy(os.path.join(first.folder, "pki", name), os.path.join(pki, name))
    os.chmod(os.path.join(pki, "ca.key"), 0o600)
    return vault


def run(args, work):
    program = os.environ.get("HOLDFAST_VAULT_PROGRAM")
    if not program:
        raise measure.Failed("start it with ./holdfast bench nodes")
    classes = fleet.compile_simulator(work)
    postgres = node.Postgres(work)
    store = os.path.join(work, "store")
    vaults, simulator = [], None
    try:
        postgres.start()
        vaults.append(node.Vault(program, work, postgres, "first", ["--store", store]))
        vaults[0].start()
        vaults.append(second_node(program, work, postgres, vaults[0], store))
        vaults[1].start()
        simulator = Survival(classes, vaults, args, fleet.version_of(vaults[0]), os.path.join(work, "simulator.log"))
        simulator.part("ready")
        say(f"registering {args.agents} agents at two nodes")
        simulator.go()
        simulator.part("registered")
        simulator.go()
        kills = kill(args, vaults, time.monotonic())
        say("all is asked for once more")
        figures = simulator.part("survived")
        simulator.go()
        if simulator.process.wait(60) != 0:
            raise measure.Failed("the simulator failed at its end")
        figures.update(kills=kills, postgresql=postgres.version(),
                       rssMiB=[node.rss_mib(vault.pid) for vault in vaults])
        return figures
    finally:
        for each in (simulator, *vaults, postgres):
            if each is not None:
                each.close()


def kill(args, vaults, began):
    kills = []
    for turn in range(args.kills):
        until(began + (turn + 1) * args.every)
        vault = vaults[turn % 2]
        vault.process.kill()
        vault.process.wait()
        kills.append({"node": turn % 2, "at": time.time()})
        say(f"killed the {'first' if turn % 2 == 0 else 'second'} node ({turn + 1} of {args.kills})")
        os.unlink(vault.ready)  # a killed node leaves it
        until(began + (turn + 1) * args.every + args.down)
        vault.start()
        kills[-1]["back"] = time.time()
    return kills


def until(moment):
    left = moment - time.monotonic()
    if left > 0:
        time.sleep(left)


def judge(args, figures):
    """How long after each kill the last second came that was not good, and what came after ten."""
    figures["recoveries"] = []
    for each in figures["kills"]:
        after = [s for s in figures["timeline"] if each["at"] <= s["second"] < each["at"] + args.every - 1]
        bad = [s["second"] - each["at"] for s in after if s["p99"] > LATE_MS]
        first = next((s["second"] - each["at"] for s in after if s["p99"] <= LATE_MS and s["second"] > each["at"] + 1), None)
        figures["recoveries"].append({"first": first, "lastBad": max(bad, default=0),
                                      "badLater": sum(1 for at in bad if at > RECOVERS),
                                      "worst": max((s["max"] for s in after), default=0)})
    return [
        {"measure": "committed points that are lost", "value": len(figures["lost"]), "limit": 0},
        {"measure": "jobs in an untrue state", "value": len(figures["untrue"]), "limit": 0},
        {"measure": "seconds later than 10 s after a kill with p99 over 250 ms",
         "value": sum(each["badLater"] for each in figures["recoveries"]), "limit": 0},
    ]


def show(document):
    figures = document["result"]
    parts = [f"Machine: {document['machine']['cpu']}, {document['machine']['cores']} cores,"
             f" {document['machine']['memoryGiB']} GiB. {document['agents']} agents, two nodes,"
             f" PostgreSQL {figures['postgresql']}, {len(figures['kills'])} kills.", ""]
    rows = [[str(number + 1), "-" if each["first"] is None else f"{each['first']:.0f}", f"{each['lastBad']:.0f}",
             str(each["badLater"]), f"{each['worst'] / 1000:.1f}"]
            for number, each in enumerate(figures["recoveries"])]
    parts.append(report.table(["kill", "first good s", "last bad s", "bad after 10 s", "worst s"], rows, 1))
    parts.append("")
    parts.append(f"Jobs: {figures['jobs']} ({', '.join(f'{count} {state}' for state, count in figures['states'].items())});"
                 f" {figures['jobsEnded']} ended by their agents; {figures['points']} points committed.")
    for each in figures["untrue"][:20] + [f"lost: {point}" for point in figures["lost"][:20]]:
        parts.append(each)
    for what, count in sorted(figures["failures"].items(), key=lambda each: -each[1])[:12]:
        parts.append(f"{count} times: {what}")
    parts.append("")
    parts.append(report.table(["target", "measured", "limit", ""],
                              [[t["measure"], str(t["value"]), str(t["limit"]), "OK" if t["ok"] else "MISS"]
                               for t in document["targets"]], 1))
    return "\n".join(parts)


def main():
    args = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    fleet.more_files()
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    work = node.work_folder(args.dir)
    try:
        figures = run(args, work)
    finally:
        if args.keep:
            say(f"logs and data are in {work}")
        else:
            shutil.rmtree(work, ignore_errors=True)
    targets = judge(args, figures)
    for each in targets:
        each["ok"] = each["value"] <= each["limit"]
    document = {"started": started, "command": " ".join(sys.argv[1:]), "machine": bench.machine(), "agents": args.agents,
                "load": os.getloadavg(), "result": figures, "targets": targets}
    bench.keep(args.dir, document)
    print(json.dumps(document, indent=1) if args.json else show(document))
    return 1 if args.check and not all(target["ok"] for target in targets) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (measure.Failed, OSError, subprocess.CalledProcessError) as problem:
        say(f"bench: {problem}")
        sys.exit(1)
    except KeyboardInterrupt:
        say("bench: stopped")
        sys.exit(1)
