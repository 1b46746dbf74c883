"""Writes a file of JSON lines as rows of a feature group with fastavro and Python's client: parse, encode complex features and the row, produce, poll.

    produce.py TOPIC FILE SCHEMA name=value...

Needs confluent-kafka and fastavro. SCHEMA is the file of the registered schema; ids of the headers are arguments of no consequence."""

import datetime
import decimal
import io
import json
import sys
import time

import fastavro
from confluent_kafka import Producer

COMPLEX = ("array", "map", "record")
HEADERS = {"projectId": b"119", "featureGroupId": b"1000", "subjectId": b"1", "storage": b"offline"}


def main():
    topic, path, schema_path = sys.argv[1:4]
    producer = Producer(dict(setting.split("=", 1) for setting in sys.argv[4:]))
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    nested = {}
    for field in schema["fields"]:
        if isinstance(field["type"][1], dict) and field["type"][1]["type"] in COMPLEX:
            nested[field["name"]] = fastavro.parse_schema(field["type"])
            field["type"] = ["null", "bytes"]
    schema = fastavro.parse_schema(schema)
    delivered = 0

    def on_delivery(error, message):
        nonlocal delivered
        if error is not None:
            raise SystemExit(str(error))
        delivered += 1

    start = time.monotonic()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            row["at"] = datetime.datetime.fromisoformat(row["at"].replace("Z", "+00:00"))
            row["price"] = decimal.Decimal(row["price"])
            for name, feature in nested.items():
                output = io.BytesIO()
                fastavro.schemaless_writer(output, feature, row[name])
                row[name] = output.getvalue()
            output = io.BytesIO()
            fastavro.schemaless_writer(output, schema, row)
            while True:
                try:
                    producer.produce(topic, key=str(row["id"]), value=output.getvalue(), headers=HEADERS, on_delivery=on_delivery)
                    break
                except BufferError:
                    producer.poll(1)
            producer.poll(0)
    producer.flush()
    print(f"Delivered {delivered}, failed 0, in {time.monotonic() - start:.2f} s.")


if __name__ == "__main__":
    main()
