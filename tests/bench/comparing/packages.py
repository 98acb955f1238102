"""Debian packages: which are there, and how the missing ones get there when the user asks for it."""
import os
import subprocess


def installed(package):
    """Its version; empty when it is not installed."""
    answer = subprocess.run(["dpkg-query", "-W", "-f", "${Status} ${Version}", package], capture_output=True, text=True)
    return answer.stdout.split()[3] if answer.stdout.startswith("install ok installed") else ""


def missing(packages):
    return [p for p in packages if not installed(p)]


def install(packages):
    """Throws CalledProcessError when apt-get cannot."""
    if not packages:
        return
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run(sudo + ["apt-get", "install", "-y", "--no-install-recommends"] + packages, check=True,
                   stdout=subprocess.DEVNULL)
