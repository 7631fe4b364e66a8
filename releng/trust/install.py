#!/usr/bin/env python3
"""Bulk registration with the real programs: ./holdfast trust-install PACKAGE

A vault server, and hosts that are private mount, process and name spaces with an sshd of their own on a loopback port.
`holdfast server install` brings the package to them: two good ones, one without room, one that is down, one that shows
another key than it should. Then it is run again. Root only; needs sshd and about two minutes.
"""
import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HOST = r"""
set -e
work=$1 name=$2 room=$3
hostname "$name"
mkdir -p "$work/$name/etc"
cp -a /etc/. "$work/$name/etc"
mount --bind "$work/$name/etc" /etc
od -An -N16 -tx1 /dev/urandom | tr -d ' \n' > /etc/machine-id
rm -rf /etc/holdfast
mount -t tmpfs -o "size=$room" tmpfs /opt
for folder in /var/lib /var/cache /run /usr/local/bin; do mount -t tmpfs tmpfs "$folder"; done
mkdir /run/sshd
exec /usr/sbin/sshd -D -e -f "$work/$name/sshd_config"
"""
failed = []


def check(what, good, detail=""):
    print("%s  %s%s" % ("ok    " if good else "FAILED", what, "  " + str(detail) if detail and not good else ""), flush=True)
    if not good:
        failed.append(what)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait(what, condition, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.2)
    raise RuntimeError("waited in vain until " + what)


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def private(path, text):
    with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    return path


def start_host(work, name, room, processes):
    port = free_port()
    os.makedirs("%s/%s" % (work, name))
    key = "%s/%s/host_key" % (work, name)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    with open("%s/%s/sshd_config" % (work, name), "w") as file:
        file.write("Port %d\nListenAddress 127.0.0.1\nHostKey %s\nPidFile none\nAuthorizedKeysFile %s/key.pub\n"
                   "StrictModes no\nUsePAM no\nPermitRootLogin yes\n" % (port, key, work))
    processes.append(subprocess.Popen(
        ["unshare", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", HOST, "host", work,
         name, room], stdout=open("%s/%s/log" % (work, name), "wb"), stderr=subprocess.STDOUT, start_new_session=True))
    wait(name + " listens", lambda: listens(port), 30)
    shown = subprocess.run(["ssh-keygen", "-l", "-f", key + ".pub"], check=True, stdout=subprocess.PIPE, text=True)
    return port, shown.stdout.split()[1]


def finish(processes, work):
    """Ends what was started; the files go only when everything held."""
    for process in reversed(processes):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
    if not failed and sys.exc_info()[0] is None:
        shutil.rmtree(work, ignore_errors=True)
    else:
        print("everything is left in " + work)


def main():
    parser = argparse.ArgumentParser()
    for option in ("--cli", "--vault", "--package"):
        parser.add_argument(option, required=True)
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="holdfast-trust-install-")
    environment = dict(os.environ, HOLDFAST_LOGIN=work + "/login/login.json")
    processes = []

    def cli(*arguments):
        return subprocess.run([options.cli, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, stdin=subprocess.DEVNULL)

    def must(*arguments):
        done = cli(*arguments)
        if done.returncode != 0:
            raise RuntimeError("%s: %s%s" % (" ".join(arguments), done.stdout, done.stderr))
        return done.stdout

    try:
        address = "127.0.0.1:%d" % free_port()
        processes.append(subprocess.Popen([options.vault, "serve", "--data", work + "/vault", "--listen", address],
                                          stdout=open(work + "/vault.log", "wb"), stderr=subprocess.STDOUT,
                                          start_new_session=True))
        wait("the vault listens", lambda: listens(int(address.split(":")[1])) and "one-time secret: " in open(
            work + "/vault.log").read(), 120)
        said = open(work + "/vault.log").read()
        must("login", address, "--fingerprint", said.split("SHA-256: ")[1].split()[0],
             "--password-file", private(work + "/secret", said.split("one-time secret: ")[1].split()[0] + "\n"),
             "--new-password-file", private(work + "/password", "a password of the administrator\n"))
        must("vault", "new", "prod")
        must("policy", "create", "nightly", "--cron", "0 2 * * *")
        must("credentials", "create", "--out", work + "/credentials", "--uses", "5", "--tag", "brought")
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", work + "/key"], check=True)

        rows = ["host,name,port,tags,folders,fingerprint"]
        for name, room in (("good-1", "1g"), ("good-2", "1g"), ("full", "20m"), ("other-key", "1g")):
            port, shown = start_host(work, name, room, processes)
            rows.append("127.0.0.1,%s,%d,%s,/usr/share/doc,%s" % (
                name, port, name, "SHA256:" + "A" * 43 if name == "other-key" else shown))
        rows.append("127.0.0.1,down,%d,,," % free_port())
        with open(work + "/hosts.csv", "w") as file:
            file.write("\n".join(rows) + "\n")
        install = ["server", "install", "--hosts", work + "/hosts.csv", "--key", work + "/key", "--credentials",
                   work + "/credentials", "--package", options.package, "--passphrases", work + "/servers.sealed",
                   "--seal-passphrase-file", private(work + "/seal", "a passphrase for the passphrases\n"),
                   "--policy", "nightly", "--resume", work + "/state", "--log", "--json"]
        started = time.monotonic()
        done = cli(*install)
        if not done.stdout.startswith("["):
            raise RuntimeError(done.stdout + done.stderr)
        result = {row["name"]: row for row in json.loads(done.stdout)}
        print("        %d s" % (time.monotonic() - started))
        expected = {"good-1": "done-with-warnings", "good-2": "done-with-warnings", "full": "no-room",
                    "other-key": "host-key-changed", "down": "unreachable"}
        for name, outcome in expected.items():
            check("%s: %s" % (name, outcome), result[name]["outcome"] == outcome, result[name])
        check("the exit code says that some failed", done.returncode == 3, done.returncode)
        servers = {s["name"]: s for s in json.loads(must("server", "list", "--json"))}
        good = [servers.get(name, {}) for name in ("good-1", "good-2")]
        check("the vault has heard of both", all(s.get("connected") for s in good), done.stderr[-3000:])
        check("they have policy and tags", all(s.get("policy") == "nightly" and "brought" in s["tags"] and s["name"] in s[
            "tags"] for s in good), good)
        check("nothing else is registered", len(servers) == 2, list(servers))
        seal = ["--seal-passphrase-file", work + "/seal"]
        kept = [must("server", "passphrases", work + "/servers.sealed", "--show", name, *seal).strip()
                for name in ("good-1", "good-2")]
        check("each has a passphrase of its own", kept[0] != kept[1] and all(len(one) == 34 for one in kept))
        check("no passphrase is told", not any(one in done.stdout + done.stderr for one in kept))
        again = cli(*install)
        check("done hosts are not done twice", len(json.loads(must("server", "list", "--json"))) == 2
              and {r["name"]: r["serverId"] for r in json.loads(again.stdout) if "serverId" in r}
              == {name: servers[name]["id"] for name in ("good-1", "good-2")}, again.stderr[-3000:])
        os.remove(work + "/state")
        known = {r["name"]: r["outcome"] for r in json.loads(cli(*install).stdout)}
        check("without the state they are found registered", known["good-1"] == "already-registered", known)
    finally:
        finish(processes, work)
    print("%d failed" % len(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
