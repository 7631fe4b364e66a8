#!/usr/bin/env python3
"""Types every command of docs/tutorial.md on machines of their own, as a new user would, and compares what comes back.

Each machine is a network namespace with its own host name, processes and files: the root file system of this one with a
layer over it that is thrown away. The prompt of a command says where it is typed; <words in angle brackets> are answers
to questions, and fingerprint, secret and passphrases are taken from what the programs printed, as a reader would.
Between the pages the runner does what the text tells: it waits for the schedule, and destroys web-01.

Needs root, iproute2 and the programs of this clone. Ends with exit code 0 only when every command succeeded and every
file came back as it was.
"""
import argparse
import contextlib
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

import fleet

ADDRESSES = {"vault.example": 21, "desk": 22, "web-01": 23, "web-02": 24, "web-03": 25}
PROMPT = re.compile(r"^([a-z0-9.-]+)[$#] (.+)$")
SERVES = ("vault serve", "agent run")  # they go on until somebody stops them


class Machine:
    """One machine: a first process in namespaces of its own, over a layer of its own."""

    def __init__(self, name, work, clone, networks):
        self.name, self.clone = name, clone
        self.layer = os.path.join(work, name)
        self.network = "hf-" + name.split(".")[0]
        networks.add(self.network, fleet.NET + str(ADDRESSES[name]))
        for part in ("upper", "work", "root"):
            os.makedirs(os.path.join(self.layer, part))
        self.root = os.path.join(self.layer, "root")
        script = ("mount -t overlay overlay -o lowerdir=/,upperdir={0}/upper,workdir={0}/work {0}/root && "
                  "mount --rbind /dev {0}/root/dev && mount -t tmpfs tmpfs {0}/root/tmp && "
                  "mount -t proc proc {0}/root/proc && hostname {1} && "
                  "exec chroot {0}/root sh -c 'echo ready; exec sleep infinity'").format(self.layer, name)
        self.first = subprocess.Popen(["ip", "netns", "exec", self.network, "unshare", "--mount", "--uts", "--pid",
                                       "--fork", "--kill-child", "--propagation", "private", "sh", "-c", script],
                                      stdout=subprocess.PIPE, text=True)
        if self.first.stdout.readline() != "ready\n":
            raise RuntimeError("%s did not start" % name)
        self.pid = fleet.sh("pgrep", "-P", str(self.first.pid)).split()[0]
        hosts = "".join("%s%d %s\n" % (fleet.NET, number, host) for host, number in ADDRESSES.items())
        self.write("/etc/hosts", "127.0.0.1 localhost\n" + hosts)
        # as on a new machine: nothing of this one's sign-ins, and one that is not its twin
        self.run("rm -rf /root/.config/holdfast /etc/holdfast /var/lib/holdfast*; "
                 "tr -d - < /proc/sys/kernel/random/uuid > /etc/machine-id")

    def command(self, line):
        return ["nsenter", "--target", self.pid, "--mount", "--uts", "--net", "--pid", "--root",
                "env", "-C", self.clone, "HOME=/root", "TERM=dumb", "HOLDFAST_NO_BUILD=yes", "sh", "-c",
                line]

    def file(self, path):
        return "/proc/%s/root%s" % (self.pid, path)

    def run(self, line):
        return fleet.sh(*self.command(line))

    def write(self, path, text):
        subprocess.run(self.command("cat > '%s'" % path), input=text, text=True, check=True)

    def destroy(self):
        if self.first.poll() is None:
            self.first.kill()
            self.first.wait()


class Terminal:
    """A command on a terminal of its own, as somebody types it."""

    def __init__(self, machine, line):
        self.text = ""
        self.process, self.master = None, None
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(machine.command(line), stdin=slave, stdout=slave, stderr=slave,
                                        start_new_session=True, preexec_fn=lambda: take_terminal(slave))
        os.close(slave)

    def read(self, seconds):
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return True
        try:
            piece = os.read(self.master, 65536)
        except OSError:
            return False
        self.text += piece.decode(errors="replace").replace("\r", "")
        return bool(piece)

    def expect(self, pattern, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = re.search(pattern, self.text)
            if found:
                return found
            if not self.read(0.5):
                break
        raise RuntimeError("'%s' did not appear in:\n%s" % (pattern, self.text))

    def answer(self, question, text):
        found = self.expect(re.escape(question), 120)
        self.text = self.text[found.end():]
        os.write(self.master, text.encode() + b"\n")
        if not question:  # not a question but a file typed in
            os.write(self.master, b"\x04")

    def finish(self, seconds):
        end = time.monotonic() + seconds
        while self.read(0.5):
            if time.monotonic() > end:
                self.process.kill()
                raise RuntimeError("it did not end:\n" + self.text)
        return self.process.wait()


def take_terminal(slave):
    import fcntl
    import termios
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)


