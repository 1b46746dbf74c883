using System.Diagnostics;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests.Faults;

/// <summary>A sandbox on a real Kafka of three brokers, which its tests kill, stop and pause one after the other.</summary>
public sealed class ThreeBrokers : IAsyncLifetime
{
    public const string Collection = "three brokers";
    public const int Sigcont = 18;
    public const int Sigstop = 19;

    private readonly HashSet<int> _down = [];
    private readonly List<string> _topics = [];
    private SandboxUser? _user;
    private TopicAdmin? _admin;

    public SandboxUser User
    {
        get
        {
            KafkaFixture.SkipWithoutKafka();
            Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds the brokers' processes through /proc.");
            return _user!;
        }
    }

    /// <summary>How many there are.</summary>
    public const int Brokers = 3;

    public TopicAdmin Admin => _admin!;

    private RealKafka Kafka => (RealKafka)User.Sandbox.Kafka;

    public async ValueTask InitializeAsync()
    {
        if (KafkaFixture.Home is { Length: > 0 } home)
        {
            _user = await SandboxUser.StartAsync(options => options with { KafkaHome = home, Brokers = Brokers });
            _admin = new TopicAdmin(_user.Sandbox.Kafka.AdminClient);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        if (_user is not null)
        {
            await _user.DisposeAsync();
        }
    }

    /// <summary>A topic with three replicas, on a cluster that is whole.</summary>
    public async Task<string> NewTopicAsync(int partitions, int minInSync = 2)
    {
        var user = User; // which skips the test where there is no Kafka
        await RecoverAsync();
        var topic = await user.NewTopicAsync(partitions, replicas: 3);
        await Admin.SetAsync(topic, "min.insync.replicas", $"{minInSync}");
        _topics.Add(topic);
        return topic;
    }

    /// <summary>Kills a broker, or stops it with another signal, and waits for its end.</summary>
    public async Task StopBrokerAsync(int broker, int signal = ToolProcess.Sigkill)
    {
        using var java = Java(broker);
        _down.Add(broker);
        ToolProcess.Signal(java.Id, signal);
        await java.WaitForExitAsync();
    }

    /// <summary>Pauses a broker; it goes on with the result's end.</summary>
    public Pause PauseBroker(int broker)
    {
        using var java = Java(broker);
        return new Pause(java.Id);
    }

    /// <summary>Starts the brokers that were ended.</summary>
    public async Task RestartAsync()
    {
        foreach (var broker in _down)
        {
            await Kafka.RestartBrokerAsync(broker);
        }

        _down.Clear();
    }

    /// <summary>Starts what was ended, and waits until all replicas of all topics are in sync.</summary>
    public async Task RecoverAsync()
    {
        await RestartAsync();
        await Poll.UntilAsync("all replicas to be in sync", () => Admin.Brokers == Brokers && _topics.TrueForAll(Admin.IsWhole));
    }

    private Process Java(int broker) => Process.GetProcessesByName("java").Single(process =>
        new FileInfo($"/proc/{process.Id}/cwd").LinkTarget == Path.Combine(User.Folder, "kafka")
        && File.ReadAllText($"/proc/{process.Id}/cmdline").EndsWith($"kafka.Kafka\0broker-{broker}.properties\0", StringComparison.Ordinal));

    public sealed class Pause : IDisposable
    {
        private int _process;

        public Pause(int process)
        {
            _process = process;
            ToolProcess.Signal(process, Sigstop);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _process, 0) is > 0 and var process)
            {
                ToolProcess.Signal(process, Sigcont);
            }
        }
    }
}

[CollectionDefinition(ThreeBrokers.Collection)]
public sealed class ThreeBrokersTests : ICollectionFixture<ThreeBrokers>;
