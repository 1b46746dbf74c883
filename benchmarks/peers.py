"""The programs that the tools are measured against, and how they connect to a sandbox."""

import os
import re
import shutil
import subprocess

from harness import ROOT

# What avro-producer uses; each contender gets the same.
PRODUCER = {
    "acks": "all", "enable.idempotence": "true", "partitioner": "consistent_random", "queue.buffering.max.messages": "40000"}


def connection(box):
    """The properties that a client of a sandbox needs."""
    config = (box / "config.toml").read_text()
    cert = box / "cert"
    port = re.findall(r"^port = '(\d+)'", config, re.M)[-1]
    return {
        "bootstrap.servers": f"localhost:{port}", "broker.address.family": "v4", "security.protocol": "ssl",
        "ssl.ca.location": str(cert / "trustStore.pem"), "ssl.certificate.location": str(cert / "keyStore.pem"),
        "ssl.key.location": str(cert / "keyStore.pem"), "ssl.key.password": re.search(r"key_password = '(.*)'", config)[1]}


def words(settings):
    return [f"{name}={value}" for name, value in settings.items()]


def c_producer(tools, folder):
    """librdkafka's own produce call in a loop of C, with the very library that the tools load."""
    target = folder / "produce"
    if not target.exists():
        # Under the name that the loader asks for; it would take the system's otherwise.
        (folder / "librdkafka.so.1").symlink_to((tools / "centos8-librdkafka.so").resolve())
    subprocess.run(
        ["gcc", "-O2", "-o", target, ROOT / "benchmarks/peers/c/produce.c", tools / "centos8-librdkafka.so", f"-Wl,-rpath,{folder}"], check=True)
    return target


def net(name, folder):
    """A .NET peer, published like the tools."""
    target = folder / name
    subprocess.run(
        ["dotnet", "publish", ROOT / "benchmarks/peers" / name, "-c", "Release", "-p:PublishReadyToRun=true", "-o", target, "-v", "q", "--nologo"],
        check=True, stdout=subprocess.DEVNULL)
    return target


def python():
    """The Python that has the tutorial's client; None where there is none."""
    for name in ("/usr/bin/python3", "python3"):
        path = shutil.which(name)
        if path and subprocess.run([path, "-c", "import confluent_kafka.schema_registry.avro"], capture_output=True, env=os.environ).returncode == 0:
            return path
    return None


def kcat():
    return shutil.which("kcat")


def has_gcc():
    return shutil.which("gcc") is not None
