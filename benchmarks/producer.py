"""avro-producer against Confluent.Kafka's Produce in a bare loop, librdkafka's in C, Java's ProducerPerformance, and the tutorial's Python."""

import peers
from harness import in_turn, measure, median, ratio, sandbox, seconds

SENSORS = 8
VALUE_SIZE = 27


def measure_producers(report, tools, folder, events, repeat, options, where):
    """One table: the tool and its peers on one broker."""
    with sandbox(tools, folder / f"produce-{len(options)}", *options) as box:
        settings = peers.words({**peers.connection(box), **peers.PRODUCER})
        steps = events // SENSORS

        def run(*command):
            return lambda: measure(command, keep=True)

        contenders = {"avro-producer": run(tools / "avro-producer", "-c", box / "config.toml", "-e", str(steps), "-d", "0", "--quiet")}
        contenders["Confluent.Kafka, bare loop"] = run(
            peers.net("confluent", folder) / "bare-producer", "temperature", "1", str(SENSORS), str(steps), *settings)
        if peers.has_gcc():
            contenders["librdkafka, loop in C"] = run(
                peers.c_producer(tools, folder), "temperature", "1", str(SENSORS), str(steps), *settings)
        if options:
            # Apache Kafka's own tool sends neither key nor header.
            contenders["Java's ProducerPerformance, no key, no header"] = run(*peers.java(
                "ProducerPerformance", "--topic", "temperature", "--num-records", str(steps * SENSORS), "--record-size", str(VALUE_SIZE),
                "--throughput", "-1", "--command-config", peers.java_settings(box, folder), "--command-property", "acks=all", "enable.idempotence=true"))
        runs = in_turn(repeat, **contenders)
        sizes = dict.fromkeys(runs, events)
        if python := peers.python():
            # Fewer events: it would take minutes otherwise.
            name = "tutorial's Python"
            sizes[name] = events // 20
            script = peers.ROOT / "benchmarks/peers/tutorial/produce.py"
            runs[name] = in_turn(repeat, it=run(python, script, "temperature", str(SENSORS), str(steps // 20), *settings))["it"]
        report.table(
            f"Producing {events:,} events of {SENSORS} sensors to {where}",
            ["", "events/s", "CPU s/million", "peak MB", "ours × its events/s", "its CPU / ours"],
            [row(name, runs, sizes) for name in runs])


def row(name, runs, sizes):
    mine, other, events = runs["avro-producer"], runs[name], sizes[name]
    cells = [name, f"{median(other, lambda r: events / seconds(r)):,.0f}", f"{median(other, lambda r: r.cpu / events * 1e6):.2f}",
             f"{max(r.peak for r in other):.0f}"]
    if name == "avro-producer":
        return [*cells, "", ""]
    scale = sizes["avro-producer"] / events
    return [*cells, f"{ratio(other, mine, seconds) * scale:.2f}", f"{ratio(other, mine, lambda r: r.cpu) * scale:.2f}"]
