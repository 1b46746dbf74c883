using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace HopsKafka.TestKit;

/// <summary>Forwards TCP connections to a port of this machine, and injects faults. Each choice comes from a fixed seed.</summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private Faults _faults = Faults.None;
    private volatile TaskCompletionSource? _frozen;
    private int _refused;
    private int _cut;

    public FaultyProxy(int target)
    {
        Target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Target { get; }

    /// <summary>Connections that were closed as soon as they were accepted.</summary>
    public int Refused => _refused;

    /// <summary>Connections that were reset in the middle.</summary>
    public int Cut => _cut;

    /// <summary>What happens to connections from now on.</summary>
    public void Break(Faults faults, bool keepCounts = false)
    {
        if (!keepCounts)
        {
            (_refused, _cut) = (0, 0);
        }

        Volatile.Write(ref _faults, faults);
    }

    /// <summary>Holds back all bytes and keeps the connections open.</summary>
    public void Freeze() => _frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Resets the connections whose bytes were held back; others continue.</summary>
    public void Thaw()
    {
        var frozen = _frozen;
        _frozen = null;
        frozen?.SetException(new IOException("thawed"));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        if (_frozen is not null)
        {
            Thaw();
        }

        await _accepting;
        await Task.WhenAll(_connections);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                var faults = Volatile.Read(ref _faults);
                if (faults.IsRefused())
                {
                    Interlocked.Increment(ref _refused);
                    client.Close(0);
                    continue;
                }

                _connections.Add(ServeAsync(client, faults));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket client, Faults faults)
    {
        using var broker = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        client.NoDelay = true;
        var budget = new ByteBudget(faults.NextCut());
        try
        {
            await broker.ConnectAsync(IPAddress.Loopback, Target, both.Token);
            await await Task.WhenAny(
                ForwardAsync(client, broker, budget, faults, both.Token), ForwardAsync(broker, client, budget, faults, both.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // One side disconnected, or the proxy stopped.
        }

        await both.CancelAsync();
        if (budget.IsSpent)
        {
            Interlocked.Increment(ref _cut);
        }

        // Without lingering: a reset, as when a machine or a middlebox fails.
        client.Close(0);
        broker.Close(0);
    }

    private async Task ForwardAsync(Socket from, Socket to, ByteBudget budget, Faults faults, CancellationToken end)
    {
        // Latency delays each piece, but the next one does not wait for it: that would limit the bandwidth.
        var inFlight = Channel.CreateBounded<Piece>(256);
        var receiving = ReceiveAsync(from, inFlight.Writer, faults.Latency, end);
        await SendAsync(inFlight.Reader, to, budget, end);
        if (!budget.IsSpent)
        {
            await receiving;
        }
    }

    private static async Task ReceiveAsync(Socket from, ChannelWriter<Piece> inFlight, TimeSpan latency, CancellationToken end)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, end)) > 0)
            {
                await inFlight.WriteAsync(new Piece(buffer.AsSpan(0, read).ToArray(), DateTimeOffset.UtcNow + latency), end);
            }
        }
        finally
        {
            inFlight.Complete();
        }
    }

    private async Task SendAsync(ChannelReader<Piece> inFlight, Socket to, ByteBudget budget, CancellationToken end)
    {
        await foreach (var (bytes, due) in inFlight.ReadAllAsync(end))
        {
            if (due - DateTimeOffset.UtcNow is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, end);
            }

            if (_frozen is { } frozen)
            {
                await frozen.Task.WaitAsync(end);
            }

            var allowed = budget.Take(bytes.Length);
            for (var sent = 0; sent < allowed;)
            {
                sent += await to.SendAsync(bytes.AsMemory(sent, allowed - sent), end);
            }

            if (budget.IsSpent)
            {
                return;
            }
        }
    }

    private sealed record Piece(byte[] Bytes, DateTimeOffset Due);

    private sealed class ByteBudget(long bytes)
    {
        private long _left = bytes;

        public bool IsSpent => Interlocked.Read(ref _left) <= 0;

        public int Take(int wanted)
        {
            var left = Interlocked.Add(ref _left, -wanted);
            return (int)Math.Clamp(left + wanted, 0, wanted);
        }
    }

    /// <summary>How connections break.</summary>
    public sealed class Faults(int seed)
    {
        private readonly Lock _gate = new();
        private readonly Random _cuts = new(seed);
        private readonly Random _refusals = new(seed);
        private int _cutsLeft;

        public static Faults None { get; } = new(0);

        /// <summary>Time that each piece takes in either direction.</summary>
        public TimeSpan Latency { get; init; }

        /// <summary>The share of connections that are refused; which ones, counted from now on, follows from the seed alone.</summary>
        public double RefusedShare { get; init; }

        /// <summary>How many connections are reset; later ones live.</summary>
        public int Cuts { get => _cutsLeft; init => _cutsLeft = value; }

        /// <summary>After how many bytes at least, in both directions.</summary>
        public int MinBytes { get; init; } = 1;

        /// <summary>After how many bytes at most.</summary>
        public int MaxBytes { get; init; } = 1;

        internal bool IsRefused()
        {
            lock (_gate)
            {
                return RefusedShare > 0 && _refusals.NextDouble() < RefusedShare;
            }
        }

        internal long NextCut()
        {
            lock (_gate)
            {
                return _cutsLeft-- > 0 ? _cuts.Next(MinBytes, MaxBytes) : long.MaxValue;
            }
        }
    }
}
