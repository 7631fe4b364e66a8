#!/usr/bin/env python3
"""Runs Holdfast, restic and borg in alternation on the same data and compares them.

Every figure is of the whole process as a user starts it, start-up included. Wall clock, CPU seconds (user + system of
the process and its children), peak resident memory (of the largest process), bytes of the repository, and the CPU
seconds other programs used meanwhile. Caches are warm: what an operation reads is read once before it.
Python's standard library only; the peers are Debian packages, installed when run as root.
"""
import argparse
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import time

import corpora
import measure
import report
import tools

OPS = {"src": ("first", "unchanged", "changed", "restore", "verify"),
       "vm": ("first", "unchanged", "changed", "restore", "verify"),
       "rand": ("first", "unchanged", "restore", "verify")}
say = corpora.say


def arguments():
    here = os.path.dirname(os.path.abspath(__file__))
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    parser = argparse.ArgumentParser(prog="holdfast bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of tables")
    parser.add_argument("--quick", action="store_true", help="a tenth of the data and one run: does it work at all?")
    parser.add_argument("--only", default="", metavar="CORPUS[/OP],...",
                        help="src, vm, rand; operations first, unchanged, changed, restore, verify")
    parser.add_argument("--tools", default="holdfast,restic,borg", help="comma-separated (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=None, help="runs of each operation (default 3, 1 with --quick)")
    parser.add_argument("--dir", default=os.path.join(cache, "holdfast", "bench"),
                        help="work directory, needs 30 GB (default: %(default)s)")
    parser.add_argument("--holdfast", default=shlex.quote(os.environ.get("HOLDFAST")
                                                         or os.path.abspath(os.path.join(here, "..", "..", "holdfast"))),
                        metavar="COMMAND", help="how to start Holdfast")
    parser.add_argument("--prepare", action="store_true", help="only make the corpora")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    parser.add_argument("--clean", action="store_true", help="remove the work directory, corpora and all, and stop")
    args = parser.parse_args()
    args.runs = args.runs if args.runs is not None else 1 if args.quick else 3
    args.dir = os.path.abspath(args.dir)
    if args.runs < 1:
        parser.error("--runs must be at least 1")
    args.plan = parse_plan(parser, args.only)
    args.tools = [name for name in args.tools.split(",") if name]
    if not args.tools or not set(args.tools) <= {"holdfast", "restic", "borg"}:
        parser.error("--tools takes holdfast, restic and borg")
    return args


def parse_plan(parser, only):
    """Corpus -> operations to report; an operation's predecessors are run but not reported."""
    if not only:
        return {name: list(ops) for name, ops in OPS.items()}
    plan = {}
    for word in only.split(","):
        name, _, op = word.partition("/")
        if name not in OPS or op and op not in OPS[name]:
            parser.error(f"--only: unknown '{word}'")
        plan.setdefault(name, set()).update([op] if op else OPS[name])
    return {name: [op for op in OPS[name] if op in plan[name]] for name in OPS if name in plan}


def steps(corpus, wanted):
    """What has to run for the wanted operations, in order."""
    needed = set(wanted) | {"first"}
    return [op for op in OPS[corpus] if op in needed]


def install(args):
    """Debian packages of the peers and of the corpus; only as root, otherwise they are named."""
    wanted = [package for tool, package in (("restic", "restic"), ("borg", "borgbackup"))
              if tool in args.tools and not shutil.which(tool) and not args.prepare]
    if "src" in args.plan and not args.quick and not [n for n in listdir("/usr/src") if n.startswith("linux-source-")]:
        wanted.append("linux-source-6.1")
    if not wanted:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"installing {' '.join(wanted)}")
        for package in wanted:  # one by one: a release without one of them still gets the others
            done = subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", package],
                                  stdout=sys.stderr, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
            if done.returncode != 0:
                say(f"could not install {package}; going on without it")
    else:
        say(f"not installed: {' '.join(wanted)}; install these packages for the full comparison")


def listdir(path):
    return os.listdir(path) if os.path.isdir(path) else []


def machine():
    cpu = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            cpu = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), cpu)
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    except (OSError, ValueError):
        memory = 0.0
    return {"cpu": cpu, "cores": os.cpu_count(), "memoryGiB": round(memory, 1), "kernel": platform.release(),
            "system": platform.platform()}


