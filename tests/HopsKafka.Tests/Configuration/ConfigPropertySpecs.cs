using HopsKafka.Configuration;

namespace HopsKafka.Tests.Configuration;

public sealed class ConfigPropertySpecs : IDisposable
{
    private readonly TestConfig _testConfig = new();

    public void Dispose() => _testConfig.Dispose();

    [Theory]
    [InlineData("socket.timeout.ms = 5000", "socket.timeout.ms", "5000")]
    [InlineData("socket_timeout_ms = '5000'", "socket.timeout.ms", "5000")]
    [InlineData("socket.timeout_ms = 5_000", "socket.timeout.ms", "5000")]
    [InlineData("'socket.timeout.ms' = 5000", "socket.timeout.ms", "5000")]
    [InlineData("socket = { timeout.ms = 5000 }", "socket.timeout.ms", "5000")]
    [InlineData("socket.keepalive.enable = true", "socket.keepalive.enable", "true")]
    [InlineData("socket.keepalive.enable = '1'", "socket.keepalive.enable", "true")]
    [InlineData("log.level = 3", "log_level", "3")]
    [InlineData("max.in.flight.requests.per.connection = 2", "max.in.flight", "2")]
    [InlineData("security.protocol = 'plaintext'", "security.protocol", "plaintext")]
    [InlineData("ssl.endpoint.identification.algorithm = 'none'", "ssl.endpoint.identification.algorithm", "none")]
    [InlineData("enable.ssl.certificate.verification = true", "enable.ssl.certificate.verification", "true")]
    public void A_property_may_be_spelt_with_dots_and_underscores(string line, string name, string value)
    {
        var config = _testConfig.Load($"{TestConfig.Smallest}[kafka.properties]\n{line}\n");

        Assert.Equal(new Dictionary<string, string> { [name] = value }, config.Kafka.Properties);
    }

    [Theory]
    [InlineData("linger.ms = 0.5", "linger.ms", "0.5")]
    [InlineData("acks = 'all'", "acks", "all")]
    [InlineData("request.required.acks = -1", "acks", "-1")]
    [InlineData("max.in.flight = 5", "max.in.flight", "5")]
    [InlineData("enable.idempotence = 'f'", "enable.idempotence", "false")]
    [InlineData("retries = 3", "message.send.max.retries", "3")]
    [InlineData("queuing.strategy = 'fifo'", "queuing.strategy", "fifo")]
    [InlineData("delivery.report.only.error = false", "delivery.report.only.error", "false")]
    public void A_property_of_the_producer_reaches_the_producer_under_one_name(string line, string name, string value)
    {
        var config = _testConfig.Load($"{TestConfig.Smallest}[kafka.producer]\n{line}\n");

        Assert.Equal(new Dictionary<string, string> { [name] = value }, config.Kafka.Producer);
    }

    [Fact]
    public void Shared_properties_that_only_one_client_has_go_to_it_and_its_own_table_wins()
    {
        var config = _testConfig.Load($"""
            {TestConfig.Smallest}
            [kafka.properties]
            client.id = 'c'
            linger.ms = 1
            batch.size = 2
            fetch.min.bytes = 3
            group.instance.id = 'i'
            [kafka.producer]
            queue.buffering.max.ms = 9
            [kafka.consumer]
            client.id = 'own'
            """);

        Assert.Equal(new Dictionary<string, string> { ["client.id"] = "c" }, config.Kafka.Properties);
        Assert.Equal(new Dictionary<string, string> { ["linger.ms"] = "9", ["batch.size"] = "2" }, config.Kafka.Producer);
        Assert.Equal(
            new Dictionary<string, string> { ["client.id"] = "own", ["fetch.min.bytes"] = "3", ["group.instance.id"] = "i" },
            config.Kafka.Consumer);
    }

