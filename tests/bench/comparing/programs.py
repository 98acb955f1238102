"""The programs that are compared: how each draws a coverage into a PNG file, and what it needs."""
import os
import struct
from pathlib import Path

from .packages import installed, missing
from .processes import Failed, run

ROOT = Path(__file__).resolve().parents[3]
PEERS = Path(__file__).resolve().parents[1] / "peers"
# A Python of the user's own, first on the path, would not have the packages.
PYTHON = "/usr/bin/python3"
PACKAGES = {"mapnik": ["python3-mapnik", "python3-numpy"], "qgis": ["python3-qgis", "qgis-providers"],
            "maplibre": ["chromium", "nodejs", "gdal-bin"]}
NAMES = {"cold": "battlemap, cold", "warm": "battlemap, warm", "mapnik": "Mapnik", "qgis": "QGIS", "maplibre": "MapLibre GL"}
PICTURE_PEERS = ("mapnik", "qgis")  # those that write picture files


def lacking(peer):
    """What a peer needs and is not there, in words; empty when it can run."""
    packages = missing(PACKAGES[peer])
    return f"not installed: {' '.join(packages)}" if packages else ""


def version(peer):
    return f"{NAMES[peer]} {installed(PACKAGES[peer][0])}"


def png_size(file):
    """Width and height of a PNG; (0, 0) when it is none."""
    try:
        head = file.read_bytes()[:24]
    except OSError:
        return 0, 0
    return struct.unpack(">II", head[16:24]) if head[:8] == b"\x89PNG\r\n\x1a\n" and len(head) == 24 else (0, 0)


class Battlemap:
    """Ours, over one coverage. Cold: the sources are read; warm: the pack made before is."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def environment(self, who):
        return {**os.environ, "BATTLEMAP_PACKS": "off"} if who == "cold" else dict(os.environ)

    def command(self, size, out):
        return [self.program, "render", str(self.folder), "--map", "poverty-rate", "--level", "village", "--year", "2016",
                "--theme", "paper", "--size", "{}x{}".format(*size), "--out", str(out)]

    def pack(self):
        """Packs the project beside it, whether it had a pack or not; what that took and the pack's MB."""
        first = run([self.program, "pack", str(self.folder)])
        if first["said"].startswith("up to date: "):
            Path(first["said"].removeprefix("up to date: ").rsplit("  ", 1)[0]).unlink()
            first = run([self.program, "pack", str(self.folder)])
        file = Path(first["said"].strip().splitlines()[-1].rsplit("  ", 1)[0])
        return {"wall": first["wall"], "cpu": first["cpu"], "mb": first["mb"], "file_mb": file.stat().st_size / 1e6}


def draw(who, battlemap, size, out):
    """Has `who` write the picture. Throws Failed, also when there is no picture of that size then."""
    out.unlink(missing_ok=True)
    if who in PICTURE_PEERS:
        result = run([PYTHON, str(PEERS / f"{who}_picture.py"), str(battlemap.folder), str(out)])
    else:
        result = run(battlemap.command(size, out), battlemap.environment(who))
    if png_size(out) != size:
        raise Failed(f"wrote no picture of {size[0]}x{size[1]}")
    return result
