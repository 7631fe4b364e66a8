#!/usr/bin/env python3
"""Makes pictures of every part, editor page, wizard and dialog of the packaged console: ./holdfast screenshots DIR

A vault node with simulated agents that live, and a real agent with a recovery point; the console is started once for each
language (English, Japanese) and theme (light, dark), and for dialogs once more at 150 and 200 %. A folder of DIR for each of
them has its pictures and a file cut.txt: texts that do not fit where they are, windows that do not fit the screen. Needs
Xvfb, openbox, x11-utils and a Japanese font (fonts-noto-cjk or another).
"""
import argparse
import os
import shutil
import signal
import subprocess
import sys

import console
import corpora
import fleet
import measure
import node
import tools

say = corpora.say
VARIANTS = {  # folder: language, theme, parts, size of the screen, environment
    "en-light": ("en", "light", True, "1600x1000", {}),
    "en-dark": ("en", "dark", True, "1600x1000", {}),
    "ja-light": ("ja", "light", True, "1600x1000", {}),
    "ja-dark": ("ja", "dark", True, "1600x1000", {}),
    "en-150": ("en", "light", False, "1920x1200", {"GDK_DPI_SCALE": "1.5"}),
    "ja-150": ("ja", "light", False, "1920x1200", {"GDK_DPI_SCALE": "1.5"}),
    "en-200": ("en", "light", False, "2560x1600", {"GDK_DPI_SCALE": "2"}),
    "ja-200": ("ja", "light", False, "2560x1600", {"GDK_DPI_SCALE": "2"}),
}
FOLDERS = {"etc": ("hosts", "fstab", "app.conf"), "srv/www": ("index.html", "style.css", "logo.svg"),
           "srv/mail/anna": ("inbox", "sent", "drafts"), "home/anna/letters": ("2025.txt", "2026.txt", "answer.odt")}


def arguments():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    parser = argparse.ArgumentParser(prog="holdfast screenshots", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", metavar="DIR", help="where to keep them")
    parser.add_argument("--only", default="", metavar="NAME[,NAME]", help="of " + ", ".join(VARIANTS))
    parser.add_argument("--agents", type=int, default=39, metavar="N", help="simulated (default: %(default)s)")
    parser.add_argument("--dir", default=os.path.join(cache, "holdfast", "bench"), help="where to work (default: %(default)s)")
    args = parser.parse_args()
    args.java_options, args.files, args.events = "", 0, 3
    args.only = args.only.split(",") if args.only else list(VARIANTS)
    return args


class Run(console.Run):
    def all(self):
        self.product()
        os.makedirs(self.home)
        self.fleet()
        server = self.large_point()
        self.furnish()
        cut = 0
        for name in self.args.only:
            cut += self.variant(name, server)
        say(f"{cut} texts or windows are cut" if cut else "nothing is cut")
        return cut

    def furnish(self):
        """Policies, accounts, notifications: what an administrator makes in the first week."""
        words = ["--item", "/etc", "--item", "/srv", "--exclude", "*.tmp", "--daily-at", "22:00", "--keep-daily", "30",
                 "--keep-monthly", "12", "--work-hours", "mon-fri 9:00-18:00", "--work-rate", "20"]
        self.cli("policy", "create", "daily", "--description", "Every evening", *words)
        self.cli("policy", "create", "databases", "--item", "/var/lib/dump", "--daily-at", "02:00", "--keep-last", "14")
        self.cli("policy", "assign", "daily", "--default")
        self.cli("notify", "target", "set", "office", "--kind", "mail", "--setting", "host=mail.example.org", "--setting",
                 "from=vault@example.org", "--setting", "to=anna@example.org,ben@example.org")
        self.cli("notify", "target", "set", "on-call", "--kind", "mail", "--setting", "host=mail.example.org", "--setting",
                 "from=vault@example.org", "--setting", "to=night@example.org")
        self.cli("notify", "rule", "set", "everything", "--target", "office", "--repeat", "24h")
        self.cli("notify", "rule", "set", "night", "--target", "on-call", "--severity", "critical", "--repeat", "4h")
        self.cli("job", "start", "backup", self.server)

    def make_files(self, data):
        for folder, files in FOLDERS.items():
            for part in ("deep", "wide"):
                os.makedirs(os.path.join(data, part, folder))
                for file in files:
                    with open(os.path.join(data, part, folder, file), "w", encoding="utf-8") as out:
                        out.write(f"This is {file}.\n" * 40)

    def variant(self, name, server):
        language, theme, parts, size, variables = VARIANTS[name]
        say(name)
        folder = os.path.join(os.path.abspath(self.args.pictures), name)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        self.home = self.path("home-" + name)
        os.makedirs(self.home)
        self.display = console.Display(self.work, size)
        try:
            shown = console.Console(self, {
                "address": f"127.0.0.1:{self.vault.port}", "fingerprint": self.vault.fingerprint(), "user": self.user,
                "password": self.secret("password", console.PASSWORD), "servers": self.args.agents + 1, "server": server,
                "passphrase": self.secret("passphrase", tools.PASSPHRASE), "theme": theme, "parts": str(parts).lower(),
                "name": self.name}, folder, ["-nl", language], variables)
            shown.listen(None, 300)
        finally:
            self.display.close()
            self.display = None
        with open(os.path.join(folder, "cut.txt"), encoding="utf-8") as file:
            lines = file.read().splitlines()
        for line in lines:
            say("  " + line)
        # A cell may be longer than its column, which a person widens; a title or a label may not.
        return sum(' cuts "' not in line for line in lines)


def main():
    args = arguments()
    if "HOLDFAST_TOUR" not in os.environ:
        raise measure.Failed("start it with ./holdfast screenshots")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    fleet.more_files()
    work = node.work_folder(args.dir)
    run = Run(args, work)
    try:
        return 1 if run.all() else 0
    finally:
        run.close()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (measure.Failed, OSError, subprocess.CalledProcessError) as problem:
        say(f"screenshots: {problem}")
        sys.exit(1)
