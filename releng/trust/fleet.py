#!/usr/bin/env python3
"""Ten agents and a vault in network namespaces, and everything that goes wrong between them.

A vault server and ten agents run as the real programs, each in a network namespace of its own on one bridge. Agents
back up on schedule over links with delay and loss; one is behind an HTTP proxy and has no other way out; one has a
clock that is two years off. Meanwhile an agent is killed in mid-upload, another is cut off the network, the vault is
killed with SIGKILL in mid-upload and started again, and its disk is full for a while. In the end every job must be in
a final state, every server must have been backed up by schedule after the last disturbance, everything must restore
bit for bit on another server, and the vault's objects must be sound without any passphrase.

Needs root, iproute2 and the programs of this clone: ./holdfast trust builds them. Prints one line for each thing that
was checked and ends with exit code 0 only when all of them hold.
"""
import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

AGENTS = 10
BRIDGE = "hfbr0"
LINKS = {4: "delay 40ms 10ms", 5: "delay 80ms loss 1%", 6: "loss 3%", 7: "delay 15ms"}
# Where the kernel has no netem, these agents go through proxies that delay what they pass on and break connections.
SLOW = {4: (3204, 0.04, 0.0), 5: (3205, 0.08, 0.002), 6: (3206, 0.0, 0.01), 7: (3207, 0.015, 0.0)}
NET = "10.209.7."
VAULT_IP = NET + "250"
PORT = 8443
PROXIED, WRONG_CLOCK, KILLED, CUT = 9, 8, 2, 3
RESULTS = []


def sh(*command, **options):
    return subprocess.run(command, check=options.pop("check", True), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, **options).stdout


def check(what, good, detail=""):
    RESULTS.append((what, bool(good)))
    print("%-4s %s%s" % ("ok" if good else "FAIL", what, " (%s)" % detail if detail else ""), flush=True)


def wait(what, condition, seconds):
    end = time.monotonic() + seconds
    last = None
    while time.monotonic() < end:
        last = condition()
        if last:
            return last
        time.sleep(0.5)
    raise TimeoutError("%s did not happen within %d seconds" % (what, seconds))


