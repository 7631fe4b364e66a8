"""Runs a command and says what it cost: wall clock, CPU of the whole process tree, peak memory, foreign CPU."""
import os
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """A command ended with a code that is not success."""


def busy_seconds():
    """CPU seconds the whole machine has spent, idle and waiting not counted (proc(5): user nice system . . irq softirq)."""
    try:
        with open("/proc/stat", encoding="ascii") as file:
            fields = [int(field) for field in file.readline().split()[1:]]
    except OSError:
        return 0.0
    return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) / TICK


def tree_size(path):
    """Bytes of all files below a directory."""
    total = 0
    for folder, _, files in os.walk(path):
        for name in files:
            total += os.lstat(os.path.join(folder, name)).st_size
    return total


def run(command, env, log, cwd=None, accept=(0,)):
    """Runs to the end; returns a dictionary of measurements.

    User and system time are those of the child and all its descendants that were waited for; peak memory is that of
    the largest single process among them (what wait4 reports), not the sum.
    """
    os.sync()
    with open(log, "ab") as out:
        out.write(f"$ {' '.join(command)}\n".encode())
        out.flush()
        busy = busy_seconds()
        start = time.monotonic()
        child = subprocess.Popen(command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        busy = busy_seconds() - busy
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in accept:
        raise Failed(f"{command[0]} ended with {child.returncode}; its output is in {log}")
    cpu = usage.ru_utime + usage.ru_stime
    return {"wall": wall, "user": usage.ru_utime, "sys": usage.ru_stime, "cpu": cpu,
            "rssMiB": usage.ru_maxrss / 1024, "foreignCpu": max(0.0, busy - cpu)}