def lines_of(document):
    """The commands of the page with the lines below each, and the headings between them."""
    inside, commands = False, []
    for line in open(document, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("```"):
            inside = not inside
        elif line.startswith("## "):
            commands.append((None, line[3:], []))
        elif inside and PROMPT.match(line):
            commands.append((*PROMPT.match(line).groups(), []))
        elif inside and commands:
            commands[-1][2].append(line)
    return commands


class Reader:
    """Somebody who works through the page."""

    def __init__(self, machines, verbose):
        self.verbose = verbose
        self.machines, self.open, self.values = machines, [], {"a password of yours": "correct horse battery 7"}
        self.typed = 0

    def type(self, name, line, below):
        machine = self.machines[name]
        for sample, real in self.values.items():
            if sample.endswith("..."):
                line = line.replace(sample, real)
        print("%s: %s" % (name, line), flush=True)
        self.typed += 1
        if line.startswith("scp "):
            return self.carry(machine, *line.split()[1:])
        terminal = Terminal(machine, line)
        if any(serves in line for serves in SERVES):
            self.open.append(terminal)
            return self.learn_node(terminal) if "vault serve" in line else None
        for question in below:
            if "<" in question:
                text, value = re.match(r"(.*)<(.+)>", question).groups()
                terminal.answer(text, self.values[value])
        code = terminal.finish(600)
        if code:
            raise RuntimeError("exit code %d:\n%s" % (code, terminal.text))
        if "--generate-passphrase" in line:
            self.values["the passphrase of " + name] = passphrase(terminal.text)
        if self.verbose:
            print(terminal.text)

    def learn_node(self, terminal):
        self.values["6077ba9c2da0..."] = terminal.expect(r"SHA-256: (\S+)", 240).group(1)
        self.values["the one-time secret"] = terminal.expect(r"one-time secret: (\S+)", 60).group(1)

    def carry(self, source, file, target):
        host = re.match(r"root@([^:]+):$", target).group(1)
        text = source.run("cat '%s'" % file)
        self.machines[host].run("umask 077; mkdir -p /root")
        self.machines[host].write("/root/" + os.path.basename(file), text)


def passphrase(text):
    found = re.search(r"(?m)^Passphrase: (\S+)$", text)
    if not found:
        raise RuntimeError("no passphrase in:\n" + text)
    return found.group(1).strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clone", default=os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    parser.add_argument("--verbose", action="store_true", help="show what the commands print")
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="holdfast-tutorial-")
    fleet.sh("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", work)
    machines = {}
    with contextlib.ExitStack() as stack:
        stack.callback(lambda: (fleet.sh("umount", "-l", work, check=False), shutil.rmtree(work, ignore_errors=True)))
        networks = stack.enter_context(fleet.Namespaces())
        stack.callback(lambda: [machine.destroy() for machine in machines.values()])
        for name in ADDRESSES:
            machines[name] = Machine(name, work, options.clone, networks)
        reader = Reader(machines, options.verbose)
        kept = work_through(reader, machines, options.clone, work)
        compare(machines, kept)
    print("every one of the %d commands of the page did what it says" % reader.typed)


def work_through(reader, machines, clone, work):
    for name, machine in machines.items():
        if name.startswith("web-0") and name != "web-03":
            machine.run("rm -rf /srv/*; mkdir -p /srv/www /srv/data; cp -a /usr/share/doc/bash /usr/share/doc/coreutils /srv/www/; "
                        "head -c 20000000 /dev/urandom > /srv/data/image; echo %s > /srv/www/index.html" % name)
    kept = os.path.join(work, "kept")
    for name, line, below in lines_of(os.path.join(clone, "docs", "tutorial.md")):
        if name is None:
            print("-- " + line, flush=True)
            if "Disaster" in line:
                fleet.sh("cp", "-a", machines["web-01"].file("/srv"), kept)
                machines["web-01"].destroy()
            continue
        if line.startswith("./holdfast job list"):
            fleet.wait("the schedule backs up both servers", lambda: scheduled(machines["desk"]), 300)
        if line.startswith("./holdfast server restore"):
            fleet.wait("the agent of web-03 is there", lambda: "web-03" in machines["desk"].run(
                "./holdfast server list"), 120)
        if line.startswith("./holdfast job start"):
            fleet.wait("the agents have their policy", lambda: machines["desk"].run(
                "./holdfast server list").count("nightly v") == 2, 120)
        reader.type(name, line, below)
    return kept


def scheduled(desk):
    jobs = json.loads(desk.run("./holdfast job list --json"))
    jobs = jobs if isinstance(jobs, list) else jobs["items"]
    return {"web-01", "web-02"} <= {job["server"] for job in jobs
                                    if job["state"] == "done" and job["trigger"] == "schedule"}


def compare(machines, kept):
    clone = machines["desk"].clone
    for what, original, back in (
            ("the folder at the desk", kept + "/www", machines["desk"].file(clone + "/back/srv/www")),
            ("everything on web-03", kept, machines["web-03"].file("/srv/restored/srv"))):
        fleet.sh("diff", "-r", "--no-dereference", original, back)
        print("ok   %s is as it was" % what, flush=True)


if __name__ == "__main__":
    try:
        main()
    except (RuntimeError, TimeoutError, subprocess.CalledProcessError) as failure:
        print("FAIL %s" % failure, getattr(failure, "output", "") or "", file=sys.stderr)
        sys.exit(1)
