"""MapLibre GL in Chromium without a window: what it needs, and one run of it."""
import csv
import json
import shutil
import sqlite3
import statistics
import subprocess

from .packages import install, missing
from .processes import Failed, run
from .programs import PACKAGES, PEERS, ROOT, lacking

FOLDER = ROOT / "build/compare/maplibre"  # the driver and the npm packages that package.json there pins
MOST_VILLAGES = 100_000  # it holds all as GeoJSON: a gigabyte and more of a nation's


def reason_not():
    """Why it cannot run; empty when it can."""
    if why := lacking("maplibre"):
        return why
    return "" if (FOLDER / "node_modules/maplibre-gl").exists() else "not installed: npm packages of tests/bench/peers/maplibre"


def install_all():
    """Debian's and npm's packages. Throws CalledProcessError."""
    npm = [] if shutil.which("npm") else ["npm"]
    install(missing(PACKAGES["maplibre"]) + npm)
    copy_driver()
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(FOLDER)], check=True, stdout=subprocess.DEVNULL)


def copy_driver():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file in ("package.json", "drive.mjs", "page.html"):
        shutil.copy(PEERS / "maplibre" / file, FOLDER)


def version():
    package = FOLDER / "node_modules/maplibre-gl/package.json"
    return f"MapLibre GL {json.loads(package.read_text())['version']}" if package.exists() else ""


def write_settings(source, file):
    """Where the coverage lies, and what parts it into five quantiles."""
    table = sqlite3.connect(f"file:{source}/village.gpkg?mode=ro", uri=True)
    west, south, east, north = table.execute("select min_x, min_y, max_x, max_y from gpkg_contents").fetchone()
    with open(source / "village.csv", newline="") as text:
        rates = [float(row["poor_rate"]) for row in csv.DictReader(text)]
    breaks = statistics.quantiles(rates, n=5)
    file.write_text(json.dumps({"bounds": [[west, south], [east, north]], "breaks": breaks}))


def prepare(source, folder):
    """The coverage as GeoJSON, of a tenth of a metre; not timed."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "village.geojson"
    target.unlink(missing_ok=True)
    run(["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=6", "-select", "poor_rate", str(target),
         str(source / "village.gpkg"), "village"])
    write_settings(source, folder / "settings.json")


def show(folder, frames, out):
    """One run over what prepare() made. Throws Failed."""
    copy_driver()
    result = run(["node", str(FOLDER / "drive.mjs"), str(folder), shutil.which("chromium"), str(frames), str(out)],
                 whole_tree=True)
    try:
        told = json.loads(result["said"].strip().splitlines()[-1])
    except (ValueError, IndexError) as error:
        raise Failed("the driver told no times") from error
    if told["problems"]:
        raise Failed(told["problems"][0][:200])
    return {**told, "mb": result["mb"]}
