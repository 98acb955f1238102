"""What was measured, as Markdown tables."""
import math
import statistics

from .programs import NAMES, PICTURE_PEERS

# What is promised, by villages: the faster of Mapnik and QGIS takes so many times as long; megabytes at most.
FASTER = {"cold": {4169: 3.5, 70000: 5, 690000: 5}, "warm": {4169: 4, 70000: 12, 690000: 30}}
MEMORY = {"cold": {4169: 250, 70000: 500, 690000: 1500}, "warm": {4169: 200, 70000: 300, 690000: 600}}


def median(results, key):
    return statistics.median(r[key] for r in results)


def span(values, digits):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def verdict(met):
    return "met" if met else "**not met**"


def faster_peer(times):
    """Median seconds of the faster peer; None when no peer drew."""
    return min((median(times[name], "wall") for name in PICTURE_PEERS if name in times), default=None)


def speed_cells(who, count, results, peer):
    if who in PICTURE_PEERS or peer is None:
        return ["", ""]
    ratio, bar = peer / median(results, "wall"), FASTER[who].get(count)
    return [f"{ratio:.2f}", "" if bar is None else f"≥ {bar}: {verdict(ratio >= bar)}"]


def memory_cell(who, count, results):
    bar = MEMORY.get(who, {}).get(count)
    return "" if bar is None else f"≤ {bar}: {verdict(max(r['mb'] for r in results) <= bar)}"


def row(cells):  # a failure may say anything
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def header(*names):
    return [row(names), "|" + "---|" * len(names)]


def picture_row(who, count, results, peer):
    return row([f"{count:,}", NAMES[who], span([r["wall"] for r in results], 2), f"{median(results, 'cpu'):.2f}",
                *speed_cells(who, count, results, peer), span([r["mb"] for r in results], 0), memory_cell(who, count, results)])


def pictures(all_sizes):
    lines = header("villages", "program", "seconds, median (min–max)", "processor seconds", "faster of Mapnik and QGIS / it", "bar",
                   "peak MB", "bar (highest)")
    for count, measured in all_sizes.items():
        times, peer = measured["pictures"]["times"], faster_peer(measured["pictures"]["times"])
        lines += [picture_row(who, count, times[who], peer) for who in times]
        lines += [row([f"{count:,}", NAMES[who], why, "", "", "", "", ""]) for who, why in measured["pictures"]["failed"].items()]
    return "\n".join(lines)


def packs(all_sizes):
    lines = header("villages", "`battlemap pack`, seconds, once", "processor seconds", "peak MB", "pack, MB", "source, MB")
    for count, measured in all_sizes.items():
        p = measured["pack"]
        lines.append(row([f"{count:,}", f"{p['wall']:.2f}", f"{p['cpu']:.2f}", f"{p['mb']:.0f}", f"{p['file_mb']:.1f}",
                          f"{measured['source_mb']:.1f}"]))
    return "\n".join(lines)


def moved_row(count, name, results):
    if isinstance(results, str):
        return row([f"{count:,}", name, results, "", ""])
    frames = [ms for r in results for ms in r["frames_ms"]]
    return row([f"{count:,}", name, span([r["idle_s"] for r in results], 2), span(frames, 1), f"{median(results, 'mb'):.0f}"])


def moved(all_sizes):
    lines = header("villages", "program", "first picture, seconds", "exact picture after a move, ms: median (min–max)", "peak MB")
    for count, measured in all_sizes.items():
        lines += [moved_row(count, name, results) for name, results in measured["interactive"].items()]
    return "\n".join(lines)


def figures_of(measured):
    """Every figure of ours for one coverage, by name."""
    found = {}
    for who, results in measured["pictures"]["times"].items():
        if who not in PICTURE_PEERS:
            found[f"{who} picture, seconds"] = median(results, "wall")
            found[f"{who} picture, processor seconds"] = median(results, "cpu")
            found[f"{who} picture, peak MB"] = median(results, "mb")
    found["packing, seconds"], found["packing, peak MB"] = measured["pack"]["wall"], measured["pack"]["mb"]
    found["pack, MB"] = measured["pack"]["file_mb"]
    for name, results in measured["interactive"].items():
        if name.startswith("battlemap") and not isinstance(results, str):
            found[f"{name}, ms after a move"] = statistics.median(ms for r in results for ms in r["frames_ms"])
    return found


def slope(small, large, low, high):
    """The exponent of the power of n that goes through both ends."""
    return math.log(high / low) / math.log(large / small)


def growth(all_sizes):
    """Empty when there is but one size."""
    small, large = min(all_sizes), max(all_sizes)
    if small == large:
        return ""
    low, high = figures_of(all_sizes[small]), figures_of(all_sizes[large])
    limit = slope(small, large, small * math.log(small), large * math.log(large))
    lines = header("figure", f"{small:,}", f"{large:,}", "exponent", f"n log n has {limit:.2f}")
    for name in (n for n in low if n in high):
        exponent = slope(small, large, low[name], high[name])
        lines.append(row([name, f"{low[name]:.2f}", f"{high[name]:.2f}", f"{exponent:.2f}",
                          "not above" if exponent <= limit else "**above**"]))
    vertices = slope(small, large, all_sizes[small]["source_mb"], all_sizes[large]["source_mb"])
    return "\n".join(lines + ["", f"The source itself grows with exponent {vertices:.2f}: villages of large coverages have fewer vertices."])


def renderers(all_sizes):
    """What the browser drew by, as it says."""
    for measured in all_sizes.values():
        results = measured["interactive"].get(NAMES["maplibre"], "")
        if results and not isinstance(results, str):
            return f"The browser draws by: {results[0]['renderer']}."
    return ""


def titled(title, text):
    return [title, text] if text else []


def whole(machine, all_sizes):
    were_moved = any(measured["interactive"] for measured in all_sizes.values())
    parts = [machine, pictures(all_sizes), *titled("Packing:", packs(all_sizes)),
             *titled("Shown and moved, 1920 x 1080, full extent:", moved(all_sizes) if were_moved else ""), renderers(all_sizes),
             *titled("Growth of our figures with the number n of villages, as a power of n:", growth(all_sizes))]
    return "\n\n".join(part for part in parts if part)
