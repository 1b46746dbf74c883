"""How the tools grow with the events, the sensors and the partitions: tables, and curves in docs/."""

import json
import re
import subprocess
from dataclasses import dataclass

from harness import ROOT, in_turn, kafka_home, measure, median, sandbox
from load import topic_of

EVENTS = (10_000, 100_000, 1_000_000, 10_000_000)
SENSORS = (8, 100, 1_000, 10_000, 100_000)
PARTITIONS = (1, 2, 4, 8, 12)


@dataclass
class Point:
    """The parameters of one measured point of an axis."""

    value: int
    events: int
    sensors: int = 8
    partitions: int = 2


def measure_growth(report, tools, folder, events, repeat):
    axes = {
        "events": [Point(n, n) for n in EVENTS],
        "sensors": [Point(n, events, sensors=n) for n in SENSORS],
        "partitions": [Point(n, events, partitions=n) for n in PARTITIONS]}
    with sandbox(tools, folder / "growth", "--kafka-home", kafka_home()) as box:
        for axis, points in axes.items():
            runs = [at(tools, box, axis, point, repeat) for point in points]
            lines = [Line(tool, points, [some[tool] for some in runs]) for tool in ("avro-producer", "avro-consumer")]
            of = "" if axis == "events" else f", {events:,} events"
            report.table(
                f"Growth with the {axis}{of}", [f"tool, {axis}", "events/s, start included", "CPU s/million", "peak MB", "heap MB at the end", "GC 0, 1, 2"],
                [row for line in lines for row in line.rows()])
            draw(axis, lines, folder)
            report.picture(f"growth-{axis}.png", f"Events per second and memory against the {axis}")


def at(tools, box, axis, point, repeat):
    """The tools in turn; what the producer adds, the consumer reads from the beginning, as many events."""
    config = topic_of(tools, box, f"{axis}-{point.value}", point.partitions)
    partitions = ",".join(map(str, range(point.partitions)))
    produce = [tools / "avro-producer", "-c", config, "-s", point.sensors, "-e", point.events // point.sensors, "-d", "0", "--quiet", "-v"]
    consume = [tools / "avro-consumer", "-c", config, "--from", "beginning", "--partition", partitions, "--no-commit", "-n",
               point.events // point.sensors * point.sensors, "--quiet", "-v"]
    return in_turn(repeat, **{"avro-producer": lambda: measure(produce), "avro-consumer": lambda: measure(consume)})


class Line:
    """One tool along an axis."""

    def __init__(self, tool, points, runs):
        self.tool, self.points, self.runs = tool, points, runs
        self.rates = [median(some, lambda r, n=point.events: n / r.wall) for point, some in zip(points, runs)]
        self.peaks = [max(r.peak for r in some) for some in runs]

    def rows(self):
        for point, some, rate, peak in zip(self.points, self.runs, self.rates, self.peaks):
            collections, heap = garbage(some[-1])
            cpu = median(some, lambda r, n=point.events: r.cpu / n * 1e6)
            yield [f"{self.tool}, {point.value:,}", f"{rate:,.0f}", f"{cpu:.2f}", f"{peak:.0f}", heap, collections]


def garbage(run):
    """Collections and heap size that the tool logs at its end, with -v."""
    found = re.search(r"generation 0, 1, 2: (.*?); ([\d.]+) MB", run.output)
    return found[1], found[2]


def draw(axis, lines, folder):
    data = folder / f"{axis}.json"
    data.write_text(json.dumps({
        "axis": axis, "isLog": axis != "partitions",
        "lines": [{"name": line.tool, "x": [p.value for p in line.points], "rate": line.rates, "peak": line.peaks} for line in lines]}))
    subprocess.run(
        ["dotnet", "run", "-c", "Release", "--project", ROOT / "benchmarks/curves", "--", data, ROOT / f"docs/growth-{axis}.png"], check=True)