class Namespaces:
    """A bridge with a namespace for each machine."""

    def __init__(self):
        self.names = []

    def __enter__(self):
        self.clear()
        sh("ip", "link", "add", BRIDGE, "type", "bridge")
        sh("ip", "addr", "add", NET + "254/24", "dev", BRIDGE)
        sh("ip", "link", "set", BRIDGE, "up")
        return self

    def add(self, name, address, netem=None):
        sh("ip", "netns", "add", name)
        self.names.append(name)
        port = "p" + name
        sh("ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", name)
        sh("ip", "link", "set", port, "master", BRIDGE, "up")
        for command in (["ip", "link", "set", "lo", "up"], ["ip", "addr", "add", address + "/24", "dev", "eth0"],
                        ["ip", "link", "set", "eth0", "up"]):
            sh("ip", "netns", "exec", name, *command)
        if netem:
            sh("tc", "qdisc", "add", "dev", port, "root", "netem", *netem.split())
            sh("ip", "netns", "exec", name, "tc", "qdisc", "add", "dev", "eth0", "root", "netem", *netem.split())

    @staticmethod
    def has_netem(name):
        """Tries it on a link and takes it away again."""
        tried = subprocess.run(["tc", "qdisc", "add", "dev", "p" + name, "root", "netem", "delay", "1ms"],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        subprocess.run(["tc", "qdisc", "del", "dev", "p" + name, "root"], stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT)
        return tried.returncode == 0

    def cut(self, name):
        sh("ip", "link", "set", "p" + name, "down")

    def mend(self, name):
        sh("ip", "link", "set", "p" + name, "up")

    def clear(self):
        # the kernel takes a namespace's devices away some time after its name: their other ends must go first
        for line in sh("ip", "-o", "link").splitlines():
            port = line.split(": ")[1].split("@")[0]
            if port.startswith("phf-"):
                sh("ip", "link", "del", port, check=False)
        for line in sh("ip", "netns", "list").splitlines():
            if line.split()[0].startswith("hf-"):
                sh("ip", "netns", "del", line.split()[0], check=False)
        sh("ip", "link", "del", BRIDGE, check=False)

    def __exit__(self, *ignored):
        self.clear()


class Proxy(threading.Thread):
    """An HTTP proxy that only knows CONNECT, on the bridge's own address; it may be slow and break connections."""

    def __init__(self, port, delay=0.0, breaks=0.0):
        super().__init__(daemon=True)
        self.server = socket.create_server((NET + "254", port))
        self.delay, self.breaks = delay, breaks
        self.random = random.Random(port)
        self.tunnels = 0

    def run(self):
        while True:
            client, _ = self.server.accept()
            threading.Thread(target=self.tunnel, args=(client,), daemon=True).start()

    def tunnel(self, client):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = client.recv(4096)
            if not piece:
                return client.close()
            head += piece
        method, target = head.split(b" ", 2)[:2]
        if method != b"CONNECT":
            client.sendall(b"HTTP/1.1 405 Only CONNECT\r\n\r\n")
            return client.close()
        host, port = target.decode().rsplit(":", 1)
        try:
            upstream = socket.create_connection((host, int(port)), 10)
        except OSError:
            client.sendall(b"HTTP/1.1 502 Not reachable\r\n\r\n")
            return client.close()
        self.tunnels += 1
        upstream.settimeout(None)
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        threading.Thread(target=self.copy, args=(client, upstream), daemon=True).start()
        self.copy(upstream, client)

    def copy(self, source, sink):
        try:
            while True:
                piece = source.recv(65536)
                if not piece or self.random.random() < self.breaks:
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


class Fleet:
    def __init__(self, work, cli, vault, agent):
        self.work, self.cli_program, self.vault_program, self.agent_program = work, cli, vault, agent
        self.environment = dict(os.environ, HOLDFAST_LOGIN=os.path.join(work, "login.json"))
        self.vault_process = None
        self.agents = {}
        self.netem = True

    def log(self, name):
        return open(os.path.join(self.work, name + ".log"), "ab")

    def start_vault(self):
        # Its store lies on a small file system of its own, so that it can be full.
        self.vault_process = subprocess.Popen(
            ["ip", "netns", "exec", "hf-vault", self.vault_program, "serve", "--data", self.work + "/vault",
             "--listen", VAULT_IP + ":%d" % PORT, "--store", self.work + "/store"],
            stdout=self.log("vault"), stderr=subprocess.STDOUT, start_new_session=True)
        wait("the vault listens", lambda: self.listening() and os.path.exists(self.work + "/vault/node"), 240)

    @staticmethod
    def listening():
        try:
            socket.create_connection((VAULT_IP, PORT), 2).close()
            return True
        except OSError:
            return False

    def kill_vault(self):
        os.killpg(self.vault_process.pid, signal.SIGKILL)
        self.vault_process.wait()

    def cli(self, *arguments, check=True):
        command = [self.cli_program, *arguments]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if check and done.returncode not in (0, 3):
            raise RuntimeError("%s: %s%s" % (" ".join(arguments), done.stdout, done.stderr))
        return done.stdout

    def json(self, *arguments):
        return json.loads(self.cli(*arguments, "--json"))

    def home(self, i):
        return "%s/agent-%d" % (self.work, i)

    def in_namespace(self, i, *command, clock=True):
        prefix = ["ip", "netns", "exec", "hf-a%d" % i]
        if clock and i == WRONG_CLOCK and shutil.which("faketime"):
            # Only the wall clock: waiting goes by the other one.
            prefix += ["env", "FAKETIME_DONT_FAKE_MONOTONIC=1", "DONT_FAKE_MONOTONIC=1", "faketime", "-f", "+730d"]
        return prefix + list(command)

    def register(self, i, credentials):
        os.makedirs(self.home(i), mode=0o700)
        os.makedirs(self.home(i) + "-keys", mode=0o700)
        with open(self.home(i) + ".passphrase", "w") as file:
            file.write("%032x\n" % random.getrandbits(128))
        os.chmod(self.home(i) + ".passphrase", 0o600)
        port = 3128 if i == PROXIED else SLOW[i][0] if i in SLOW and not self.netem else None
        options = ["--proxy", NET + "254:%d" % port] if port else []
        sh(*self.in_namespace(i, self.agent_program, "register", "--home", self.home(i), "--credentials", credentials,
                              "--passphrase-file", self.home(i) + ".passphrase", "--key-location",
                              "file:" + self.home(i) + "-keys/kept", "--new-machine", *options,
                              clock=False))  # a credentials file that has expired by this clock is refused

    def run(self, i):
        self.agents[i] = subprocess.Popen(
            self.in_namespace(i, self.agent_program, "run", "--home", self.home(i)), stdout=self.log("agent-%d" % i),
            stderr=subprocess.STDOUT, start_new_session=True)

    def kill(self, i):
        os.killpg(self.agents[i].pid, signal.SIGKILL)
        self.agents[i].wait()

    def stop(self):
        for process in [*self.agents.values(), self.vault_process]:
            if process and process.poll() is None:
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass

    def servers(self):
        return {s["name"]: s for s in self.json("server", "list")}

    def jobs(self, *options):
        return self.json("job", "list", "--limit", "500", *options)


def make_data(folder, megabytes, seed):
    source = random.Random(seed)
    os.makedirs(folder)
    for n in range(20):
        with open("%s/small-%d.txt" % (folder, n), "w") as file:
            file.write("file %d of %d\n" % (n, seed) * source.randint(1, 400))
    with open(folder + "/noise.bin", "wb") as file:
        for _ in range(megabytes):
            file.write(source.randbytes(1 << 20))
    os.symlink("noise.bin", folder + "/link")


def same(one, other):
    return subprocess.run(["diff", "-r", "--no-dereference", one, other], stdout=subprocess.PIPE).returncode == 0


def kill_agent(fleet, server):
    """An agent dies in mid-upload. At full speed the upload would be over before anybody has seen it, and the job would be
    done, with right; so it gets a policy of its own with a rate that makes it last for about half a minute.
    Several packs travel at once and count when they have arrived, so there must be many of them."""
    fleet.cli("policy", "create", "slowly", "--on-demand", "--rate", "40")
    fleet.cli("server", "assign", server, "slowly")
    wait("the slow policy holds", lambda: slow_policy_holds(fleet, server), 120)
    # A scheduled backup that is under way goes first, and takes what is new with it.
    wait("nothing else is at work", lambda: all("ended" in j for j in fleet.jobs("--server", server)), 300)
    make_data("%s/data-%d/most" % (fleet.work, KILLED), 160, 200)
    job = json.loads(fleet.cli("job", "start", "backup", server, "--json"))["id"]

    def at_work():
        now = fleet.json("job", "show", job)  # who asks counts as looking, so progress comes every second
        if "ended" in now:
            raise RuntimeError("the job has %s before its agent was killed" % now["state"])
        return now if now["state"] == "running" and now.get("progress", {}).get("storedBytes", 0) > 4 << 20 else None

    wait("the agent uploads", at_work, 120)
    fleet.kill(KILLED)
    fleet.run(KILLED)
    state = wait("the killed agent's job has ended",
                 lambda: next((j["state"] for j in fleet.jobs() if j["id"] == job and "ended" in j), None), 300)
    check("an agent killed in mid-upload: its job ends as interrupted", state == "interrupted", state)
    fleet.cli("server", "assign", server, "--none")
    state = wait("another job goes on with it",
                 lambda: next((j["state"] for j in fleet.jobs() if j.get("resumes") == job and "ended" in j), None), 300)
    check("another job goes on with it by itself and is done", state == "done", state)


def slow_policy_holds(fleet, server):
    now = next(s for s in fleet.servers().values() if s["id"] == server)
    return now.get("policy") == "slowly" and not now.get("nextBackup")  # the agent itself has no schedule any more


def disturb(fleet, spaces, servers):
    """Everything that goes wrong, while scheduled backups go on."""
    big = {"a%d" % i: fleet.work + "/data-%d" % i for i in (KILLED, CUT, 1, 4)}
    for i, name in enumerate(big):
        make_data(big[name] + "/more", 48, 100 + i)

    def uploading(name):
        running = fleet.jobs("--server", servers[name]["id"], "--state", "running")
        return next((j for j in running if j.get("progress", {}).get("storedBytes", 0) > 4 << 20), None)

    def start(name):
        return json.loads(fleet.cli("job", "start", "backup", servers[name]["id"], "--json"))["id"]

    kill_agent(fleet, servers["a%d" % KILLED]["id"])

    job = start("a1")
    wait("an agent uploads", lambda: uploading("a1"), 120)
    fleet.kill_vault()
    fleet.start_vault()
    state = wait("the job has ended",
                 lambda: next((j["state"] for j in fleet.jobs() if j["id"] == job and "ended" in j), None), 400)
    check("the vault killed in mid-upload and started again: the job ends in a true state",
          state in ("done", "interrupted", "failed"), state)

    spaces.cut("hf-a%d" % CUT)
    wait("the server that was cut off is lost",
         lambda: fleet.servers()["a%d" % CUT]["state"] == "lost", 420)
    check("a server that is cut off is lost within minutes", True)
    spaces.mend("hf-a%d" % CUT)
    wait("it is back", lambda: fleet.servers()["a%d" % CUT]["connected"], 180)
    check("it comes back by itself", True)

    free = shutil.disk_usage(fleet.work + "/store").free
    with open(fleet.work + "/store/ballast", "wb") as file:
        file.truncate(0)
        os.posix_fallocate(file.fileno(), 0, max(1, free - (6 << 20)))
    job = start("a4")
    state = wait("the job has ended",
                 lambda: next((j for j in fleet.jobs() if j["id"] == job and "ended" in j), None), 300)
    check("the vault's disk full: the job fails and says why", state["state"] == "failed",
          state.get("failure", {}).get("message", ""))
    os.remove(fleet.work + "/store/ballast")


def settle(fleet, since):
    """After the last disturbance every server is backed up by schedule, and no job stays open."""
    def behind():
        return [s["name"] for s in fleet.servers().values() if s.get("lastBackup", "") < since]
    try:
        wait("all servers are backed up again", lambda: not behind(), 600)
    except TimeoutError:
        pass
    left = behind()
    check("every server is backed up by schedule after the last disturbance", not left, " ".join(left))
    fleet.cli("policy", "update", "often", "--on-demand")
    try:
        wait("no job is open", lambda: all("ended" in j for j in fleet.jobs()), 300)
    except TimeoutError:
        pass
    still = [j["id"] + " " + j["state"] for j in fleet.jobs() if "ended" not in j]
    check("every job has ended in a final state", not still, " ".join(still))


def restore_all(fleet, address):
    servers = fleet.servers()
    for i in range(1, AGENTS + 1):
        place = "vault://%s/prod/%s" % (address, servers["a%d" % i]["id"])
        target = "%s/restored-%d" % (fleet.work, i)
        fleet.cli("restore", place, "latest", "--to", target, "--passphrase-file", fleet.home(i) + ".passphrase")
        check("a%d restores bit for bit" % i, same("%s/data-%d" % (fleet.work, i),
                                                    target + "/data-%d" % i))
        shutil.rmtree(target)


def scrub(fleet):
    for vault in os.listdir(fleet.work + "/store"):
        for server in os.listdir("%s/store/%s" % (fleet.work, vault)):
            place = "%s/store/%s/%s" % (fleet.work, vault, server)
            if os.path.isfile(place + "/vault"):
                done = subprocess.run([fleet.cli_program, "verify", place, "--read-data"], stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, text=True)
                check("objects of %s are sound, without a passphrase" % server[:8], done.returncode == 0,
                      "" if done.returncode == 0 else done.stdout.strip()[-300:])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cli", required=True)
    options.add_argument("--vault", required=True)
    options.add_argument("--agent", required=True)
    options.add_argument("--keep", action="store_true", help="keep the folder with all logs")
    given = options.parse_args()
    if os.geteuid() != 0:
        sys.exit("Network namespaces need root.")
    work = tempfile.mkdtemp(prefix="holdfast-fleet-")
    fleet = Fleet(work, given.cli, given.vault, given.agent)
    started = time.monotonic()
    failed = True
    with Namespaces() as spaces:
        try:
            os.makedirs(work + "/store")
            sh("mount", "-t", "tmpfs", "-o", "size=1200m,mode=0700", "tmpfs", work + "/store")
            spaces.add("hf-vault", VAULT_IP)
            fleet.netem = spaces.has_netem("hf-vault")
            if not fleet.netem:
                print("this kernel has no netem: proxies delay and break connections instead")
                for port, delay, breaks in SLOW.values():
                    Proxy(port, delay, breaks).start()
            for i in range(1, AGENTS + 1):
                spaces.add("hf-a%d" % i, NET + str(i), LINKS.get(i) if fleet.netem else None)
            # Behind the proxy there is no other way to the vault.
            sh("ip", "netns", "exec", "hf-a%d" % PROXIED, "ip", "route", "add", "blackhole", VAULT_IP)
            proxy = Proxy(3128)
            proxy.start()
            fleet.start_vault()
            said = open(work + "/vault.log").read()
            pin = said.split("SHA-256: ")[1].split()[0]
            for name, text in (("secret", said.split("one-time secret: ")[1].split()[0]),
                               ("password", "%032x" % random.getrandbits(128))):
                with open(work + "/" + name, "w") as file:
                    file.write(text + "\n")
                os.chmod(work + "/" + name, 0o600)
            address = VAULT_IP + ":%d" % PORT
            fleet.cli("login", address, "--fingerprint", pin, "--password-file", work + "/secret",
                      "--new-password-file", work + "/password")
            fleet.cli("vault", "new", "prod")
            fleet.cli("policy", "create", "often", "--cron", "*/2 * * * *", "--jitter", "1")
            fleet.cli("policy", "assign", "often", "--default")
            fleet.cli("credentials", "create", "--out", work + "/credentials", "--uses", str(AGENTS))
            for i in range(1, AGENTS + 1):
                make_data("%s/data-%d" % (work, i), 3, i)
                fleet.register(i, work + "/credentials")
                server = next(s for s in fleet.json("server", "list") if not s["name"].startswith("a"))
                fleet.cli("server", "set", server["id"], "--name", "a%d" % i)
                fleet.cli("server", "items", server["id"], "%s/data-%d" % (work, i))
                fleet.run(i)
            servers = wait("all are connected", lambda: (lambda s: s if len(s) == AGENTS and all(
                x["connected"] for x in s.values()) else None)(fleet.servers()), 300)
            check("ten agents are registered and connected", True, "%d s" % (time.monotonic() - started))
            check("the one without another way out uses the proxy", proxy.tunnels > 0)
            if shutil.which("faketime"):
                skew = wait("the wrong clock is known",
                            lambda: fleet.servers()["a%d" % WRONG_CLOCK]["clockSkewMillis"] // 86_400_000, 120)
                check("a clock that is two years off is noticed", abs(skew) > 700, "%d d" % skew)
            wait("all have been backed up by schedule",
                 lambda: all(s.get("points", 0) > 0 for s in fleet.servers().values()), 600)
            check("ten agents are backed up on schedule", True, "%d s" % (time.monotonic() - started))
            disturb(fleet, spaces, servers)
            since = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
            settle(fleet, since)
            restore_all(fleet, address)
            scrub(fleet)
            check("the audit is as it was written", "all as they were written" in fleet.cli("audit", "verify"))
            failed = not all(good for _, good in RESULTS)
        except (TimeoutError, RuntimeError, subprocess.CalledProcessError) as e:
            check("the run goes through", False, str(e) + " " + str(getattr(e, "output", "") or "")[-600:])
        finally:
            fleet.stop()
            sh("umount", "-l", work + "/store", check=False)
    good = sum(1 for _, ok in RESULTS if ok)
    print("%d of %d hold, %d s" % (good, len(RESULTS), time.monotonic() - started))
    if given.keep or failed:
        print("logs are in " + work)
    else:
        shutil.rmtree(work)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
