#!/usr/bin/env python3
"""Compares backups to another machine: Holdfast through a vault node, restic over sftp, borg over ssh.

The other machine is this one: everything goes over loopback, so what is compared is the work of both ends. Holdfast's
backup is one that a person asks for (`job start backup --wait`) and a running agent makes; the same backup into a
directory by the command line is the yardstick. restic and borg talk to an OpenSSH server that is started for the run.
CPU is that of both ends: client, agent, vault node or ssh server. Caches are warm, tools take turns.
"""
import argparse
import datetime
import json
import os
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import time

import bench
import corpora
import measure
import node
import report
import tools

say = corpora.say
OPS = ("first", "unchanged", "restore")
# What is sent through agent and vault before they are measured.
WARM_MIB = 512
TARGETS = (("directory", "speed", 0.7), ("restic-sftp", "wall", 1.0), ("borg-ssh", "wall", 1.0))


def arguments():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    parser = argparse.ArgumentParser(prog="holdfast bench remote", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", default="src,rand", help="src, vm and rand, as for bench engine (default: %(default)s)")
    parser.add_argument("--tools", default="directory,vault,restic-sftp,borg-ssh", help="(default: %(default)s)")
    parser.add_argument("--runs", type=int, default=None, help="runs of each operation (default 3, 1 with --quick)")
    parser.add_argument("--quick", action="store_true", help="a tenth of the data and one run")
    parser.add_argument("--dir", default=os.path.join(cache, "holdfast", "bench"), help="work directory (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of tables")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    args = parser.parse_args()
    args.runs = args.runs or (1 if args.quick else 3)
    args.dir = os.path.abspath(args.dir)
    args.corpora, args.tools = args.corpora.split(","), args.tools.split(",")
    if not set(args.corpora) <= set(corpora.ALL) or not set(args.tools) <= set(TOOLS):
        parser.error("unknown corpus or tool")
    return args


class Sshd:
    """An OpenSSH server for one key on a port of its own."""

    def __init__(self, work):
        self.home = os.path.join(work, "ssh")
        os.makedirs(self.home, mode=0o700)
        self.port = node.free_port()
        program = shutil.which("sshd") or "/usr/sbin/sshd"
        if not os.path.exists(program):
            raise measure.Failed("there is no ssh server: install the package openssh-server")
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.path(name)], check=True)
        shutil.copy(self.path("user.pub"), self.path("authorized"))
        with open(self.path("host.pub"), encoding="utf-8") as file:
            self.write("known", f"[127.0.0.1]:{self.port} {file.read()}")
        self.write("sshd_config", f"""Port {self.port}
ListenAddress 127.0.0.1
HostKey {self.path("host")}
PidFile none
AuthorizedKeysFile {self.path("authorized")}
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
StrictModes no
UsePAM no
Subsystem sftp internal-sftp
""")
        self.write("config", f"""Host bench
HostName 127.0.0.1
Port {self.port}
IdentityFile {self.path("user")}
IdentitiesOnly yes
UserKnownHostsFile {self.path("known")}
BatchMode yes
""")
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        log = self.path("log")
        with open(log, "wb") as out:
            self.process = subprocess.Popen([program, "-D", "-e", "-f", self.path("sshd_config")], stdout=out, stderr=out)
        try:
            node.wait_for("the ssh server", lambda: subprocess.run([*self.client(), "bench", "true"], capture_output=True)
                          .returncode == 0, self.process, log, 30)
        except BaseException:
            self.close()
            raise

    def path(self, name):
        return os.path.join(self.home, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def client(self):
        return ["ssh", "-F", self.path("config")]

    def cpu(self):
        """What its sessions have used; a session counts when it has ended."""
        fields = node.proc(self.process.pid, "stat").rsplit(")", 1)[1].split()
        return sum(int(field) for field in fields[11:15]) / measure.TICK

    def close(self):
        node.stop(self.process)


class Directory(tools.Holdfast):
    name = "directory"

    def __init__(self, world):
        super().__init__(world.work, world.holdfast)

    def far_cpu(self):
        return 0.0

    def close(self):
        pass


class ThroughVault(tools.Holdfast):
    """A vault node and an agent, both as products; a person asks for the backup."""

    name = "vault"

    def __init__(self, world):
        super().__init__(world.work, world.holdfast)
        self.node = self.agent = None
        self.server = ""
        self.before = 0

    def env(self):
        return {**super().env(), "HOLDFAST_LOGIN": os.path.join(self.home, "login.json")}

    def say(self, *words):
        done = subprocess.run([*self.command, *words], env=self.env(), capture_output=True, text=True)
        if done.returncode != 0:
            raise measure.Failed(f"holdfast {words[0]}: {done.stderr or done.stdout}")
        return done.stdout

    def secret(self, name, text):
        path = os.path.join(self.home, name)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write(text + "\n")
        return path

    def reset(self):
        self.close()
        super().reset()
        self.node = node.Vault(os.environ["HOLDFAST_VAULT_PROGRAM"], self.home)
        self.node.start()
        self.repository = os.path.join(self.node.folder, "store")
        address = f"127.0.0.1:{self.node.port}"
        self.say("login", address, "--fingerprint", self.node.fingerprint(), "--password-file",
                 self.secret("secret", self.node.administrator()[1]), "--new-password-file",
                 self.secret("password", tools.PASSPHRASE))
        self.say("vault", "new", "bench")
        credentials = os.path.join(self.home, "credentials")
        self.say("credentials", "create", "--out", credentials)
        program, home = os.environ["HOLDFAST_AGENT_PROGRAM"], os.path.join(self.home, "agent")
        os.makedirs(home, mode=0o700)
        with open(self.log, "ab") as out:
            subprocess.run([program, "register", "--home", home, "--credentials", credentials, "--passphrase-file",
                            self.passphrase, "--key-location", "file:" + os.path.join(self.home, "key"), "--new-machine"],
                           stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=True)
            self.agent = subprocess.Popen([program, "run", "--home", home], stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        node.wait_for("the agent", self.connected, self.agent, self.log)
        # Both are programs that run for weeks; what is measured is not their first minute.
        measure.run(self.backup(os.path.dirname(os.path.abspath(__file__))), self.env(), self.log)
        self.warm()

    def warm(self):
        folder = os.path.join(self.home, "warm")
        os.makedirs(folder)
        with open(os.path.join(folder, "random"), "wb") as file:
            for _ in range(WARM_MIB):
                file.write(os.urandom(1 << 20))
        measure.run(self.backup(folder), self.env(), self.log)
        shutil.rmtree(folder)
        self.before = measure.tree_size(self.repository)

    def connected(self):
        servers = json.loads(self.say("server", "list", "--json"))
        self.server = servers[0]["id"] if servers else ""
        return bool(servers) and servers[0].get("connected", False)

    def create(self):
        return ["true"]

    def backup(self, path):
        return [*self.command, "job", "start", "backup", self.server, path, "--wait"]

    def job_seconds(self):
        """What the last job took by the vault's clock: without the command that asked for it."""
        jobs = json.loads(self.say("job", "list", "--json"))
        last = max(jobs, key=lambda job: job["created"])
        created, ended = (datetime.datetime.fromisoformat(last[key].replace("Z", "+00:00")) for key in ("created", "ended"))
        return (ended - created).total_seconds()

    def restore(self, path, target):
        return self.with_key("restore", f"vault://127.0.0.1:{self.node.port}/bench/{self.server}", "latest", "--to", target,
                             "--quiet")

    def far_cpu(self):
        return self.node.cpu() + node.cpu_seconds(self.agent.pid)

    def close(self):
        if self.agent is not None:
            node.stop(self.agent)
        if self.node is not None:
            self.node.close()
        self.agent = self.node = None


class ResticSftp(tools.Restic):
    name = "restic-sftp"

    def __init__(self, world):
        super().__init__(world.work)
        self.sshd = world.sshd

    def missing(self):
        return None if shutil.which("restic") else "restic is not installed"

    def env(self):
        return {**super().env(), "RESTIC_REPOSITORY": "sftp:bench:" + self.repository}

    def over(self, command):
        ssh = " ".join(map(shlex.quote, [*self.sshd.client(), "bench", "-s", "sftp"]))
        return [command[0], "-o", "sftp.command=" + ssh, *command[1:]]

    def create(self):
        return self.over(super().create())

    def backup(self, path):
        return self.over(super().backup(path))

    def restore(self, path, target):
        return self.over(super().restore(path, target))

    def far_cpu(self):
        return self.sshd.cpu()

    def close(self):
        pass


class BorgSsh(tools.Borg):
    name = "borg-ssh"

    def __init__(self, world):
        super().__init__(world.work)
        self.sshd = world.sshd

    def missing(self):
        return None if shutil.which("borg") else "borg is not installed"

    def env(self):
        return {**super().env(), "BORG_REPO": "ssh://bench" + self.repository,
                "BORG_RSH": " ".join(map(shlex.quote, self.sshd.client()))}

    def far_cpu(self):
        return self.sshd.cpu()

    def close(self):
        pass


TOOLS = {each.name: each for each in (Directory, ThroughVault, ResticSftp, BorgSsh)}


class World:
    """What the tools work with; closing it leaves nothing."""

    def __init__(self, args, work):
        self.args, self.work = args, work
        self.holdfast = [os.environ["HOLDFAST"]]
        self.sshd = Sshd(work) if {"restic-sftp", "borg-ssh"} & set(args.tools) else None
        self.tools = []
        self.runs = []
        for name in args.tools:
            tool = TOOLS[name](self)
            problem = tool.missing()
            if problem:
                say(f"leaving out {name}: {problem}")
            else:
                self.tools.append(tool)

    def corpus(self, corpus):
        for number in range(self.args.runs):
            turn = number % len(self.tools)
            order = self.tools[turn:] + self.tools[:turn]
            try:
                for tool in order:
                    tool.reset()
                    measure.run(tool.create(), tool.env(), tool.log)
                for op in OPS:
                    for tool in order:
                        self.operation(corpus, op, tool, number)
            finally:
                for tool in order:
                    tool.close()
                    shutil.rmtree(tool.home, ignore_errors=True)

    def operation(self, corpus, op, tool, number):
        say(f"{corpus.name}/{op} {tool.name} run {number + 1} of {self.args.runs}")
        target = os.path.join(self.work, "restored")
        shutil.rmtree(target, ignore_errors=True)
        before, far = measure.tree_size(tool.repository), tool.far_cpu()
        if op == "restore":
            os.makedirs(target)
            corpora.warm(tool.repository)
            figures = measure.run(tool.restore(corpus.path, target), tool.env(), tool.log, tool.restore_cwd(target))
            self.compare(corpus, tool, target)
            shutil.rmtree(target, ignore_errors=True)
        else:
            corpora.warm(corpus.path)
            figures = measure.run(tool.backup(corpus.path), tool.env(), tool.log)
            figures["incrementBytes"] = measure.tree_size(tool.repository) - before
        far = tool.far_cpu() - far
        if op != "restore" and isinstance(tool, ThroughVault):
            figures["jobSeconds"] = tool.job_seconds()
        figures["cpu"] += far
        figures["foreignCpu"] = max(0.0, figures["foreignCpu"] - far)
        figures["repoBytes"] = measure.tree_size(tool.repository) - getattr(tool, "before", 0)
        self.runs.append({"corpus": corpus.name, "op": op, "tool": tool.name, "run": number + 1, **figures})

    @staticmethod
    def compare(corpus, tool, target):
        back = tool.restored(corpus.path, target)
        done = subprocess.run(["diff", "-rq", "--no-dereference", corpus.path, back], capture_output=True, text=True,
                              errors="replace")
        if done.returncode != 0:
            raise measure.Failed(f"{tool.name} restored something else: {done.stdout[:400]}{done.stderr[:200]}")

    def close(self):
        for tool in self.tools:
            tool.close()
        if self.sshd is not None:
            self.sshd.close()


def judge(rows):
    walls = {(row["corpus"], row["op"], row["tool"]): row["wall"] for row in rows}
    judged = []
    for (corpus, op, tool), ours in walls.items():
        for peer, kind, limit in TARGETS if tool == "vault" else ():
            theirs = walls.get((corpus, op, peer))
            if theirs is None:
                continue
            ratio = theirs / ours if kind == "speed" else ours / theirs
            # targets are set for backups, and the speed where data is sent: an unchanged one is a second either way
            counts = op == "first" or op == "unchanged" and kind != "speed"
            judged.append({"corpus": corpus, "op": op, "peer": peer, "ours": ours, "theirs": theirs, "ratio": ratio,
                           "measure": "speed against" if kind == "speed" else "time against", "limit": limit,
                           "ok": not counts or (ratio >= limit if kind == "speed" else ratio <= limit), "counts": counts})
    return judged


def show(document):
    machine = document["machine"]
    parts = [f"Machine: {machine['cpu']}, {machine['cores']} cores, {machine['memoryGiB']} GiB. Medians of {document['runs']}"
             " runs, warm cache, loopback.", ""]
    rows = [[row["corpus"], row["op"], row["tool"], f"{row['wall']:.2f}", f"{row['wallMin']:.2f}..{row['wallMax']:.2f}",
             f"{row['cpu']:.2f}", report.megabytes(row.get("repoBytes")), report.megabytes(row.get("incrementBytes")),
             f"{row['foreignCpu']:.1f}"] for row in document["medians"]]
    parts.append(report.table(["corpus", "operation", "tool", "wall s", "min..max", "CPU s", "repo MB", "added MB",
                               "foreign CPU s"], rows))
    for row in document["medians"]:
        if "jobSeconds" in row:
            parts.append(f"{row['corpus']}/{row['op']}: the agent's job itself took {row['jobSeconds']:.2f} s, the rest is the"
                         " command that asks and waits.")
    parts.append("CPU is that of both ends; foreign CPU is what all other programs used meanwhile.")
    parts.append("")
    parts.append(report.table(["corpus", "operation", "through the vault,", "ours s", "theirs s", "ratio", "target", ""], [
        [t["corpus"], t["op"], f"{t['measure']} {t['peer']}", f"{t['ours']:.2f}", f"{t['theirs']:.2f}", f"{t['ratio']:.2f}",
         (">= " if t["measure"].startswith("speed") else "<= ") + f"{t['limit']:.2f}" if t["counts"] else "-",
         "" if not t["counts"] else "OK" if t["ok"] else "MISS"] for t in document["targets"]]))
    return "\n".join(parts)


def medians(runs):
    rows = report.medians(runs)
    for row in rows:
        jobs = [run["jobSeconds"] for run in runs if "jobSeconds" in run
                and (run["corpus"], run["op"], run["tool"]) == (row["corpus"], row["op"], row["tool"])]
        if jobs:
            row["jobSeconds"] = statistics.median(jobs)
        row["cpu"] = statistics.median(run["cpu"] for run in runs
                                       if (run["corpus"], run["op"], run["tool"]) == (row["corpus"], row["op"], row["tool"]))
    return rows


def main():
    args = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    args.plan = {name: [] for name in args.corpora}
    tools_before, args.tools = args.tools, [{"restic-sftp": "restic", "borg-ssh": "borg"}.get(name, name) for name in args.tools]
    args.prepare = False
    bench.install(args)
    args.tools = tools_before
    root = os.path.join(args.dir, "corpora", "quick" if args.quick else "full")
    data = [corpora.ALL[name](root, args.quick) for name in args.corpora]
    for corpus in data:
        corpus.ensure()
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    work = node.work_folder(args.dir)
    world = None
    try:
        world = World(args, work)
        for corpus in data:
            world.corpus(corpus)
    finally:
        if world is not None:
            world.close()
        shutil.rmtree(work, ignore_errors=True)
    rows = medians(world.runs)
    document = {"started": started, "command": " ".join(sys.argv[1:]), "machine": bench.machine(), "runs": args.runs,
                "load": os.getloadavg(), "medians": rows, "targets": judge(rows), "all": world.runs}
    bench.keep(args.dir, document)
    print(json.dumps(document, indent=1) if args.json else show(document))
    return 1 if args.check and not all(target["ok"] for target in document["targets"]) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (measure.Failed, OSError, subprocess.CalledProcessError) as problem:
        say(f"bench: {problem}")
        sys.exit(1)
    except KeyboardInterrupt:
        say("bench: stopped")
        sys.exit(1)
