#!/usr/bin/env python3
"""The services as an administrator runs them: ./holdfast trust-service PACKAGE.deb

One machine that is a layer over this one in namespaces of its own, with systemd as its first process. The vault is
installed as the head of its unit says, the agent by dpkg; both are started, killed, stopped, upgraded to a version that
works and to one that does not, and removed. Root only; needs systemd, dpkg and about two minutes.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

BOOT = r"""
set -e
layer=$1 root=$1/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$layer/upper,workdir=$layer/work" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t tmpfs tmpfs "$root/sys/fs/cgroup"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/tmp"
hostname machine
ip link set lo up
cd "$root"
mkdir -p .old
pivot_root . .old
umount -l /.old
rm -rf /etc/fstab /etc/holdfast /var/lib/holdfast* /var/log/journal /opt/holdfast /root/.config/holdfast
mkdir -p /etc/systemd/system
tr -d - < /proc/sys/kernel/random/uuid > /etc/machine-id
exec env -i container=holdfast PATH="$PATH" /lib/systemd/systemd --system --unit=basic.target
"""
AGENT, VAULT = "holdfast-agent", "holdfast-vault"
ADDRESS = "127.0.0.1:8443"
failed = []


def check(what, good, detail=""):
    print("%s  %s%s" % ("ok    " if good else "FAILED", what, "\n" + str(detail) if detail and not good else ""), flush=True)
    if not good:
        failed.append(what)


def wait(what, condition, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.3)
    raise RuntimeError("waited in vain until " + what)


class Machine:
    """A machine with systemd; its disk is thrown away with it."""

    def __init__(self, work):
        self.layer, self.group = work, "/sys/fs/cgroup/" + os.path.basename(work)
        if os.path.isdir("/sys/fs/cgroup/unified"):
            self.group = "/sys/fs/cgroup/unified/" + os.path.basename(work)
        os.makedirs(self.group)
        for part in ("upper", "work", "root"):
            os.makedirs(os.path.join(work, part))
        self.first = subprocess.Popen(
            ["sh", "-c", 'echo $$ > "$1/cgroup.procs"; exec unshare --mount --uts --pid --net --ipc --cgroup --fork '
             '--kill-child --propagation private sh -c "$2" boot "$3"', "enter", self.group, BOOT, work],
            stdout=open(work + "/boot.log", "wb"), stderr=subprocess.STDOUT)
        self.pid = wait("the machine has a first process", self.init, 20)
        wait("it has booted", lambda: self.run("systemctl is-system-running").stdout.strip() in ("running", "degraded"), 60)

    def init(self):
        children = subprocess.run(["pgrep", "-P", str(self.first.pid), "systemd"], stdout=subprocess.PIPE, text=True)
        return children.stdout.strip()

    def run(self, line, **more):
        return subprocess.run(
            ["nsenter", "--target", self.pid, "--mount", "--uts", "--pid", "--net", "--ipc", "--cgroup", "env", "-i",
             "-C", "/root", "HOME=/root", "LANG=C.UTF-8", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
             "sh", "-c", line], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL, **more)

    def must(self, line):
        done = self.run(line)
        if done.returncode != 0:
            raise RuntimeError("%s: %d\n%s%s" % (line, done.returncode, done.stdout, done.stderr))
        return done.stdout

    def unit(self, name):
        """What systemd says of it."""
        shown = self.must("systemctl show %s -p ActiveState,SubState,MainPID,NRestarts,UnitFileState" % name)
        return dict(line.split("=", 1) for line in shown.split())

    def file(self, path, text, mode=0o600):
        name = "/proc/%s/root%s" % (self.pid, path)
        os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(os.open(name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode), "w") as file:
            file.write(text)

    def destroy(self):
        self.first.kill()
        self.first.wait()
        for attempt in range(100):
            try:
                for folder, _, _ in os.walk(self.group, topdown=False):
                    os.rmdir(folder)
                return
            except OSError:
                time.sleep(0.1)


def install_vault(machine, product, unit, java):
    machine.must("mkdir -p /opt/holdfast && cp -a '%s' /opt/holdfast/vault" % product)
    head = open(unit).read().split("[Unit]")[0]
    adduser = re.search(r"groupadd.*?(?=\n#\n|\n#   cp)", head, re.S).group().replace("\\\n#", "")
    machine.must(adduser)
    machine.must("cp '%s' /etc/systemd/system/" % unit)
    machine.file("/etc/holdfast/vault.env", "JAVA_HOME=%s\nHOLDFAST_VAULT_OPTIONS=--listen %s\n" % (java, ADDRESS), 0o644)
    done = machine.run("systemctl enable --now " + VAULT)
    log = machine.run("journalctl -u %s --no-pager -o cat" % VAULT).stdout
    check("the vault's unit starts", done.returncode == 0, done.stderr + log)
    check("it is active and comes back after a boot", machine.unit(VAULT)["ActiveState"] == "active"
          and machine.unit(VAULT)["UnitFileState"] == "enabled", machine.unit(VAULT))
    owner = machine.must("stat -c '%U %a' /var/lib/holdfast-vault /var/lib/holdfast-vault/pki").split()
    check("its data belongs to its user alone", owner == ["holdfast-vault", "700"] * 2, owner)
    return log


def sign_in(machine, cli, log):
    machine.file("/root/secret", log.split("one-time secret: ")[1].split()[0] + "\n")
    machine.file("/root/password", "a password of the administrator\n")
    machine.must("%s login %s --fingerprint %s --password-file secret --new-password-file password" % (
        cli, ADDRESS, log.split("SHA-256: ")[1].split()[0]))
    machine.must("%s vault new prod" % cli)
    machine.must("%s policy create docs --item /usr/share/doc/bash --on-demand" % cli)
    machine.must("%s policy assign docs --default" % cli)
    machine.must("%s credentials create --out /root/credentials" % cli)


def server(machine, cli):
    servers = json.loads(machine.must(cli + " server list --json"))
    return servers[0] if servers else {}


def back_up(machine, cli, what):
    name = server(machine, cli)["name"]
    done = machine.run("%s job start backup %s --wait --json" % (cli, name))
    check(what, done.returncode == 0, done.stdout + done.stderr)


def in_contact(machine, cli, version=None):
    found = server(machine, cli)
    return found.get("connected") and (version is None or found.get("version") == version) and found


def other_package(machine, package, version, breaks):
    """The same package with another version, whose agent perhaps does not run."""
    machine.must("rm -rf /root/p && dpkg-deb -R '%s' /root/p" % package)
    machine.must("sed -i 's/^Version: .*/Version: %s/' /root/p/DEBIAN/control && "
                 "printf '%s\\n' > /root/p/usr/share/holdfast-agent/package/VERSION" % (version, version))
    if breaks:
        machine.must("cd /root/p/usr/share/holdfast-agent/package/bin && sed -i "
                     "'1a [ \"$1\" != run ] && [ \"$1\" != status ] || exit 1' holdfast-agent")
    machine.must("dpkg-deb --root-owner-group -Znone --build /root/p /root/other.deb")
    return machine.run("dpkg -i /root/other.deb")


def main():
    parser = argparse.ArgumentParser()
    for option in ("--cli", "--vault", "--vault-unit", "--java", "--package"):
        parser.add_argument(option, required=True)
    options = parser.parse_args()
    cli = "env JAVA_HOME='%s' HOLDFAST_NO_BUILD=yes '%s'" % (options.java, options.cli)
    package = os.path.abspath(options.package)
    work = tempfile.mkdtemp(prefix="holdfast-trust-service-")
    machine = Machine(work)
    try:
        log = install_vault(machine, options.vault, options.vault_unit, options.java)
        sign_in(machine, cli, log)

        done = machine.run("dpkg -i '%s'" % package)
        check("dpkg installs the agent", done.returncode == 0, done.stdout + done.stderr)
        unit = machine.unit(AGENT)
        check("without a registration it waits for one",
              unit["ActiveState"] == "active" and unit["NRestarts"] == "0" and unit["UnitFileState"] == "enabled", unit)
        machine.must(AGENT + " register --credentials /root/credentials --generate-passphrase "
                     "--key-location file:/etc/holdfast/passphrase")
        wait("the agent is in contact", lambda: in_contact(machine, cli), 60)
        check("it sees the registration and gets in contact", True)
        back_up(machine, cli, "it backs up")
        mode = machine.must("stat -c %a /var/lib/holdfast-agent /etc/holdfast/passphrase").split()
        check("its state and its passphrase are for root alone", mode == ["700", "600"], mode)

        for name in (AGENT, VAULT):
            before = machine.unit(name)["MainPID"]
            machine.must("kill -9 " + before)
            wait(name + " comes back", lambda: machine.unit(name)["ActiveState"] == "active"
                 and machine.unit(name)["MainPID"] not in ("0", before), 60)
            check(name + " comes back when it was killed", True)
        wait("the agent is in contact again", lambda: in_contact(machine, cli), 120)
        back_up(machine, cli, "it backs up again")

        running = json.loads(machine.must(AGENT + " status --json"))
        done = other_package(machine, package, "99.1.0", False)
        check("dpkg upgrades it", done.returncode == 0, done.stdout + done.stderr)
        current = machine.must("readlink /opt/holdfast/agent/current").strip()
        check("the new version runs", current == "versions/99.1.0" and machine.unit(AGENT)["ActiveState"] == "active", current)
        wait("the agent is in contact again", lambda: in_contact(machine, cli), 120)
        again = json.loads(machine.must(AGENT + " status --json"))
        check("as the same server", again.get("serverId") == running.get("serverId") and again.get("serverId"), again)
        back_up(machine, cli, "the new version backs up")
        done = other_package(machine, package, "99.2.0", True)
        current = machine.must("readlink /opt/holdfast/agent/current").strip()
        check("a version that does not run is taken back", done.returncode != 0 and current == "versions/99.1.0",
              current + "\n" + done.stdout + done.stderr)
        check("dpkg says why", "was not healthy" in done.stderr, done.stderr)
        wait("the one before is in contact", lambda: in_contact(machine, cli), 120)
        back_up(machine, cli, "the one before backs up")
        machine.must("dpkg -i '%s'" % package)
        wait("the first one is in contact", lambda: in_contact(machine, cli), 120)
        check("an older package can be put over it", True)

        since = time.monotonic()
        machine.must("systemctl stop %s %s" % (AGENT, VAULT))
        check("both stop in time", time.monotonic() - since < 40 and all(
            machine.unit(name)["ActiveState"] == "inactive" for name in (AGENT, VAULT)))
        machine.must("systemctl start %s %s" % (VAULT, AGENT))
        wait("the agent is in contact", lambda: in_contact(machine, cli), 120)
        done = machine.run("dpkg -r " + AGENT)
        there = machine.run("ls -d /opt/holdfast/agent /etc/systemd/system/holdfast-agent.service "
                            "/usr/local/bin/holdfast-agent /var/lib/holdfast-agent/registration.json").stdout.split()
        check("dpkg removes the program and keeps the registration", done.returncode == 0
              and there == ["/var/lib/holdfast-agent/registration.json"], "%s %s%s" % (there, done.stdout, done.stderr))
    finally:
        if failed or sys.exc_info()[0] is not None:
            print(machine.run("journalctl --no-pager -o cat -u holdfast-vault -u holdfast-agent | tail -40").stdout)
        machine.destroy()
        shutil.rmtree(work, ignore_errors=True)
    print("%d failed" % len(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
