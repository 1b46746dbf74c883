// The minimum cost of a producer of sensor events: librdkafka's own produce call in a loop of C, with the keys, values, header,
// settings and delivery callback that avro-producer uses.
//
//   produce TOPIC SCHEMA_ID SENSORS STEPS name=value...
//
// Prints the events per second that were acknowledged. The declarations below are those of rdkafka.h that are needed.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

typedef struct rd_kafka_s rd_kafka_t;
typedef struct rd_kafka_conf_s rd_kafka_conf_t;
typedef struct rd_kafka_topic_s rd_kafka_topic_t;

typedef struct {
    int err;
    rd_kafka_topic_t *rkt;
    int32_t partition;
    void *payload;
    size_t len;
    void *key;
    size_t key_len;
    int64_t offset;
    void *private;
} rd_kafka_message_t;

rd_kafka_conf_t *rd_kafka_conf_new(void);
int rd_kafka_conf_set(rd_kafka_conf_t *conf, const char *name, const char *value, char *error, size_t size);
void rd_kafka_conf_set_dr_msg_cb(rd_kafka_conf_t *conf, void (*report)(rd_kafka_t *, const rd_kafka_message_t *, void *));
rd_kafka_t *rd_kafka_new(int type, rd_kafka_conf_t *conf, char *error, size_t size);
rd_kafka_topic_t *rd_kafka_topic_new(rd_kafka_t *client, const char *topic, void *conf);
int rd_kafka_producev(rd_kafka_t *client, ...);
int rd_kafka_poll(rd_kafka_t *client, int timeout_ms);
int rd_kafka_outq_len(rd_kafka_t *client);

enum { PRODUCER = 0, QUEUE_FULL = -184, COPY = 2 };
enum { END = 0, RKT = 2, VALUE = 4, KEY = 5, OPAQUE = 6, FLAGS = 7, TIMESTAMP = 8, HEADER = 9 };

static int64_t delivered, failed;

static void on_report(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
    (void)client;
    (void)opaque;
    if (message->err) {
        failed++;
    } else {
        delivered++;
    }
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static int64_t milliseconds_of_day(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static size_t varint(uint8_t *at, int64_t value) {
    uint64_t rest = ((uint64_t)value << 1) ^ (uint64_t)(value >> 63);
    size_t length = 0;
    for (; rest >= 0x80; rest >>= 7) {
        at[length++] = (uint8_t)(rest | 0x80);
    }
    at[length++] = (uint8_t)rest;
    return length;
}

static void big_endian(uint8_t *at, int64_t value, int bytes) {
    for (int i = 0; i < bytes; i++) {
        at[i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
    }
}

// Magic byte, schema id, timestamp, id, value.
static size_t encode(uint8_t *at, int schema, int64_t now, const char *id, size_t id_length, double value) {
    at[0] = 0;
    big_endian(at + 1, schema, 4);
    size_t length = 5;
    length += varint(at + length, now);
    length += varint(at + length, (int64_t)id_length);
    memcpy(at + length, id, id_length);
    length += id_length;
    memcpy(at + length, &value, sizeof value);
    return length + sizeof value;
}

int main(int argc, char **argv) {
    char error[512];
    if (argc < 5) {
        fprintf(stderr, "produce TOPIC SCHEMA_ID SENSORS STEPS name=value...\n");
        return 2;
    }

    int schema = atoi(argv[2]), sensors = atoi(argv[3]);
    int64_t steps = atoll(argv[4]);
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    for (int i = 5; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (value) {
            *value++ = 0;
        }
        if (!value || rd_kafka_conf_set(conf, argv[i], value, error, sizeof error) != 0) {
            fprintf(stderr, "%s: %s\n", argv[i], value ? error : "no value");
            return 2;
        }
    }

    rd_kafka_conf_set_dr_msg_cb(conf, on_report);
    rd_kafka_t *client = rd_kafka_new(PRODUCER, conf, error, sizeof error);
    if (!client) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }

    rd_kafka_topic_t *topic = rd_kafka_topic_new(client, argv[1], NULL);
    char(*ids)[24] = calloc((size_t)sensors, sizeof *ids);
    for (int i = 0; i < sensors; i++) {
        snprintf(ids[i], sizeof *ids, "sensor%d", i);
    }

    double start = seconds(), first = 0;
    uint8_t value[64], header[16];
    big_endian(header, 42, 8);
    for (int64_t step = 0; step < steps && !failed; step++) {
        int64_t now = milliseconds_of_day();
        big_endian(header + 8, step, 8);
        for (int i = 0; i < sensors; i++) {
            size_t id_length = strlen(ids[i]);
            size_t length = encode(value, schema, now, ids[i], id_length, 20 + (double)(step % 100) / 10 + i);
            while (rd_kafka_producev(
                       client, RKT, topic, KEY, ids[i], id_length, VALUE, value, length, HEADER, "hops-step", header, (ssize_t)sizeof header,
                       TIMESTAMP, now, FLAGS, COPY, OPAQUE, (void *)(intptr_t)(step * sensors + i), END) == QUEUE_FULL) {
                rd_kafka_poll(client, 20);
            }
        }

        rd_kafka_poll(client, 0);
        if (first == 0 && delivered > 0) {
            first = seconds();
        }
    }

    while (rd_kafka_outq_len(client) > 0) {
        rd_kafka_poll(client, 100);
    }

    double time = seconds() - start;
    printf("Delivered %lld, failed %lld, in %.2f s.\n", (long long)delivered, (long long)failed, time);
    return failed > 0;
}
