"""Prints tables, and writes them between the marks of docs/performance.md."""

import datetime
import os
import platform
import re
import subprocess

from harness import ROOT

DOCUMENT = ROOT / "docs/performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


class Report:
    """Collects the tables of a run."""

    def __init__(self):
        self._parts = [machine()]

    def table(self, title, head, rows):
        lines = [f"### {title}", "", "| " + " | ".join(head) + " |", "|" + "|".join(["---"] + ["---:"] * (len(head) - 1)) + "|",
                 *("| " + " | ".join(row) + " |" for row in rows)]
        self._parts.append("\n".join(lines))
        print("\n".join(lines) + "\n", flush=True)

    def picture(self, file, what):
        """A picture in docs/, below the last table."""
        self._parts.append(f"![{what}]({file})")

    def write(self):
        text = DOCUMENT.read_text()
        before, rest = text.split(BEGIN)
        after = rest.split(END)[1]
        DOCUMENT.write_text(f"{before}{BEGIN}\n" + "\n\n".join(self._parts) + f"\n{END}{after}")


def machine():
    """Where and with what it was measured."""
    processor = re.search(r"model name\s*: (.*)", text_of("/proc/cpuinfo"))
    sdk = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return (f"Measured on {datetime.date.today()}: {os.cpu_count()} cores ({processor[1] if processor else platform.machine()}), "
            f"{platform.system()} {platform.release()}, .NET SDK {sdk}.")


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()
