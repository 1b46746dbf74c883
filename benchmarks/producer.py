"""avro-producer against Confluent.Kafka's Produce in a bare loop, librdkafka's in C, Java's ProducerPerformance, and the tutorial's Python."""

import peers
from harness import in_turn, kafka_home, measure, median, ratio, sandbox, seconds

SENSORS = 8
# The value of an event of sensor0: 5 bytes of framing, a long of 6, "sensor0" with its length, a double.
VALUE_SIZE = 5 + 6 + 8 + 8

REAL, EMBEDDED = "one real broker over TLS", "the embedded Kafka over TLS"


def measure_producers(report, tools, ready, folder, events, repeat, broker):
    """One table: the tool and its peers on one broker."""
    is_real = broker == REAL
    with sandbox(tools, folder / broker.replace(" ", "-"), *(("--kafka-home", kafka_home()) if is_real else ())) as box:
        known = peers.connection(box)
        settings = peers.words({**known, **peers.PRODUCER})
        steps = events // SENSORS

        def run(*command, **more):
            return lambda: measure(command, keep=True, environment=more)

        def produce(build):
            return run(build / "avro-producer", "-c", box / "config.toml", "-e", str(steps), "-d", "0", "--quiet")

        contenders = {"avro-producer": produce(tools), "avro-producer, ReadyToRun": produce(ready)}
        contenders["Confluent.Kafka, bare loop"] = run(
            peers.net("confluent", folder) / "bare-producer", "temperature", "1", str(SENSORS), str(steps), *settings)
        if peers.has_gcc():
            loop = [peers.c_producer(tools, folder), "temperature", "1", str(SENSORS), str(steps), *settings]
            contenders["librdkafka, loop in C"] = run(*loop)
            contenders["librdkafka, loop in C, mimalloc"] = run(*loop, LD_PRELOAD=str(tools / "libmimalloc.so.2"))
        if is_real:
            # Apache Kafka's own tool sends neither key nor header.
            contenders["Java's ProducerPerformance, no key, no header"] = run(*peers.java(
                "ProducerPerformance", "--topic", "temperature", "--num-records", str(steps * SENSORS), "--record-size", str(VALUE_SIZE),
                "--throughput", "-1", "--command-config", peers.java_settings(known, box, folder), "--command-property", "acks=all", "enable.idempotence=true"))
        runs = in_turn(repeat, **contenders)
        sizes = dict.fromkeys(runs, events)
        if python := peers.python():
            # Fewer events: it would take minutes otherwise.
            loop = [python, peers.ROOT / "benchmarks/peers/tutorial/produce.py", "temperature", str(SENSORS), str(steps // 20), *settings]
            for name, command in {"Python's client, nothing printed": loop, "the tutorial's own loop in Python, a line an event": [*loop, "--print"]}.items():
                sizes[name] = events // 20
                runs[name] = in_turn(repeat, it=run(*command))["it"]
        report.table(
            f"Producing {events:,} events of {SENSORS} sensors to {broker}",
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
