"""Start-up time: against an empty console program, and until the first event is acknowledged."""

import peers
from harness import in_turn, kafka_home, measure, median, ratio, sandbox


def measure_starts(report, tools, ready, folder, repeat):
    empty = peers.net("empty", folder) / "empty"
    contenders = {"empty program": [empty]} | {
        f"{tool} {option}": [tools / tool, option] for tool in ("avro-producer", "avro-consumer", "hops-kafka") for option in ("--version", "--help", "--nonsense")}
    contenders["avro-producer --help, ReadyToRun"] = [ready / "avro-producer", "--help"]
    runs = in_turn(4 * repeat, **{name: (lambda c=command: measure(c, codes=(0, 2))) for name, command in contenders.items()})
    report.table(
        "Start-up, beside an empty program for .NET", ["", "ms", "× empty program"],
        [[name, f"{median(some, lambda r: r.wall) * 1000:.0f}", f"{ratio(some, runs['empty program'], lambda r: r.wall):.2f}"]
         for name, some in runs.items()])
    if peers.has_gcc():
        first_event(report, {"avro-producer": tools, "avro-producer, ReadyToRun": ready}, folder, repeat)


def first_event(report, builds, folder, repeat):
    tools = builds["avro-producer"]
    with sandbox(tools, folder / "first", "--kafka-home", kafka_home()) as box:
        settings = peers.words({**peers.connection(box), **peers.PRODUCER})
        c_program = peers.c_producer(tools, folder)
        commands = {"librdkafka, in C": [c_program, "temperature", "1", "1", "1", *settings]} | {
            name: [build / "avro-producer", "-c", box / "config.toml", "-e", "1", "-s", "1", "-d", "0"] for name, build in builds.items()}
        runs = in_turn(2 * repeat, **{name: (lambda c=command: measure(c)) for name, command in commands.items()})
        report.table(
            "One event, from the start to the end of the process", ["", "ms", "CPU ms", "× librdkafka, in C"],
            [[name, f"{median(some, lambda r: r.wall) * 1000:.0f}", f"{median(some, lambda r: r.cpu) * 1000:.0f}",
              f"{ratio(some, runs['librdkafka, in C'], lambda r: r.wall):.2f}"] for name, some in runs.items()])
