"""A topic of 12 partitions, 1000 sensors, four consumers in one group: nothing lost, all in order, and how it scales."""

import json
import re
import subprocess
import tempfile

from harness import kafka_home, measure, sandbox, seconds, wait

PARTITIONS, SENSORS, MEMBERS = 12, 1000, 4


def measure_load(report, tools, folder, events):
    with sandbox(tools, folder / "load", "--kafka-home", kafka_home()) as box:
        config = topic_of(tools, box, "load", PARTITIONS)
        steps = events // SENSORS
        produced = measure([tools / "avro-producer", "-c", config, "-s", str(SENSORS), "-e", str(steps), "-d", "0", "--quiet"])
        rows = [["avro-producer", f"{events / seconds(produced):,.0f}", f"{produced.cpu / events * 1e6:.2f}", f"{produced.peak:.0f}"]]
        for members in (1, 2, MEMBERS):
            rows.append(consume(tools, config, members, events, steps))
        report.table(f"{events:,} events of {SENSORS:,} sensors on {PARTITIONS} partitions", ["", "events/s in all", "CPU s/million", "peak MB of one"], rows)


def topic_of(tools, box, name, partitions):
    """Makes a topic, and a configuration that names it."""
    text = (box / "config.toml").read_text()
    config = box / f"{name}.toml"
    config.write_text(re.sub(r"^topic = .*$", f"topic = '{name}'", text, flags=re.M))
    measure([tools / "hops-kafka", "setup", "-c", config, "--partitions", str(partitions)])
    return config


def consume(tools, config, members, events, steps):
    """Runs the members of a group side by side; what they read is verified by the events' steps."""
    command = [tools / "avro-consumer", "-c", config, "-g", f"load{members}", "--exit-at-end", "--verify", "-o", "json"]
    started = []
    for _ in range(members):
        log, data = tempfile.TemporaryFile("w+"), tempfile.TemporaryFile("w+")
        started.append((subprocess.Popen([str(word) for word in command], stdout=data, stderr=log), data, log))
    peaks, cpu, spans, sensors, read = [], 0.0, [], {}, 0
    for process, data, log in started:
        usage = wait(process)
        data.seek(0), log.seek(0)
        output = log.read()
        if process.returncode != 0:
            raise SystemExit(f"A member of {members} ended with exit code {process.returncode}:\n{output}")
        result = json.loads(data.read())
        read += result["events"]
        for sensor in result["sensors"]:
            if sensor["missing"] or sensor["out_of_order"]:
                raise SystemExit(f"Lost or out of order: {sensor}")
            sensors[sensor["sensor"]] = sensors.get(sensor["sensor"], 0) + sensor["events"]
        peaks.append(usage.ru_maxrss / 1024)
        cpu += usage.ru_utime + usage.ru_stime
        spans.append(float(re.search(r" in ([\d.]+) s[.,]", output).group(1)))
    if len(sensors) != SENSORS or min(sensors.values()) < steps:
        raise SystemExit(f"{len(sensors)} sensors, the least with {min(sensors.values())} of {steps} events: some are lost.")
    again = f", {read - events:,} read again" if read > events else ""
    return [f"{members} × avro-consumer --verify{again}", f"{events / max(spans):,.0f}", f"{cpu / events * 1e6:.2f}", f"{max(peaks):.0f}"]
