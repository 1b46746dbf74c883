using System.Globalization;

namespace HopsKafka.Configuration;

/// <summary>
/// The librdkafka properties that a file may not set, or not to every value, each with the promise that it would break.
/// </summary>
internal static class ForbiddenProperties
{
    private const string Placing =
        "would send a sensor's events to other partitions; the tools promise that those of one sensor stay together, in order";

    private const string Committing =
        "would commit events that were not printed yet; the tools commit what was printed, and promise that no event is skipped";

    private const string FromProject = "comes from [project], whose files the tools check and pass on in memory; write";

    // Name, or the beginning of names when it ends in '.'; the only values that keep the promise; what breaks.
    private static readonly (string Name, string[] Allowed, string Why)[] s_rules =
    [
        ("acks", ["-1"], "below all would count an event as delivered that the next broker failure loses; leave it at all"),
        ("partitioner", [], Placing),
        ("enable.auto.offset.store", ["false"], Committing),
        ("enable.auto.commit", [],
            "is set by the tools themselves: they commit what was printed; --no-commit leaves the group's offsets as they are"),
        ("enable.partition.eof", [],
            "is set by the tools themselves: --exit-at-end needs it, and a run without must not have it"),
        ("offset.store.method", ["broker"],
            "would keep offsets off the broker, but a consumer continues where its group stopped, on any machine"),
        ("delivery.report.only.error", ["false"], "would hide delivered events; the producer promises to count every one"),
        ("enabled_events", ["0"], "would disable delivery reports, but the producer counts every event"),
        ("transactional.id", [],
            "would leave every event in a transaction that the tools never commit; sent events must be readable"),
        ("queuing.strategy", ["fifo"], "would send later events first; the events of one sensor keep their order"),
        ("plugin.library.paths", [],
            "would load code that may change, drop or print events; what arrives and what stdout carries is the tools' promise"),
        ("log.queue", ["false"],
            "would put librdkafka's messages where nobody reads them; the tools show every failure on stderr"),
        ("internal.termination.signal", ["0"], "would signal the whole process; the tools promise to flush before they stop"),
        ("security.protocol", [.. SecurityOptions.Protocols],
            "must be ssl, sasl_ssl or, for a test, plaintext: SASL without TLS would show others the password"),
        ("sasl.mechanism", [.. SecurityOptions.Mechanisms],
            "must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER: this librdkafka has no Kerberos (GSSAPI)"),
        ("enable.ssl.certificate.verification", ["true"],
            "would talk to any server that answers; name the right CAs in [project] ca_file instead"),
        ("bootstrap.servers", [], "has a key of its own; write bootstrap_servers = 'host:port' under [kafka]"),
        ("ssl.ca.", [], $"{FromProject} ca_file there"),
        ("ssl.truststore.", [], $"{FromProject} ca_file there"),
        ("ssl.certificate.", [], $"{FromProject} certificate_file there"),
        ("ssl.key.", [], $"{FromProject} key_file and key_password there"),
        ("ssl.keystore.", [], $"{FromProject} certificate_file, key_file and key_password there"),
        ("ssl.engine.", [], $"{FromProject} certificate_file and key_file there"),
    ];

    // Properties that hold a function or an object of the program: no text can set them.
    private static readonly HashSet<string> s_objects =
    [
        "opaque", "default_topic_conf", "interceptors", "ssl_key", "ssl_certificate", "ssl_ca", "ssl_engine_callback_data",
        "msg_order_cmp",
    ];

    /// <summary>Why a property may not be set at all; null when it may. Says nothing about its value.</summary>
    public static string? WhyNever(string name) =>
        name.EndsWith("_cb", StringComparison.Ordinal) || s_objects.Contains(name)
            ? "is set by a program, not by a file; leave it out"
            : Rule(name) is { Allowed: [] } rule ? rule.Why : null;

    /// <summary>Why a property may not have this value; null when it may.</summary>
    /// <param name="value">The value as librdkafka understood it.</param>
    public static string? WhyNot(string name, string value)
    {
        if (name == "message.send.max.retries" && value == "0")
        {
            return "must be above 0: an event that is not retried is lost, and the producer promises at least one delivery";
        }

        if (name == "auto.commit.interval.ms" && !(int.TryParse(value, CultureInfo.InvariantCulture, out var interval) && interval is > 0 and <= 5000))
        {
            return "must be 1 to 5000: the consumer promises to commit at least every 5 s";
        }

        return Rule(name) is { Allowed: not [] } rule && !rule.Allowed.Contains(value) ? rule.Why : null;
    }

    private static (string Name, string[] Allowed, string Why)? Rule(string name)
    {
        var index = Array.FindIndex(s_rules, r =>
            r.Name[^1] == '.' ? name.StartsWith(r.Name, StringComparison.Ordinal) : name == r.Name);
        return index < 0 ? null : s_rules[index];
    }
}
