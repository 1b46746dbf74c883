using Confluent.Kafka;
using HopsKafka.Kafka;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Tests.Kafka;

public sealed class ConnectionMonitorSpecs
{
    private readonly ManualTime _time = new();
    private readonly List<string> _told = [];
    private readonly ConnectionMonitor _connections;

    public ConnectionMonitorSpecs() => _connections = new ConnectionMonitor(new NoticeLogger(_told.Add), _time);

    [Fact]
    public void A_broker_that_fails_again_and_again_is_one_that_fails()
    {
        Fail("[thrd:ssl://one:9092/bootstrap]: ssl://one:9092/bootstrap: Connect to ipv4#127.0.0.1:9092 failed: Connection refused (after 0ms in state CONNECT)");
        Fail("[thrd:ssl://one:9092/1]: ssl://one:9092/1: SSL handshake failed: certificate expired: connecting to a PLAINTEXT broker listener? (after 3ms in state SSL_HANDSHAKE)");

        Assert.Equal(1, _connections.FailedBrokers);
        Assert.Equal("one:9092: SSL handshake failed: certificate expired", _connections.Failures);
    }

    [Theory]
    [InlineData("[thrd:GroupCoordinator]: GroupCoordinator: one:9092: Connection reset by peer (after 3ms in state UP)")]
    [InlineData("[thrd:GroupCoordinator]: GroupCoordinator: Connection reset by peer (after 3ms in state UP)")]
    [InlineData("[thrd:GroupCoordinator]: GroupCoordinator/1: one:9092: Connection reset by peer (after 3ms in state UP)")]
    public void The_second_connection_to_the_groups_coordinator_does_not_count_as_a_broker(string log)
    {
        Fail(log);

        Assert.Equal(0, _connections.FailedBrokers);
        Assert.Equal("the group's coordinator: Connection reset by peer", _connections.Failures);
    }

    [Fact]
    public void What_came_through_ends_all_failures()
    {
        Fail("[thrd:ssl://one:9092/1]: ssl://one:9092/1: Disconnected (after 3ms in state UP)");

        _connections.OnActivity();

        Assert.Equal((0, ""), (_connections.FailedBrokers, _connections.Failures));
    }

    [Fact]
    public void Brokers_that_stop_one_after_the_other_are_one_loss_although_events_under_way_still_come()
    {
        _connections.StartReporting();
        Fail("[thrd:ssl://one:9092/1]: ssl://one:9092/1: Disconnected (after 3ms in state UP)");
        _connections.OnActivity();
        Fail("[thrd:ssl://two:9092/2]: ssl://two:9092/2: Disconnected (after 3ms in state UP)");
        _connections.OnActivity();

        Assert.Equal(["Lost the connection to one:9092: the broker closed it. Reconnecting."], _told);
        Assert.Equal(2, _connections.FailedBrokers);
        _time.Now += TimeSpan.FromSeconds(1);
        _connections.OnActivity();
        _connections.OnActivity();
        Assert.Equal(["Reconnected."], _told.Skip(1));
        Assert.Equal(1, _connections.Reconnects);
        Assert.Equal(0, _connections.FailedBrokers);
    }

    [Fact]
    public void A_token_that_is_not_renewed_is_a_warning_and_no_lost_connection()
    {
        const string Log = "Failed to retrieve OIDC token from \"https://login.example.com/token\": {} (401)";
        const string Refused = "Failed to acquire SASL OAUTHBEARER token: {\"error\":\"invalid_client\"}";
        var warnings = new List<string>();
        var connections = new ConnectionMonitor(new NoticeLogger(warnings.Add, LogLevel.Warning), _time);

        connections.OnLog(new LogMessage("client", SyslogLevel.Error, "OIDC", $"[thrd:background]: {Log}"));
        var logged = connections.Failures;
        connections.OnError(new Error(ErrorCode.Local_Authentication, Refused));
        var reported = connections.Failures;
        connections.OnActivity();
        foreach (var monitor in new[] { connections, _connections })
        {
            monitor.StartReporting();
            monitor.OnLog(new LogMessage("client", SyslogLevel.Error, "OIDC", $"[thrd:background]: {Log}"));
            monitor.OnError(new Error(ErrorCode.Local_Authentication, Refused));
        }

        Assert.Equal(($"Kafka: {Log}", $"Kafka: {Refused}"), (logged, reported));
        Assert.Equal([$"{Refused}. The last token is used until it expires."], warnings);
        Assert.Empty(_told);
    }

    [Fact]
    public void A_broker_that_stays_away_while_others_work_is_logged_once_in_ten_seconds()
    {
        _connections.StartReporting();
        for (var second = 0; second < 21; second++)
        {
            Fail("[thrd:ssl://one:9092/1]: ssl://one:9092/1: Disconnected (after 3ms in state UP)");
            _time.Now += TimeSpan.FromSeconds(1);
            _connections.OnActivity();
        }

        Assert.Equal(2, _told.Count(line => line.StartsWith("Lost the connection to one:9092", StringComparison.Ordinal)));
        Assert.Equal(2, _told.Count(line => line == "Reconnected."));
    }

    [Fact]
    public void A_certificate_that_keeps_it_from_coming_back_is_logged_at_once_and_any_other_reason_that_stays()
    {
        _connections.StartReporting();
        Fail("[thrd:ssl://one:9092/1]: ssl://one:9092/1: Disconnected (after 3ms in state UP)");
        for (var second = 0; second < 60; second++)
        {
            _time.Now += TimeSpan.FromSeconds(1);
            Fail($"[thrd:ssl://one:9092/1]: ssl://one:9092/1: Connect to ipv{(second % 2 == 0 ? "4#127.0.0.1" : "6#::1")}:9092 failed: Connection refused (after {second}ms in state CONNECT)");
            if (second == 5)
            {
                Assert.Single(_told);
            }

            if (second > 5)
            {
                Fail("[thrd:ssl://one:9092/1]: ssl://one:9092/1: SSL handshake failed: certificate verify failed (after 3ms in state SSL_HANDSHAKE)");
                Assert.Equal("Still no connection to one:9092: SSL handshake failed: certificate verify failed. Reconnecting.", _told[1]);
            }
        }

        Assert.Equal(3, _told.Count);
        Assert.StartsWith("Still no connection to one:9092: Connect to ipv", _told[2], StringComparison.Ordinal);
        _connections.OnActivity();
        Assert.Equal("Reconnected.", _told[^1]);
    }

    [Fact]
    public void The_coordinator_is_detected_by_its_address_and_not_at_all_where_librdkafka_has_let_go_of_it()
    {
        _connections.StartReporting();

        Fail("[thrd:GroupCoordinator]: GroupCoordinator: SSL handshake failed: Disconnected: connection reset by peer (after 3ms in state SSL_HANDSHAKE)");
        Assert.Empty(_told);
        Fail("[thrd:GroupCoordinator]: GroupCoordinator: one:9092: Disconnected (after 3ms in state UP)");
        Assert.Equal(["Lost the connection to one:9092: the broker closed it. Reconnecting."], _told);
    }

    private void Fail(string message) => _connections.OnLog(new LogMessage("consumer-1", SyslogLevel.Error, "FAIL", message));
}
