using Confluent.Kafka;
using HopsKafka.Kafka;

namespace HopsKafka.Tests.Kafka;

public sealed class BrokerWatchSpecs
{
    private readonly BrokerWatch _watch = new();

    [Fact]
    public void A_broker_that_fails_again_and_again_is_one_that_fails()
    {
        Fail("[thrd:ssl://one:9092/bootstrap]: ssl://one:9092/bootstrap: Connect to ipv4#127.0.0.1:9092 failed: Connection refused (after 0ms in state CONNECT)");
        Fail("[thrd:ssl://one:9092/1]: ssl://one:9092/1: SSL handshake failed: certificate expired: connecting to a PLAINTEXT broker listener? (after 3ms in state SSL_HANDSHAKE)");

        Assert.Equal(1, _watch.Failing);
        Assert.Equal("one:9092: SSL handshake failed: certificate expired", _watch.Failures);
    }

    [Theory]
    [InlineData("[thrd:GroupCoordinator]: GroupCoordinator: one:9092: Connection reset by peer (after 3ms in state UP)")]
    [InlineData("[thrd:GroupCoordinator]: GroupCoordinator: Connection reset by peer (after 3ms in state UP)")]
    [InlineData("[thrd:GroupCoordinator]: GroupCoordinator/1: one:9092: Connection reset by peer (after 3ms in state UP)")]
    public void The_second_connection_to_the_groups_coordinator_does_not_count_as_a_broker(string log)
    {
        Fail(log);

        Assert.Equal(0, _watch.Failing);
        Assert.Equal("the group's coordinator: Connection reset by peer", _watch.Failures);
    }

    [Fact]
    public void What_came_through_ends_all_failures()
    {
        Fail("[thrd:ssl://one:9092/1]: ssl://one:9092/1: Disconnected (after 3ms in state UP)");

        _watch.Alive();

        Assert.Equal((0, ""), (_watch.Failing, _watch.Failures));
    }

    private void Fail(string message) => _watch.OnLog(new LogMessage("consumer-1", SyslogLevel.Error, "FAIL", message));
}