class Bench:
    def __init__(self, args, work):
        self.args = args
        self.work = work
        self.runs = []
        self.compared = set()
        self.tools = []
        for name in args.tools:
            tool = tools.Holdfast(work, shlex.split(args.holdfast)) if name == "holdfast" else \
                {"restic": tools.Restic, "borg": tools.Borg}[name](work)
            problem = tool.missing()
            if problem:
                say(f"leaving out {name}: {problem}")
            else:
                self.tools.append(tool)
        if not self.tools:
            raise measure.Failed("there is nothing to measure")
        self.versions = {tool.name: tool.version() for tool in self.tools}

    def corpus(self, corpus, wanted):
        for number in range(self.args.runs):
            # Another tool begins each time, so that none always finds the machine as the same predecessor left it.
            turn = number % len(self.tools)
            order = self.tools[turn:] + self.tools[:turn]
            try:
                for tool in order:
                    tool.reset()
                    self.command(tool, tool.create())
                for op in steps(corpus.name, wanted):
                    if op == "changed":
                        corpus.apply_variant()
                    for tool in order:
                        self.operation(corpus, op, tool, number, op in wanted)
            finally:
                corpus.undo_variant()
                for tool in order:
                    shutil.rmtree(tool.home, ignore_errors=True)

    def command(self, tool, command, cwd=None):
        return measure.run(command, tool.env(), tool.log, cwd)

    def operation(self, corpus, op, tool, number, reported):
        say(f"{corpus.name}/{op} {tool.name} run {number + 1} of {self.args.runs}")
        before = measure.tree_size(tool.repository)
        if op == "restore":
            corpora.warm(tool.repository)
            figures = self.restore(corpus, tool)
        elif op == "verify":
            corpora.warm(tool.repository)
            figures = self.command(tool, tool.verify())
        else:
            corpora.warm(corpus.path)
            figures = self.command(tool, tool.backup(corpus.path))
            after = measure.tree_size(tool.repository)
            figures["repoBytes"], figures["incrementBytes"] = after, after - before
        if reported:
            self.runs.append({"corpus": corpus.name, "op": op, "tool": tool.name, "run": number + 1, **figures})

    def restore(self, corpus, tool):
        target = os.path.join(self.work, "restored")
        shutil.rmtree(target, ignore_errors=True)
        os.makedirs(target)
        try:
            figures = self.command(tool, tool.restore(corpus.path, target), tool.restore_cwd(target))
            if (corpus.name, tool.name) not in self.compared:
                self.compared.add((corpus.name, tool.name))
                back = tool.restored(corpus.path, target)
                done = subprocess.run(["diff", "-rq", "--no-dereference", corpus.path, back],
                                      capture_output=True, text=True, errors="replace")
                if done.returncode != 0:
                    raise measure.Failed(f"{tool.name} restored something else: {done.stdout[:400]}{done.stderr[:200]}")
            return figures
        finally:
            shutil.rmtree(target, ignore_errors=True)


def main():
    args = arguments()
    if args.clean:
        shutil.rmtree(args.dir, ignore_errors=True)
        return 0
    install(args)
    os.makedirs(args.dir, exist_ok=True)
    need = 4 if args.quick else 30
    held = measure.tree_size(os.path.join(args.dir, "corpora"))
    if shutil.disk_usage(args.dir).free + held < need * 10**9:
        raise measure.Failed(f"{args.dir} needs {need} GB; give another place with --dir")
    root = os.path.join(args.dir, "corpora", "quick" if args.quick else "full")
    data = {name: corpora.ALL[name](root, args.quick) for name in args.plan}
    for corpus in data.values():
        corpus.ensure()
    if args.prepare:
        return 0
    work = os.path.join(args.dir, "work")
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    bench = Bench(args, work)
    for name, corpus in data.items():
        bench.corpus(corpus, args.plan[name])
    rows = report.medians(bench.runs)
    result = {"started": started, "command": " ".join(map(shlex.quote, sys.argv[1:])), "quick": args.quick,
              "machine": machine(), "tools": bench.versions, "corpora": {n: c.facts for n, c in data.items()},
              "medians": rows, "targets": report.judge(rows), "runs": bench.runs}
    shutil.rmtree(work, ignore_errors=True)
    keep(args.dir, result)
    print(json.dumps(result, indent=1) if args.json else report.show(result))
    return 1 if args.check and not all(target["ok"] for target in result["targets"]) else 0


def keep(folder, result):
    """Every result stays beside the corpora, so that two days can be compared."""
    folder = os.path.join(folder, "results")
    os.makedirs(folder, exist_ok=True)
    name = re.sub(r"[^0-9T]", "", result["started"]) + ".json"
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (measure.Failed, OSError, subprocess.CalledProcessError) as problem:
        say(f"bench: {problem}")
        sys.exit(1)
    except KeyboardInterrupt:
        say("bench: stopped")
        sys.exit(1)
