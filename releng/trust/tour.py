#!/usr/bin/env python3
"""The tour of docs/tour.md with the real programs: ./holdfast trust-tour PACKAGE

A vault server, hosts that are private mount, process and name spaces with an sshd each, and the packaged console on a
screen of its own. The console is given a bundle more, which does in its windows what the page tells a person to do: it
signs in, registers all hosts, gives them a policy, watches them back up, and restores a folder of one to another. What
the vault and the hosts have afterwards is looked at from outside. Root only; needs sshd, Xvfb and a window manager.
"""
import argparse
import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import install
from install import check, failed, free_port, listens, private, wait

FOLDER = "/usr/share/doc/bash"


def console(options, work, screenshots, settings):
    """The product with the bundle of the tour in its list of bundles to start."""
    product = work + "/console"
    shutil.copytree(options.console, product, symlinks=True)
    bundles = product + "/configuration/org.eclipse.equinox.simpleconfigurator/bundles.info"
    with open(bundles, "a") as file:
        file.write("\norg.holdfast.console.smoke,%s,file:%s,4,false\n" % (bundle_version(options.tour), options.tour))
    properties = dict(settings, report=work + "/report")
    java = ["-Dholdfast.tour.%s=%s" % item for item in properties.items()]
    java += ["-Dholdfast.screenshots=" + screenshots, "-Duser.home=" + work + "/home"]
    environment = dict(os.environ, HOLDFAST_JAVA_OPTS=" ".join(java), HOME=work + "/home", LANG="C.UTF-8")
    os.makedirs(work + "/home")
    command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", options.window_manager, product + "/bin/holdfast-console"]
    with open(work + "/console.log", "wb") as log:
        done = subprocess.run(command, env=environment, stdout=log, stderr=subprocess.STDOUT, timeout=900,
                              stdin=subprocess.DEVNULL)
    return done.returncode, open(work + "/report").read().splitlines() if os.path.exists(work + "/report") else []


def bundle_version(jar):
    shown = subprocess.run(["unzip", "-p", jar, "META-INF/MANIFEST.MF"], stdout=subprocess.PIPE, text=True)
    for line in shown.stdout.splitlines():
        if line.startswith("Bundle-Version: "):
            return line.split(": ")[1].strip()
    raise RuntimeError(jar + " is no bundle")


def same(one, other):
    compared = filecmp.dircmp(one, other)
    return not (compared.left_only or compared.right_only or compared.diff_files or compared.funny_files)


def main():
    parser = argparse.ArgumentParser()
    for option in ("--cli", "--vault", "--console", "--tour", "--package", "--window-manager"):
        parser.add_argument(option, required=True)
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--screenshots", default="")
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="holdfast-trust-tour-")
    environment = dict(os.environ, HOLDFAST_LOGIN=work + "/login/login.json")
    processes = []

    def cli(*arguments):
        done = subprocess.run([options.cli, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, stdin=subprocess.DEVNULL)
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
        fingerprint = said.split("SHA-256: ")[1].split()[0]
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", work + "/key"], check=True)
        rows = ["host,name,port,folders,fingerprint"]
        for number in range(options.hosts):
            name = "web-%02d" % (number + 1)
            port, shown = install.start_host(work, name, "1g", processes)
            rows.append("127.0.0.1,%s,%d,%s,%s" % (name, port, FOLDER, shown))
        private(work + "/hosts.csv", "\n".join(rows) + "\n")
        package = shutil.copy(options.package, work)
        started = time.monotonic()
        code, report = console(options, work, options.screenshots or work + "/screenshots", {
            "address": address, "fingerprint": fingerprint, "hosts": work + "/hosts.csv", "key": work + "/key",
            "package": package, "sealed": work + "/passphrases.sealed", "folder": FOLDER,
            "seal": private(work + "/seal", "a passphrase for the passphrases"), "cli": options.cli,
            "secret": private(work + "/secret", said.split("one-time secret: ")[1].split()[0]), "count": options.hosts,
            "password": private(work + "/password", "a password of the administrator"), "to": "/opt/restored"})
        print("        %d s in the console" % (time.monotonic() - started))
        for line in report:
            print("        " + line)
        check("the console went through all of it", code == 0 and report and report[-1] == "done",
              open(work + "/console.log", errors="replace").read()[-9000:])
        cli("login", address, "--fingerprint", fingerprint, "--password-file", work + "/password")
        servers = json.loads(cli("server", "list", "--json"))
        check("all are registered and in contact", len(servers) == options.hosts and all(s.get("connected") for s in servers),
              [s.get("name") for s in servers])
        check("all are protected", all(s.get("state") == "protected" for s in servers), [s.get("state") for s in servers])
        jobs = json.loads(cli("job", "list", "--json"))
        check("every job is done", all(job["state"].startswith("done") for job in jobs), jobs)
        restored = [process for process in processes[1:] if os.path.isdir(
            "/proc/%s/root/opt/restored" % first_child(process))]
        check("one host has the folder of another", len(restored) == 1 and same(
            FOLDER, "/proc/%s/root/opt/restored/%s" % (first_child(restored[0]), os.path.basename(FOLDER))))
    finally:
        install.finish(processes, work)
    print("%d failed" % len(failed))
    return 1 if failed else 0


def first_child(process):
    return subprocess.run(["pgrep", "-P", str(process.pid)], stdout=subprocess.PIPE, text=True).stdout.split()[0]


if __name__ == "__main__":
    sys.exit(main())
