"""The tutorial's way to produce sensor events: confluent-kafka with its Avro serializer, one produce and one poll an event.

    produce.py TOPIC SENSORS STEPS name=value... [--print]

Needs confluent-kafka 1.7.0 and fastavro. The schema's id is an argument: a registry look-up would cost the same once.
With --print each event that was delivered is a line, as in the tutorial."""

import sys
import time

from confluent_kafka import SerializingProducer
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import StringSerializer

SCHEMA = """{"type":"record","name":"sensor","fields":[
  {"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},
  {"name":"id","type":"string"},{"name":"value","type":"double"}]}"""


class OneSchema:
    """A registry that knows one schema."""

    def register_schema(self, subject_name, schema):
        return 1


def main():
    topic, sensors, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    prints = "--print" in sys.argv
    settings = dict(setting.split("=", 1) for setting in sys.argv[4:] if setting != "--print")
    delivered = [0]

    def on_delivery(error, message):
        if error is not None:
            raise SystemExit(str(error))
        delivered[0] += 1
        if prints:
            print(f"Sensor Event {message.key().decode()} successfully produced to {message.topic()} [{message.partition()}] at offset {message.offset()}")

    producer = SerializingProducer({
        **settings, "key.serializer": StringSerializer("utf_8"),
        "value.serializer": AvroSerializer(schema_registry_client=OneSchema(), schema_str=SCHEMA)})
    start = time.monotonic()
    for step in range(steps):
        for i in range(sensors):
            now = int(time.time() * 1000)
            event = {"timestamp": now, "id": f"sensor{i}", "value": 20 + step % 100 / 10 + i}
            producer.produce(topic=topic, key=f"sensor{i}", value=event, headers={"hops-step": bytes(16)}, on_delivery=on_delivery)
            producer.poll(0)
    producer.flush()
    print(f"Delivered {delivered[0]}, failed 0, in {time.monotonic() - start:.2f} s.")


if __name__ == "__main__":
    main()
