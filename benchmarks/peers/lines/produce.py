"""Sends a file of JSON lines as a careful user of Python's client would: parse, encode with fastavro, produce with key and header, poll.

    produce.py TOPIC FILE name=value...

Needs confluent-kafka and fastavro. The schema's id is an argument: a registry look-up would cost the same once."""

import io
import json
import struct
import sys
import time

import fastavro
from confluent_kafka import Producer

SCHEMA = fastavro.parse_schema({"type": "record", "name": "sensor", "fields": [
    {"name": "timestamp", "type": {"type": "long", "logicalType": "timestamp-millis"}},
    {"name": "id", "type": "string"}, {"name": "value", "type": "double"}]})
FRAMING = struct.pack(">bI", 0, 1)


def main():
    topic, path = sys.argv[1], sys.argv[2]
    producer = Producer(dict(setting.split("=", 1) for setting in sys.argv[3:]))
    delivered = 0

    def on_delivery(error, message):
        nonlocal delivered
        if error is not None:
            raise SystemExit(str(error))
        delivered += 1

    start = time.monotonic()
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            event = json.loads(line)
            value = io.BytesIO(FRAMING)
            value.seek(len(FRAMING))
            fastavro.schemaless_writer(value, SCHEMA, event)
            header = struct.pack(">Qqi", 1, number, 2)
            while True:
                try:
                    producer.produce(topic, value.getvalue(), event["id"], headers={"hops-line": header}, on_delivery=on_delivery)
                    break
                except BufferError:
                    producer.poll(1)
            producer.poll(0)
    producer.flush()
    print(f"Delivered {delivered}, failed 0, in {time.monotonic() - start:.2f} s.")


if __name__ == "__main__":
    main()
