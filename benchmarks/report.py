"""Prints tables, and writes them between the markers of docs/performance.md."""

import datetime
import os
import platform
import re
import subprocess

from harness import ROOT, kafka_home

DOCUMENT = ROOT / "docs/performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


class Report:
    """Collects the tables of a run, by the parts of the benchmark."""

    def __init__(self):
        self._parts = {}
        self._lines = []

    def begin(self, part):
        """Starts a part: the next tables belong to it."""
        self._lines = self._parts[part] = [f"*{machine()}*"]

    def table(self, title, head, rows):
        lines = [f"### {title}", "", "| " + " | ".join(head) + " |", "|" + "|".join(["---"] + ["---:"] * (len(head) - 1)) + "|",
                 *("| " + " | ".join(row) + " |" for row in rows)]
        self._lines.append("\n".join(lines))
        print("\n".join(lines) + "\n", flush=True)

    def picture(self, file, what):
        """A picture in docs/, below the last table."""
        self._lines.append(f"![{what}]({file})")

    def write(self, order):
        """Writes what was measured into the document; parts that were not measured stay as they are."""
        before, rest = DOCUMENT.read_text().split(BEGIN)
        old, after = rest.split(END)
        words = re.split(r"<!-- part (\w+) -->", old)
        parts = dict(zip(words[1::2], (text.strip() for text in words[2::2]))) | {
            part: "\n\n".join(lines) for part, lines in self._parts.items()}
        figures = "\n\n".join(f"<!-- part {part} -->\n{parts[part]}" for part in order if part in parts)
        DOCUMENT.write_text(f"{before}{BEGIN}\n{figures}\n{END}{after}")


def machine():
    """When, where and with what it was measured."""
    processor = re.search(r"model name\s*: (.*)", text_of("/proc/cpuinfo"))
    sdk = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    packages = dict(re.findall(r'Include="([\w.]+)" Version="([\w.]+)"', text_of(ROOT / "Directory.Packages.props")))
    kafka = re.search(r"kafka-clients-([\d.]+)\.jar", " ".join(os.listdir(f"{kafka_home()}/libs")))[1]
    return (f"{datetime.date.today()}: {os.cpu_count()} cores ({processor[1] if processor else platform.machine()}), "
            f"{platform.system()} {platform.release()}, .NET SDK {sdk}, Confluent.Kafka and librdkafka {packages['Confluent.Kafka']}, "
            f"Apache Kafka {kafka}")


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()
