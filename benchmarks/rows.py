"""avro-producer --feature-group against the official client's loop: pandas, fastavro, Python's client."""

import json
import random
import ssl
import time
import urllib.request

import peers
from harness import kafka_home, in_turn, measure, median, ratio, sandbox
from inputs import row

HEADS = ["", "rows/s", "CPU s/million", "peak MB", "ours × its rows/s", "its CPU / ours"]
FEATURES = {
    "id": "bigint", "at": "timestamp", "name": "string", "value": "double", "level": "int", "ok": "boolean", "price": "decimal(10,2)", "day": "bigint",
    "samples": "array<double>", "place": "struct<lat:double,lon:double,name:string>"}


def measure_rows(report, tools, folder, rows, repeat):
    """One table: a file of rows of ten features, two of them complex."""
    path, schema = folder / "rows.jsonl", folder / "rows.avsc"
    write(path, rows)
    with sandbox(tools, folder / "rows", "--compat", "5.2", "--kafka-home", kafka_home()) as box:
        call = client(box)
        topic = create(call, schema)
        settings = peers.words({**peers.connection(box), **peers.PRODUCER})
        ours = [tools / "avro-producer", "-c", box / "config.toml", "--feature-group", "readings:1", "-q", "--input", path]
        contenders = {"avro-producer --feature-group": lambda: alone(call, ours)}
        sizes = dict.fromkeys(contenders, rows)
        if python := peers.python():
            # Fewer rows: it would take minutes otherwise.
            few = folder / "few.jsonl"
            sizes[name := "pandas, fastavro, Python's client"] = rows // 4
            few.write_text("".join(path.open().readlines()[:rows // 4]))
            peer = [python, peers.ROOT / "benchmarks/peers/rows/produce.py", topic, few, schema, *settings]
            contenders[name] = lambda: measure(peer, keep=True)
        runs = in_turn(repeat, **contenders)
        report.table(
            f"Writing {rows:,} rows of ten features, two of them complex, from JSON lines to one real broker over TLS", HEADS, [row(name, runs, sizes) for name in runs])


def alone(call, command):
    """Measures a run, and waits until the job of the offline store that it started has ended."""
    run = measure(command, keep=True)
    while any(item["finalStatus"] == "UNDEFINED" for item in call("jobs/readings_1_offline_fg_materialization/executions")["items"]):
        time.sleep(0.2)
    return run


def write(path, rows):
    numbers = random.Random(1)
    with path.open("w") as lines:
        for i in range(rows):
            value = 20 + numbers.random() * 10
            lines.write(json.dumps({
                "id": i % 100_000, "at": f"2024-05-01T{i // 3600 % 24:02}:{i // 60 % 60:02}:{i % 60:02}Z", "name": f"sensor{i % 100_000}", "value": value,
                "level": i % 7, "ok": i % 2 == 0, "price": f"{i % 1000}.{i % 100:02}", "day": i // 86400, "samples": [value, value + 1, value + 2],
                "place": {"lat": 59.3, "lon": 18.1, "name": "Stockholm"}}) + "\n")


def client(box):
    """A function that calls the REST API of a sandbox, below its project."""
    config = (box / "config.toml").read_text()
    port = next(line.split("=")[1].strip() for line in config.splitlines() if line.startswith("port = "))
    key = (box / "cert/apiKeyFile").read_text().strip()
    context = ssl.create_default_context(cafile=box / "cert/trustStore.pem")

    def call(path, body=None):
        request = urllib.request.Request(
            f"https://localhost:{port}/hopsworks-api/api/project/119/{path}",
            body and json.dumps(body).encode(), {"Authorization": f"ApiKey {key}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, context=context) as answer:
            return json.load(answer)

    return call


def create(call, schema):
    """Creates the feature group, writes its schema to a file, and returns its topic. It has no online store: the sandbox's would work beside the writers."""
    store = call("featurestores/demo_featurestore")["featurestoreId"]
    group = call(f"featurestores/{store}/featuregroups", {
        "type": "streamFeatureGroupDTO", "name": "readings", "version": 1, "onlineEnabled": False, "timeTravelFormat": "NONE", "eventTime": "at",
        "features": [{"name": name, "type": kind, "primary": name == "id"} for name, kind in FEATURES.items()]})
    schema.write_text(call(f"featurestores/{store}/kafka/subjects/readings_1/versions/latest")["schema"])
    return group["onlineTopicName"]
