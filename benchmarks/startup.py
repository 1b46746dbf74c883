"""What a start costs: beside an empty console program, and until the first event is acknowledged."""

import peers
from harness import in_turn, kafka_home, measure, median, ratio, sandbox


def measure_starts(report, tools, folder, repeat):
    empty = peers.net("empty", folder) / "empty"
    contenders = {"empty program": [empty]} | {
        f"{tool} {option}": [tools / tool, option] for tool in ("avro-producer", "avro-consumer") for option in ("--version", "--help", "--nonsense")}
    runs = in_turn(4 * repeat, **{name: (lambda c=command: measure(c, codes=(0, 2))) for name, command in contenders.items()})
    report.table(
        "Start-up, published ReadyToRun", ["", "ms", "× empty program"],
        [[name, f"{median(some, lambda r: r.wall) * 1000:.0f}", f"{ratio(some, runs['empty program'], lambda r: r.wall):.2f}"]
         for name, some in runs.items()])
    if peers.has_gcc():
        first_event(report, tools, folder, repeat)


def first_event(report, tools, folder, repeat):
    with sandbox(tools, folder / "first", "--kafka-home", kafka_home()) as box:
        settings = peers.words({**peers.connection(box), **peers.PRODUCER})
        c_program = peers.c_producer(tools, folder)
        runs = in_turn(2 * repeat, **{
            "librdkafka, in C": lambda: measure([c_program, "temperature", "1", "1", "1", *settings]),
            "avro-producer": lambda: measure([tools / "avro-producer", "-c", box / "config.toml", "-e", "1", "-s", "1", "-d", "0"])})
        report.table(
            "One event, from the start to the end of the process", ["", "ms", "CPU ms"],
            [[name, f"{median(some, lambda r: r.wall) * 1000:.0f}", f"{median(some, lambda r: r.cpu) * 1000:.0f}"] for name, some in runs.items()])
