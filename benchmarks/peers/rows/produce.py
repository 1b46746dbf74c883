"""Writes a file of JSON lines as rows of a feature group, as the official client writes a data frame: pandas, fastavro, Python's client, a progress bar.

    produce.py TOPIC FILE SCHEMA name=value...

Needs confluent-kafka, fastavro, pandas and tqdm. SCHEMA is the file of the registered schema; ids of the headers are arguments of no consequence."""

import datetime
import decimal
import io
import json
import sys
import time

import fastavro
import numpy
import pandas
import tqdm
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
    keys = ["id"]
    start = time.monotonic()
    frame = pandas.read_json(path, lines=True, convert_dates=["at"], dtype={"price": str})
    frame["price"] = frame["price"].map(decimal.Decimal)
    bar = tqdm.tqdm(total=len(frame), mininterval=1)

    def on_delivery(error, message):
        if error is not None:
            raise SystemExit(str(error))
        bar.update()

    for values in frame.itertuples(index=False):
        row = plain(values._asdict())
        for name, feature in nested.items():
            row[name] = encode(feature, row[name])
        value = encode(schema, row)
        key = "".join(str(row[name]) for name in sorted(keys))
        while True:
            try:
                producer.produce(topic, key=key, value=value, headers=HEADERS, on_delivery=on_delivery)
                producer.poll(0)
                break
            except BufferError:
                producer.poll(1)
    producer.flush()
    bar.close()
    print(f"Delivered {bar.n}, failed 0, in {time.monotonic() - start:.2f} s.")


def plain(row):
    """The official client looks at each value for the types of numpy and pandas."""
    for name, value in row.items():
        if isinstance(value, numpy.ndarray):
            value = value.tolist()
        if isinstance(value, pandas.Timestamp):
            value = value.to_pydatetime()
        if isinstance(value, datetime.datetime) and value.tzinfo is None:
            value = value.replace(tzinfo=datetime.timezone.utc)
        if value is pandas.NA:
            value = None
        row[name] = value
    return row


def encode(schema, value):
    with io.BytesIO() as output:
        fastavro.schemaless_writer(output, schema, value)
        return output.getvalue()


if __name__ == "__main__":
    main()
