using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using HopsKafka.Plotting;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;
using HopsKafka.Tests.Plotting;

namespace HopsKafka.Tests.Consumer;

public sealed class LivePageSpecs(SharedSandbox sandbox) : SharedToolSpecs(sandbox.User), IDisposable
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_page_shows_the_sensors_in_a_real_browser_and_changes_as_events_arrive()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "20", "-d", "0", "-q");
        await using var consumer = User.Start("avro-consumer", topic, "-g", "browser", "--live", "-q");
        await using var page = await ChromiumPage.OpenAsync(await AddressAsync(consumer));

        var first = (await page.WhenAsync("document.getElementById('events')?.textContent === '160' && picture.src.endsWith('?160') && picture.complete", Shown)).GetString()!;
        await ProduceAsync(topic, "-e", "10", "-t", "20", "-d", "0", "-q");
        var second = (await page.WhenAsync("events.textContent === '240' && picture.src.endsWith('?240') && picture.complete", Shown)).GetString()!;
        await page.EvaluateAsync("location.reload()");
        var again = (await page.WhenAsync("performance.getEntriesByType('navigation')[0].type === 'reload' && document.getElementById('picture')?.src.endsWith('?240') && picture.complete", Shown)).GetString();
        await page.SetWidthAsync(390);
        var phone = await page.WhenAsync(
            "picture.src.includes('narrow.png') && picture.complete", "[picture.naturalWidth, picture.clientWidth, document.documentElement.scrollWidth]");
        var titles = await page.EvaluateAsync("[document.title, document.querySelectorAll('h1').length, title.textContent]");
        var foreign = await page.EvaluateAsync("performance.getEntriesByType('resource').filter(e => !e.name.startsWith(location.origin)).length");
        consumer.Interrupt();
        var ended = await page.WhenAsync("news.textContent !== ''", "news.textContent");

        Assert.All(Enumerable.Range(0, 8), n => Assert.Matches($@"sensor{n}: -?\d+(\.\d+)? \(20 events\)", first));
        Assert.All(Enumerable.Range(0, 8), n => Assert.Matches($@"sensor{n}: -?\d+(\.\d+)? \(30 events\)", second));
        Assert.Contains("partition 0: 120partition 1: 120", second, StringComparison.Ordinal);
        Assert.Contains("1280 × ", second, StringComparison.Ordinal);
        Assert.Equal(second, again);
        // Two pixels of the file for one of the page, and nothing to scroll sideways.
        Assert.Equal((800, 390), (phone[0].GetInt32(), phone[2].GetInt32()));
        Assert.InRange(phone[1].GetInt32(), 360, 390);
        Assert.Equal($"""["{topic} · group browser",1,"{topic} · group browser"]""", JsonSerializer.Serialize(titles, s_plain));
        Assert.Equal(0, foreign.GetInt32());
        Assert.Contains("has ended", ended.GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await consumer.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Pages_of_other_origins_read_nothing()
    {
        var topic = await User.NewTopicAsync();
        await using var consumer = User.Start("avro-consumer", topic, "-g", "foreign", "--live", "0");
        var address = await AddressAsync(consumer);
        await using var page = await ChromiumPage.OpenAsync(new Uri("about:blank"));

        var read = await page.EvaluateAsync($"fetch('{address}state').then(() => 'read', () => 'refused')");
        var drawn = await page.EvaluateAsync(
            $"new Promise(done => {{ const i = new Image(); i.onload = () => done('shown'); i.onerror = () => done('refused'); i.src = '{address}picture.png'; }})");
        var framed = await page.EvaluateAsync(
            $"new Promise(done => {{ const f = document.createElement('iframe'); f.onload = () => done(f.contentDocument === null ? 'refused' : 'own'); f.src = '{address}'; document.documentElement.append(f); }})");

        Assert.Equal(("refused", "refused", "refused"), (read.GetString(), drawn.GetString(), framed.GetString()));
    }

    [Fact]
    public async Task Only_names_of_the_loopback_are_answered_and_only_reading()
    {
        var topic = await User.NewTopicAsync();
        await using var consumer = User.Start("avro-consumer", topic, "-g", "names", "--live");
        var address = await AddressAsync(consumer);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, address, address.Authority));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Head, address, $"localhost:{address.Port}"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await StatusAsync(HttpMethod.Get, address, $"evil.example:{address.Port}"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await StatusAsync(HttpMethod.Get, address, "localhost"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await StatusAsync(HttpMethod.Get, address, $"127.0.0.1.evil.example:{address.Port}"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await StatusAsync(HttpMethod.Post, address, address.Authority));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await StatusAsync(HttpMethod.Options, address, address.Authority));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Get, new Uri(address, "config.toml"), address.Authority));
    }

    [Fact]
    public async Task Without_the_token_of_the_printed_address_there_is_nothing()
    {
        await using var consumer = User.Start("avro-consumer", await User.NewTopicAsync(), "-g", "token", "--live");
        var address = await AddressAsync(consumer);
        var token = address.AbsolutePath.Trim('/');
        var wrong = (token[0] == '0' ? '1' : '0') + token[1..];
        string[] paths = ["/", "/live.js", "/live.css", "/state", "/picture.png", $"/{token}", $"/{wrong}/", $"/{wrong}/state", $"/{token}0/state", $"/x/{token}/state", $"//{token}/state"];

        foreach (var path in paths)
        {
            Assert.Equal((path, HttpStatusCode.NotFound), (path, await StatusAsync(HttpMethod.Get, new Uri($"http://{address.Authority}{path}"), address.Authority)));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, await StatusAsync(HttpMethod.Post, new Uri($"http://{address.Authority}{path}"), address.Authority)));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, new Uri(address, "state"), address.Authority));
    }

    [Theory]
    [InlineData("")]
    [InlineData("live.js")]
    [InlineData("state")]
    [InlineData("picture.png")]
    [InlineData("absent")]
    public async Task Each_answer_keeps_other_sites_out(string path)
    {
        var topic = await User.NewTopicAsync();
        await using var consumer = User.Start("avro-consumer", topic, "-g", "headers", "--live");

        var answer = await _http.GetAsync(new Uri(await AddressAsync(consumer), path));

        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Resource-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_picture_of_the_page_is_that_of_the_file_below_its_heading()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "20", "-d", "0", "-q");
        var file = Path.Combine(User.Folder, $"{topic}.png");
        await using var consumer = User.Start("avro-consumer", topic, "-g", "both-shown", "--live", "--plot", file);
        await consumer.ReadLinesAsync(3 * 20 * Sensors);

        var picture = await _http.GetByteArrayAsync(new Uri(await AddressAsync(consumer), "picture.png"));
        var state = JsonDocument.Parse(await _http.GetStringAsync(new Uri(await AddressAsync(consumer), "state"))).RootElement;
        consumer.Interrupt();
        var result = await consumer.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        using var whole = new Picture(await File.ReadAllBytesAsync(file));
        using var drawn = new Picture(picture);
        Assert.Equal(whole.RowsFrom(whole.Height - drawn.Height), drawn.RowsFrom(0));
        Assert.Equal((int)new FigureLayout(8).Cell(0).Top, whole.Height - drawn.Height);
        Assert.NotEqual("", state.GetProperty("member").GetString());
        Assert.Equal((160, 160), (state.GetProperty("events").GetInt64(), state.GetProperty("drawn").GetInt64()));
        Assert.NotEmpty(drawn.Line(PartitionColor.Of(1), new FigureLayout(8, HasHeading: false), 7));
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_the_consumer_before_it_reads_anything()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var result = await User.RunAsync("avro-consumer", await User.NewTopicAsync(), "-g", "taken", "--live", $"{port}");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            $"error: The live picture cannot be served on port {port}: another process listens there.\n"
            + "  Choose another port with --live PORT, or leave PORT out for a free one.\n", result.Error);
    }

    [Fact]
    public async Task No_other_interface_than_the_loopback_is_served()
    {
        await using var consumer = User.Start("avro-consumer", await User.NewTopicAsync(), "-g", "loopback", "--live");
        var port = (await AddressAsync(consumer)).Port;
        Assert.SkipUnless(File.Exists("/proc/net/tcp"), "The sockets of this machine cannot be listed: there is no /proc/net/tcp.");

        var listening = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal)).Select(fields => fields[1]);

        Assert.Equal([$"0100007F:{port:X4}"], listening);
    }

    private const string Shown =
        "`${partitions.textContent} ${picture.alt} ${picture.naturalWidth} × ${picture.naturalHeight}`";

    private static async Task<Uri> AddressAsync(RunningTool consumer)
    {
        await consumer.WaitForLogAsync("Live picture at ");
        return new Uri(Regex.Match(consumer.Error, "Live picture at (http://127.0.0.1:[0-9]+/[0-9a-f]{32}/)\n").Groups[1].Value);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, Uri address, string host)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Host = host;
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }
}
