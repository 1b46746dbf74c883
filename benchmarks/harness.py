"""Shared by all benchmarks: resource usage of processes, a sandbox on a real Apache Kafka, runs in turn and their ratios."""

import contextlib
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parent.parent


@dataclass
class Run:
    """One finished process: seconds on the wall and of CPU, peak resident memory in MB."""

    wall: float
    cpu: float
    peak: float
    output: str


def measure(command, folder=None, keep=False, environment=None, codes=(0,)):
    """Runs a command to its end; stdout goes to /dev/null unless it is kept. An unexpected exit code ends the benchmark."""
    with tempfile.TemporaryFile() as error, tempfile.TemporaryFile() as kept:
        start = time.monotonic()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=folder, stdin=subprocess.DEVNULL,
            stdout=kept if keep else subprocess.DEVNULL, stderr=error, env={**os.environ, **(environment or {})})
        usage = wait(process)
        wall = time.monotonic() - start
        error.seek(0)
        kept.seek(0)
        log = error.read().decode(errors="replace")
        if process.returncode not in codes:
            raise SystemExit(f"{' '.join(map(str, command))}\nended with exit code {process.returncode}:\n{log}")
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, kept.read().decode(errors="replace") + log)


def wait(process):
    """Waits until a process exits, and returns its resource usage."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage


def in_turn(repeat, **contenders):
    """Runs the contenders A B A B …, and returns the runs of each. Their first runs warm the machine and are dropped."""
    runs = {name: [] for name in contenders}
    for round_ in range(repeat + 1):
        for name, run in contenders.items():
            result = run()
            if round_ > 0:
                runs[name].append(result)
    return runs


def median(runs, what):
    """The median of a figure of several runs."""
    return statistics.median(what(run) for run in runs)


def ratio(mine, other, what):
    """The median of the ratios of runs that followed each other."""
    return statistics.median(what(a) / what(b) for a, b in zip(mine, other))


def publish(target):
    """Publishes the three executables to a folder, native as build/pack makes them."""
    for project in ("Producer", "Consumer", "Tool"):
        subprocess.run(
            ["dotnet", "publish", ROOT / f"src/HopsKafka.{project}", "-r", "linux-x64", "-p:PublishAot=true",
             "--artifacts-path", target.parent / "objects", "-o", target, "-v", "q", "--nologo"], check=True, stdout=subprocess.DEVNULL)
    return target


def publish_ready_to_run(target):
    """Publishes them for an installed .NET instead."""
    subprocess.run(
        ["dotnet", "publish", ROOT / "src/HopsKafka.Tool", "-c", "Release", "-o", target, "-v", "q", "--nologo"], check=True, stdout=subprocess.DEVNULL)
    return target


@contextlib.contextmanager
def sandbox(tools, folder, *options):
    """Runs hops-kafka sandbox while the context lasts, and yields its folder."""
    process = subprocess.Popen(
        [tools / "hops-kafka", "sandbox", "--dir", folder, *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True)
    try:
        output = []
        for line in process.stdout:
            output.append(line)
            if "Try next" in line:
                break
        else:
            raise SystemExit("The sandbox did not start:\n" + "".join(output))
        yield pathlib.Path(folder)
    finally:
        process.terminate()
        process.communicate()


def kafka_home():
    """The installation of Apache Kafka to measure against."""
    home = os.environ.get("KAFKA_HOME") or ROOT.parent / "shared/kafka"
    if not (pathlib.Path(home) / "libs").is_dir():
        raise SystemExit("Set KAFKA_HOME to an Apache Kafka: its libs/ is needed.")
    return str(home)


def seconds(run):
    """The time that the tool itself reports, without its start."""
    if java := re.findall(r"([\d.]+) records sent, ([\d.]+) records/sec", run.output):
        return float(java[-1][0]) / float(java[-1][1])
    return float(re.search(r" in ([\d.]+) s[.,]", run.output).group(1))
