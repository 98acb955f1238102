"""Whole programs by turns: open, classify, draw the villages, write a PNG of 3840x2160."""
from .processes import Failed
from .programs import NAMES, draw, lacking

SIZE = (3840, 2160)


class Turns:
    """One coverage's rounds. A peer that is missing or fails is left out from then on, and the reason kept."""

    def __init__(self, battlemap, scratch):
        self.battlemap, self.scratch = battlemap, scratch
        self.times, self.failed = {}, {}

    def round(self, who, counts):
        for name in who:
            if name not in self.failed:
                self.turn(name, counts)

    def turn(self, name, counts):
        try:
            result = draw(name, self.battlemap, SIZE, self.scratch / f"{name}.png")
        except Failed as failure:
            self.failed[name] = str(failure)
            print(f"  {NAMES[name]}: {failure}", flush=True)
            return
        print(f"  {NAMES[name]:16} {result['wall']:7.2f} s {result['mb']:6.0f} MB", flush=True)
        if counts:
            self.times.setdefault(name, []).append({key: result[key] for key in ("wall", "cpu", "mb")})


def measure(battlemap, peers, rounds, scratch):
    """{"times": {name: [...]}, "failed": {name: why}}. One round before does not count: it fills the caches."""
    turns = Turns(battlemap, scratch)
    turns.failed = {peer: why for peer in peers if (why := lacking(peer))}
    for number in range(rounds + 1):
        print(f" round {number}", flush=True)
        turns.round(["cold", "warm"] + peers, number > 0)
    for name in turns.failed:
        turns.times.pop(name, None)
    return {"times": turns.times, "failed": turns.failed}
