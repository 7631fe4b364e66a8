"""The data the benchmark works on: made once, the same every time, kept in the work directory.

src   a source tree of about 80 000 small files: Debian's linux-source package, else a generated tree
vm    a 4 GiB disk image: a sorted tar of /usr/bin and /usr/lib cut by runs of zeros (about a quarter of it)
rand  2 GiB nothing can compress: an AES-256-CTR key stream

Each has a variant: src with 1 % of its files changed (in place, undone afterwards, because a copy would have other
inodes and make every tool read everything), vm with 10 bytes inserted near its start and 200 overwrites.
"""
import glob
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys

MIB = 1 << 20
GENERATION = 1  # raise it when a generator changes, so that old corpora are made again
SEED = 20260101
MTIME = 1_767_225_600  # 2026-01-01: images are older than the benchmark, as a disk image in a nightly backup is


def say(text):
    print(text, file=sys.stderr, flush=True)


class Corpus:
    """One corpus: `path` is what the tools back up."""

    name = ""

    def __init__(self, root, quick):
        self.quick = quick
        self.home = os.path.join(root, self.name)
        self.path = os.path.join(self.home, "data")
        self.stamp = os.path.join(self.home, "corpus.json")
        self.facts = {}

    def wanted(self):
        """What the stamp must say for the corpus to be used as it is."""
        return {"generation": GENERATION, "quick": self.quick}

    def ensure(self):
        self.undo_variant()
        if os.path.exists(self.stamp):
            with open(self.stamp, encoding="utf-8") as file:
                self.facts = json.load(file)
            if all(self.facts.get(key) == value for key, value in self.wanted().items()):
                return
        say(f"making the corpus {self.name} in {self.home}")
        shutil.rmtree(self.home, ignore_errors=True)
        os.makedirs(self.path)
        kind = self.make()
        self.facts = {**self.wanted(), "kind": kind, **measure_tree(self.path)}
        temp = self.stamp + ".tmp"
        with open(temp, "w", encoding="utf-8") as file:
            json.dump(self.facts, file, indent=1)
        os.replace(temp, self.stamp)
        say(f"  {self.facts['files']} files, {self.facts['bytes']} bytes, sha256 {self.facts['sha256'][:16]}")

    def make(self):
        raise NotImplementedError

    def has_variant(self):
        return False

    def apply_variant(self):
        raise NotImplementedError

    def undo_variant(self):
        """Brings back the original; harmless when the variant is not in place."""


