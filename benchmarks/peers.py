"""The programs that the tools are measured against, and how they connect to a sandbox."""

import os
import re
import shutil
import subprocess

from harness import ROOT, kafka_home

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
        # Under the name that the loader asks for; otherwise it would load the system's.
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


def java_settings(known, box, folder):
    """A properties file for Apache Kafka's own clients, with the JKS stores that Hopsworks exports."""
    lines = {"bootstrap.servers": known["bootstrap.servers"], "security.protocol": known["security.protocol"].upper()}
    if known["security.protocol"] == "ssl":
        cert = box / "cert"
        password = (cert / "password").read_text().strip()
        lines |= {
            "ssl.truststore.location": cert / "trustStore.jks", "ssl.truststore.password": password,
            "ssl.keystore.location": cert / "keyStore.jks", "ssl.keystore.password": password, "ssl.key.password": password}
    target = folder / "java.properties"
    target.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
    return target


def java(tool, *arguments):
    """One of Apache Kafka's own tools, with the heap that its start scripts give it."""
    return ["java", "-Xmx512m", "-cp", f"{kafka_home()}/libs/*", f"org.apache.kafka.tools.{tool}", *arguments]


def kcat():
    return shutil.which("kcat")


def has_gcc():
    return shutil.which("gcc") is not None