    // The line stands at line 14 of the file.
    [Theory]
    [InlineData("properties", "soket.timeout.ms = 1", "(14,1): librdkafka has no property soket.timeout.ms; did you mean socket.timeout.ms?")]
    [InlineData("properties", "colour = 1", "(14,1): librdkafka has no property colour; its CONFIGURATION.md lists them all")]
    [InlineData("properties", "group_id = 'g'", "(14,1): group_id is the consumer group; write it under [kafka.consumer]")]
    [InlineData("producer", "fetch.min.bytes = 1", "(14,1): fetch.min.bytes is only for the consumer; write it under [kafka.consumer]")]
    [InlineData("consumer", "linger.ms = 1", "(14,1): linger.ms is only for the producer; write it under [kafka.producer]")]
    [InlineData("producer", "linger.ms = 'soon'", "(14,13): linger.ms = 'soon' is not accepted by librdkafka (Invalid value for configuration property \"queue.buffering.max.ms\"); its CONFIGURATION.md")]
    [InlineData("producer", "linger.ms = 9999999", "(14,13): linger.ms = '9999999' is not accepted by librdkafka (Configuration property")]
    [InlineData("producer", "compression.type = 'rar'", "(14,20): compression.type = 'rar' is not accepted by librdkafka (Invalid value \"rar\"")]
    [InlineData("properties", "client.id = ''", "(14,13): client.id is empty; write a text, a number")]
    [InlineData("properties", "client.id = ['a']", "(14,13): client.id is an array; write a text, a number")]
    [InlineData("properties", "client.id = \"a\\u0000b\"", "(14,13): client.id is cut short by a zero character")]
    [InlineData("producer", "linger.ms = 1\nlinger_ms = 2", "(15,1): linger_ms sets the same property as linger.ms; keep one of the two")]
    [InlineData("producer", "linger.ms = 1\nqueue.buffering.max.ms = 2", "(15,1): queue.buffering.max.ms sets the same property as linger.ms")]
    public void A_wrong_property_is_refused_with_its_place(string table, string lines, string expected)
    {
        var error = _testConfig.Error($"{TestConfig.Smallest}[kafka.{table}]\n{lines}\n");

        Assert.StartsWith($"config.toml{expected}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("producer", "acks = 1", "(14,8): acks = '1' below all would count")]
    [InlineData("producer", "acks = 0", "(14,8): acks = '0' below all would count")]
    [InlineData("producer", "request_required_acks = '1'", "(14,25): request_required_acks = '1' below all would count")]
    [InlineData("properties", "acks = 1", "(14,8): acks = '1' below all would count")]
    [InlineData("producer", "partitioner = 'random'", "(14,1): partitioner would send a sensor's events to other partitions")]
    [InlineData("producer", "partitioner_cb = 'x'", "(14,1): partitioner_cb is set by a program")]
    [InlineData("producer", "msg_order_cmp = 'x'", "(14,1): msg_order_cmp is set by a program")]
    [InlineData("producer", "dr_msg_cb = 'x'", "(14,1): dr_msg_cb is set by a program")]
    [InlineData("properties", "opaque = 'x'", "(14,1): opaque is set by a program")]
    [InlineData("producer", "delivery.report.only.error = true", "(14,30): delivery.report.only.error = 'true' would hide delivered events")]
    [InlineData("producer", "transactional.id = 'x'", "(14,1): transactional.id would leave")]
    [InlineData("producer", "queuing.strategy = 'lifo'", "(14,20): queuing.strategy = 'lifo' would send later events first")]
    [InlineData("producer", "retries = 0", "(14,11): retries = '0' must be above 0")]
    [InlineData("producer", "message.send.max.retries = 0", "(14,28): message.send.max.retries = '0' must be above 0")]
    [InlineData("producer", "max.in.flight = 6", "(14,17): max.in.flight may be at most 5 for an idempotent producer")]
    [InlineData("properties", "max.in.flight = 6", "(14,17): max.in.flight may be at most 5 for an idempotent producer")]
    [InlineData("producer", "max.in.flight = 2\nenable.idempotence = false", "(14,17): max.in.flight may be at most 1 for a producer with")]
    [InlineData("consumer", "enable.auto.offset.store = true", "(14,28): enable.auto.offset.store = 'true' would commit events that were not")]
    [InlineData("consumer", "enable_auto_commit = false", "(14,1): enable_auto_commit is set by the tools themselves")]
    [InlineData("consumer", "auto_commit_interval_ms = 60000", "(14,27): auto_commit_interval_ms = '60000' must be 1 to 5000")]
    [InlineData("consumer", "auto.commit.interval.ms = 0", "(14,27): auto.commit.interval.ms = '0' must be 1 to 5000")]
    [InlineData("consumer", "auto.commit.enable = true", "(14,1): auto.commit.enable is set by the tools themselves")]
    [InlineData("consumer", "enable.partition.eof = true", "(14,1): enable.partition.eof is set by the tools")]
    [InlineData("consumer", "offset.store.method = 'file'", "(14,23): offset.store.method = 'file' would keep offsets off the broker")]
    [InlineData("properties", "plugin.library.paths = 'x'", "(14,1): plugin.library.paths would load code")]
    [InlineData("properties", "enabled_events = 1", "(14,18): enabled_events = '1' would disable delivery reports")]
    [InlineData("properties", "log.queue = true", "(14,13): log.queue = 'true' would put librdkafka's messages where nobody")]
    [InlineData("properties", "internal.termination.signal = 15", "(14,31): internal.termination.signal = '15' would signal")]
    [InlineData("properties", "security.protocol = 'sasl_plaintext'", "(14,21): security.protocol = 'sasl_plaintext' must be ssl, sasl_ssl or")]
    [InlineData("properties", "sasl.mechanisms = 'GSSAPI'", "(14,19): sasl.mechanisms = 'GSSAPI' must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER")]
    [InlineData("properties", "enable.ssl.certificate.verification = false", "(14,39): enable.ssl.certificate.verification = 'false' would talk")]
    [InlineData("properties", "ssl.ca.location = 'x'", "(14,1): ssl.ca.location comes from [project]")]
    [InlineData("properties", "ssl_key_password = 'x'", "(14,1): ssl_key_password comes from [project]")]
    [InlineData("properties", "ssl.certificate.pem = 'x'", "(14,1): ssl.certificate.pem comes from [project]")]
    [InlineData("properties", "ssl.keystore.location = 'x'", "(14,1): ssl.keystore.location comes from [project]")]
    [InlineData("properties", "ssl.truststore.location = 'x'", "(14,1): ssl.truststore.location comes from [project]")]
    [InlineData("properties", "ssl_key = 'x'", "(14,1): ssl_key is set by a program")]
    [InlineData("properties", "bootstrap.servers = 'x:1'", "(14,1): bootstrap.servers has a key of its own; write bootstrap_servers")]
    [InlineData("properties", "metadata.broker.list = 'x:1'", "(14,1): metadata.broker.list has a key of its own")]
    public void A_property_that_would_break_a_promise_is_refused_with_the_promise(string table, string lines, string expected)
    {
        var error = _testConfig.Error($"{TestConfig.Smallest}[kafka.{table}]\n{lines}\n");

        Assert.StartsWith($"config.toml{expected}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("producer", "max.in.flight = 1\nenable.idempotence = false")]
    [InlineData("consumer", "max.in.flight = 100")]
    [InlineData("consumer", "enable.auto.offset.store = false")]
    [InlineData("consumer", "partition.assignment.strategy = 'cooperative-sticky'")]
    public void A_property_that_keeps_the_promises_is_free(string table, string lines)
    {
        var config = _testConfig.Load($"{TestConfig.Smallest}[kafka.{table}]\n{lines}\n");

        Assert.NotEmpty(table == "producer" ? config.Kafka.Producer : config.Kafka.Consumer);
    }
}
