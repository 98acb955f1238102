"""Runs a program to its end and tells what it took."""
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path


class Failed(Exception):
    """A program that cannot be measured; the message says why, in a line."""


def parents():
    """Each process of the machine and its parent."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            pass  # it has ended meanwhile
    return found


def tree_of(root):
    known, above = {root}, parents()
    while True:
        more = {p for p, parent in above.items() if parent in known} - known
        if not more:
            return known
        known |= more


def shared_out_mb(root):
    """Memory of a process and all below it, pages that several share counted once."""
    total = 0
    for process in tree_of(root):
        try:
            text = Path(f"/proc/{process}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])
        except (OSError, TypeError):
            pass
    return total / 1024


class TreeWatch:
    """Peak memory of a tree of processes, looked at four times a second."""

    def __init__(self, root):
        self.root, self.peak, self.stop = root, 0, threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()

    def look(self):
        while not self.stop.wait(0.25):
            self.peak = max(self.peak, shared_out_mb(self.root))

    def end(self):
        self.stop.set()
        self.thread.join()
        return self.peak


def end_tree(root):
    """Ends a process of ours that still runs, and all below it: browsers live in groups of their own."""
    for process in tree_of(root):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it said nothing"


def run(command, environment=None, patience=900, whole_tree=False):
    """Wall-clock seconds, processor seconds, peak memory in MB (of the process, or of all below it too) and what it printed.
    Throws Failed: it cannot be started, ended with an error, or was ended after `patience` seconds."""
    begin = time.monotonic()
    try:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   start_new_session=True)
    except OSError as error:
        raise Failed(f"{command[0]}: {error.strerror}") from error
    watch = TreeWatch(process.pid) if whole_tree else None
    late = threading.Event()
    clock = threading.Timer(patience, lambda: (late.set(), end_tree(process.pid)))
    clock.start()
    try:
        said = process.stdout.read().decode(errors="replace")
        clock.cancel()
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:  # the user's Ctrl-C does not reach a session of its own
        clock.cancel()
        end_tree(process.pid)
        raise
    finally:
        peak = watch.end() if watch else 0
    wall = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if late.is_set():
        raise Failed(f"ended after {patience} s")
    if process.returncode != 0:
        raise Failed(f"ended with {process.returncode}: {last_line(said)}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "mb": peak or usage.ru_maxrss / 1024, "said": said}
