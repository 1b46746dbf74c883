"""avro-consumer with each output, against itself, and against kcat and Java's ConsumerPerformance, which do not decode Avro."""

import peers
from harness import in_turn, kafka_home, measure, median, ratio, sandbox, seconds

JAVA = "Java's ConsumerPerformance, which only counts"


def measure_consumers(report, tools, ready, folder, events, repeat):
    with sandbox(tools, folder / "consume", "--kafka-home", kafka_home()) as box:
        measure([tools / "avro-producer", "-c", box / "config.toml", "-e", str(events // 8), "-d", "0", "--quiet"])
        known = peers.connection(box)

        def consume(*options, build=tools):
            return lambda: measure(
                [build / "avro-consumer", "-c", box / "config.toml", "--from", "beginning", "--partition", "0,1", "--no-commit", "--exit-at-end",
                 *options])

        pictures(report, in_turn(repeat, **{
            "--quiet": consume("--quiet"),
            "--quiet --plot FILE": consume("--quiet", "--plot", str(folder / "plot.png")),
            "--quiet --live": consume("--quiet", "--live")}), events)
        contenders = {
            "--quiet": consume("--quiet"), "text": consume(), "-o json": consume("-o", "json"), "-o csv": consume("-o", "csv"),
            "text, ReadyToRun": consume(build=ready), "-o json, ReadyToRun": consume("-o", "json", build=ready)}
        if kcat := peers.kcat():
            settings = [word for name, value in known.items() for word in ("-X", f"{name}={value}")]

            def cat(*options):
                return lambda: measure([kcat, "-C", "-t", "temperature", "-o", "beginning", "-e", "-q", *settings, *options])

            contenders["kcat -f, three lines an event"] = cat("-f", "%k\n%T\n%s\n")
            contenders["kcat -J"] = cat("-J")
        contenders[JAVA] = lambda: measure(peers.java(
            "ConsumerPerformance", "--topic", "temperature", "--num-records", str(events), "--bootstrap-server",
            known["bootstrap.servers"], "--command-config", peers.java_settings(known, box, folder)))
        outputs(report, in_turn(repeat, **contenders), events)


def pictures(report, runs, events):
    plain = runs["--quiet"]
    report.table(
        f"Consuming {events:,} events of 8 sensors, with and without a picture",
        ["avro-consumer", "events/s", "CPU s/million", "peak MB", "× events/s without"],
        [[name, f"{median(some, lambda r: events / seconds(r)):,.0f}", f"{median(some, lambda r: r.cpu / events * 1e6):.2f}",
          f"{max(r.peak for r in some):.0f}", f"{ratio(plain, some, seconds):.2f}"] for name, some in runs.items()])


def outputs(report, runs, events):
    text, json = "kcat -f, three lines an event", "kcat -J"
    against = {"--quiet": JAVA, "text": text, "text, ReadyToRun": text, "-o json": json, "-o json, ReadyToRun": json}
    report.table(
        f"Consuming {events:,} events of 8 sensors to /dev/null",
        ["", "CPU s/million", "peak MB", "the peer's CPU / ours"],
        [[name, f"{median(some, lambda r: r.cpu / events * 1e6):.2f}", f"{max(r.peak for r in some):.0f}",
          f"{ratio(runs[against[name]], some, lambda r: r.cpu):.2f}" if against.get(name) in runs else ""] for name, some in runs.items()])
