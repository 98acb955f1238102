"""Programs that show a map and let it be moved: the first picture, and the exact one after each move, at 1920x1080."""
import json
from pathlib import Path

from . import maplibre
from .processes import Failed, run
from .programs import NAMES, PEERS, PYTHON, draw, lacking

SIZE = (1920, 1080)
FRAMES = 20


def ours(battlemap, part, scratch):
    """The first picture is that of the whole process with a pack, the others bench_parts draws."""
    program = Path(battlemap.program).parent / "tests/bench/bench_parts"
    if not program.exists():
        raise Failed("no bench_parts beside the program: cmake -DBATTLEMAP_BENCH=ON")
    first = draw("warm", battlemap, SIZE, scratch / "first.png")
    moved = run([str(program), part, str(battlemap.folder), str(FRAMES)])
    return {"idle_s": first["wall"], "frames_ms": [float(t) for t in moved["said"].split()], "mb": moved["mb"]}


def qgis(battlemap):
    if why := lacking("qgis"):
        raise Failed(why)
    result = run([PYTHON, str(PEERS / "qgis_redraw.py"), str(battlemap.folder), str(FRAMES // 2)])
    return {**json.loads(result["said"].strip().splitlines()[-1]), "mb": result["mb"]}


def web(battlemap, count, folder, scratch):
    if count > maplibre.MOST_VILLAGES:
        raise Failed("not tried: it holds all as GeoJSON")
    if why := maplibre.reason_not():
        raise Failed(why)
    if not (folder / "settings.json").exists():
        maplibre.prepare(battlemap.folder, folder)
    return maplibre.show(folder, FRAMES, scratch / "maplibre.png")


def measure(battlemap, count, peers, rounds, scratch):
    """{name: [result, ...] or why it has none}. By turns, as often as `rounds`."""
    ways = {"battlemap, map alone": lambda: ours(battlemap, "map", scratch),
            "battlemap, whole sheet": lambda: ours(battlemap, "sheet", scratch)}
    if "qgis" in peers:
        ways[NAMES["qgis"]] = lambda: qgis(battlemap)
    if "maplibre" in peers:
        ways[NAMES["maplibre"]] = lambda: web(battlemap, count, scratch / f"web-{count}", scratch)
    found = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            if not isinstance(found[name], str):
                found[name] = turn(name, way, found[name])
    return found


def turn(name, way, before):
    try:
        result = way()
    except Failed as failure:
        print(f"  {name}: {failure}", flush=True)
        return str(failure)
    print(f"  {name:22} first {result['idle_s']:6.2f} s, moved {sorted(result['frames_ms'])[len(result['frames_ms']) // 2]:8.1f} ms",
          flush=True)
    return before + [result]