class SourceTree(Corpus):
    name = "src"

    def __init__(self, root, quick):
        super().__init__(root, quick)
        self.saved = os.path.join(self.home, "saved")
        self.journal = os.path.join(self.home, "variant.json")

    def make(self):
        tars = sorted(glob.glob("/usr/src/linux-source-*.tar.xz"))
        if tars and not self.quick:
            subprocess.run(["tar", "-xf", tars[-1], "-C", self.path, "--no-same-owner"], check=True)
            return os.path.basename(tars[-1])
        files = 8_000 if self.quick else 80_000
        generate_tree(self.path, files)
        return f"generated tree of {files} files"

    def has_variant(self):
        return True

    def apply_variant(self):
        """Changes 1 % of the files: of 785, 485 are modified, 155 removed and 145 added."""
        if os.path.exists(self.journal):
            return
        rng = random.Random(SEED)
        files = sorted(os.path.relpath(p, self.path) for p in regular_files(self.path))
        count = max(10, len(files) // 100)
        modified, removed, added = count * 485 // 785, count * 155 // 785, count * 145 // 785
        chosen = rng.sample(files, modified + removed + added)
        plan = {"modify": chosen[:modified], "remove": chosen[modified:modified + removed],
                "add": [name + ".new" for name in chosen[modified + removed:]]}
        folders = {os.path.dirname(name) for names in plan.values() for name in names}
        plan["times"] = {d: os.stat(os.path.join(self.path, d)).st_mtime_ns for d in sorted(folders)}
        os.makedirs(self.saved, exist_ok=True)
        for number, name in enumerate(plan["modify"] + plan["remove"]):
            shutil.copy2(os.path.join(self.path, name), os.path.join(self.saved, str(number)))
        with open(self.journal, "w", encoding="utf-8") as file:
            json.dump(plan, file)
        for name in plan["modify"]:
            edit_text(os.path.join(self.path, name), rng)
        for name in plan["remove"]:
            os.remove(os.path.join(self.path, name))
        for name in plan["add"]:
            with open(os.path.join(self.path, name[:-4]), "rb") as file:
                content = file.read()
            with open(os.path.join(self.path, name), "wb") as file:
                file.write(content[len(content) // 2:] + rng.randbytes(200).hex().encode() + content[:len(content) // 3])

    def undo_variant(self):
        if not os.path.exists(self.journal):
            return
        with open(self.journal, encoding="utf-8") as file:
            plan = json.load(file)
        for name in plan["add"]:
            target = os.path.join(self.path, name)
            if os.path.exists(target):
                os.remove(target)
        for number, name in enumerate(plan["modify"] + plan["remove"]):
            shutil.copy2(os.path.join(self.saved, str(number)), os.path.join(self.path, name))
        for folder, time in plan["times"].items():
            os.utime(os.path.join(self.path, folder), ns=(time, time))
        os.remove(self.journal)
        shutil.rmtree(self.saved, ignore_errors=True)


class DiskImage(Corpus):
    name = "vm"

    def __init__(self, root, quick):
        super().__init__(root, quick)
        self.size = (4096 if not quick else 410) * MIB
        self.image = os.path.join(self.path, "disk.img")
        self.original = os.path.join(self.home, "disk.original")
        self.edited = os.path.join(self.home, "disk.edited")

    def make(self):
        rng = random.Random(SEED)
        tar = subprocess.Popen(
            ["tar", "--sort=name", "--format=gnu", "--numeric-owner", "-cf", "-", "-C", "/", "usr/bin", "usr/lib"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            with open(self.image, "wb") as out:
                while out.tell() < self.size:
                    copy(tar.stdout, out, min(48 * MIB, self.size - out.tell()), rng)
                    zeros = min(rng.randint(1, 31) * MIB, self.size - out.tell())
                    for _ in range(zeros // MIB):
                        out.write(bytes(MIB))
                    out.write(bytes(zeros % MIB))
        finally:
            tar.stdout.close()
            tar.kill()
            tar.wait()
        os.utime(self.image, (MTIME, MTIME))
        self.make_edited()
        return "sorted tar of /usr/bin and /usr/lib with zero runs of 1-31 MiB"

    def make_edited(self):
        rng = random.Random(SEED + 1)
        with open(self.image, "rb") as source, open(self.edited, "wb") as out:
            out.write(source.read(1_000_003))
            out.write(rng.randbytes(10))
            shutil.copyfileobj(source, out, MIB)
            for _ in range(20 if self.quick else 200):
                length = rng.randint(4 << 10, 64 << 10)
                out.seek(rng.randrange(self.size - length))
                out.write(rng.randbytes(length))
        os.utime(self.edited, (MTIME + 86_400, MTIME + 86_400))

    def has_variant(self):
        return True

    def apply_variant(self):
        if not os.path.exists(self.original):
            os.rename(self.image, self.original)
            os.rename(self.edited, self.image)

    def undo_variant(self):
        if os.path.exists(self.original):
            if os.path.exists(self.image):
                os.rename(self.image, self.edited)
            os.rename(self.original, self.image)


class Incompressible(Corpus):
    name = "rand"

    def make(self):
        size = (2048 if not self.quick else 205) * MIB
        target = os.path.join(self.path, "random.bin")
        if shutil.which("openssl"):
            cipher = subprocess.Popen(["openssl", "enc", "-aes-256-ctr", "-nosalt", "-K", "42" * 32, "-iv", "17" * 16,
                                       "-in", "/dev/zero"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            with open(target, "wb") as out:
                copy(cipher.stdout, out, size, random.Random(SEED))
            cipher.stdout.close()
            cipher.kill()
            cipher.wait()
            kind = "AES-256-CTR key stream"
        else:
            rng = random.Random(SEED)
            with open(target, "wb") as out:
                for _ in range(size // MIB):
                    out.write(rng.randbytes(MIB))
            kind = "Mersenne Twister output"
        os.utime(target, (MTIME, MTIME))
        return kind


ALL = {corpus.name: corpus for corpus in (SourceTree, DiskImage, Incompressible)}


def copy(source, out, length, rng):
    """Copies so many bytes; text of our own follows when the source is exhausted (a small /usr)."""
    while length > 0:
        block = source.read(min(MIB, length))
        if not block:
            block = make_text(rng, 64 << 10)[:length]
        out.write(block)
        length -= len(block)


WORDS = None


def make_text(rng, length):
    """Text that compresses about as well as source code does: lines from a vocabulary, common ones more often."""
    global WORDS
    if WORDS is None:
        words = random.Random(SEED)
        stems = ["".join(words.choice("etaoinsrhldcumfpgwybvkxjqz_") for _ in range(words.randint(2, 11)))
                 for _ in range(6000)]
        WORDS = [("\t" * words.randint(0, 3) + " ".join(stems[int(len(stems) * words.random() ** 3)]
                  for _ in range(words.randint(1, 8))) + words.choice([";", "", " {", "(", ");", ","]) + "\n").encode()
                 for _ in range(60_000)]
    lines = len(WORDS)
    base = rng.randrange(lines)
    # Files of a tree share little with each other but much with themselves: stay near a place of the vocabulary.
    picks = [WORDS[(base + int(4000 * rng.random() ** 3)) % lines] for _ in range(length // 30 + 1)]
    return b"".join(picks)[:length]


def generate_tree(path, files):
    """Directories of about 16 files, four levels deep, sizes log-normal around 5 KB with a mean of about 16 KB."""
    rng = random.Random(SEED)
    for number in range(files):
        group = number // 16
        folder = os.path.join(path, f"d{group % 24:02d}", f"part{group // 24 % 16}", f"module{group // 384}")
        if number % 16 == 0:
            os.makedirs(folder, exist_ok=True)
        size = min(int(rng.lognormvariate(8.5, 1.55)), 4 * MIB)
        name = os.path.join(folder, f"file{number % 16}." + rng.choice(["c", "h", "rst", "S", "txt"]))
        with open(name, "wb") as out:
            out.write(make_text(rng, size))
        os.utime(name, (MTIME - number, MTIME - number))


def edit_text(path, rng):
    """What an editor does: a line more somewhere, a line less elsewhere."""
    with open(path, "rb") as file:
        lines = file.read().split(b"\n")
    lines.insert(rng.randrange(len(lines) + 1), b"changed " + rng.randbytes(12).hex().encode())
    if len(lines) > 3:
        del lines[rng.randrange(len(lines))]
    with open(path, "wb") as file:
        file.write(b"\n".join(lines))


def regular_files(path):
    for folder, names, files in os.walk(path):
        names.sort()
        for name in sorted(files):
            full = os.path.join(folder, name)
            if not os.path.islink(full):
                yield full


def measure_tree(path):
    """Counts and one digest over names and contents in a fixed order."""
    digest, files, size, folders, links = hashlib.sha256(), 0, 0, 0, 0
    for folder, names, entries in os.walk(path):
        names.sort()
        folders += 1
        for name in sorted(entries):
            full = os.path.join(folder, name)
            digest.update(os.path.relpath(full, path).encode("utf-8", "surrogateescape") + b"\0")
            if os.path.islink(full):
                links += 1
                digest.update(os.readlink(full).encode("utf-8", "surrogateescape") + b"\0")
                continue
            files += 1
            with open(full, "rb") as file:
                while block := file.read(MIB):
                    digest.update(block)
                    size += len(block)
    return {"files": files, "directories": folders, "links": links, "bytes": size, "sha256": digest.hexdigest()}


def warm(path):
    """Reads everything once, so that every tool finds the same page cache."""
    buffer = bytearray(MIB)
    for full in regular_files(path):
        with open(full, "rb", buffering=0) as file:
            while file.readinto(buffer):
                pass
