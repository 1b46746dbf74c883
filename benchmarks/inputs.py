"""avro-producer --input against kcat, which sends the same lines without encoding them, and Python's client with fastavro."""

import random

import peers
from harness import kafka_home, in_turn, measure, median, ratio, sandbox

KCAT = "kcat -P -l, the lines as they are"
HEADS = ["", "events/s", "CPU s/million", "peak MB", "ours × its events/s", "its CPU / ours"]


def measure_inputs(report, tools, folder, events, repeat):
    """One table: a file of sensor readings in each format."""
    json, csv, avro = folder / "readings.jsonl", folder / "readings.csv", folder / "readings.avro"
    write(json, csv, events)
    with sandbox(tools, folder / "inputs", "--kafka-home", kafka_home()) as box:
        config = ["-c", box / "config.toml"]
        settings = peers.words({**peers.connection(box), **peers.PRODUCER})

        def send(path):
            return lambda: measure([tools / "avro-producer", *config, "--input", path, "-q"], keep=True)

        send(json)()
        measure([tools / "avro-consumer", *config, "--from", "beginning", "--exit-at-end", "--no-commit", "-o", "avro", "--out", avro])
        contenders = {"avro-producer, JSON lines": send(json), "avro-producer, CSV": send(csv), "avro-producer, Avro file": send(avro)}
        if kcat := peers.kcat():
            contenders[KCAT] = lambda: measure([kcat, "-P", "-t", "temperature", *(word for s in settings for word in ("-X", s)), "-l", json])
        runs = in_turn(repeat, **contenders)
        sizes = dict.fromkeys(runs, events)
        if python := peers.python():
            # Fewer lines: it would take minutes otherwise.
            few = folder / "few.jsonl"
            sizes[name := "Python's client with fastavro, JSON lines"] = events // 20
            few.write_text("".join(json.open().readlines()[:events // 20]))
            runs[name] = in_turn(repeat, it=lambda: measure([python, peers.ROOT / "benchmarks/peers/lines/produce.py", "temperature", few, *settings], keep=True))["it"]
        report.table(f"Sending a file of {events:,} readings to one real broker over TLS", HEADS, [row(name, runs, sizes) for name in runs])


def write(json, csv, events):
    """The same readings as lines of JSON and as CSV."""
    numbers = random.Random(1)
    with json.open("w") as lines, csv.open("w") as rows:
        rows.write("timestamp,id,value\n")
        for i in range(events):
            time, sensor, value = 1764300000000 + i // 8, f"sensor{i % 8}", 20 + numbers.random() * 10
            lines.write(f'{{"timestamp":{time},"id":"{sensor}","value":{value!r}}}\n')
            rows.write(f"{time},{sensor},{value!r}\n")


def row(name, runs, sizes):
    """Start and end of the process included, because kcat prints no time of its own."""
    first = next(iter(runs))
    mine, other, events = runs[first], runs[name], sizes[name]
    cells = [name, f"{median(other, lambda r: events / r.wall):,.0f}", f"{median(other, lambda r: r.cpu / events * 1e6):.2f}", f"{max(r.peak for r in other):.0f}"]
    if name == first:
        return [*cells, "", ""]
    scale = sizes[first] / events
    return [*cells, f"{ratio(other, mine, lambda r: r.wall) * scale:.2f}", f"{ratio(other, mine, lambda r: r.cpu) * scale:.2f}"]
