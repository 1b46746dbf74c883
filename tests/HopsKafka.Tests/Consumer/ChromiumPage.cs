using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

/// <summary>A page in a real, headless Chromium, asked by its remote debugging protocol.</summary>
internal sealed class ChromiumPage : IAsyncDisposable
{
    private static readonly string[] s_programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private readonly TempDir _profile;
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private int _calls;

    private ChromiumPage(TempDir profile, Process process) => (_profile, _process) = (profile, process);

    /// <summary>Opens an address; the test is skipped where there is no Chromium.</summary>
    public static async Task<ChromiumPage> OpenAsync(Uri address)
    {
        var program = s_programs.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "Chromium is not installed: this test looks at the live page in it.");
        var profile = new TempDir();
        var start = new ProcessStartInfo(program!,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", address.AbsoluteUri,
        ])
        {
            RedirectStandardError = true,
        };
        var page = new ChromiumPage(profile, Process.Start(start)!);
        try
        {
            await page.ConnectAsync();
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits, in the page, until an expression is true, and takes another one's value.</summary>
    public async Task<JsonElement> WhenAsync(string condition, string value) => await EvaluateAsync(
        $"new Promise(done => {{ const look = () => ({condition}) ? done({value}) : setTimeout(look, 50); look(); }})");

    /// <summary>Evaluates an expression in the page; a promise is awaited.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true });
        if (answer.TryGetProperty("error", out _))
        {
            // The page was still loading, so the query was lost with the empty page before it.
            return await EvaluateAsync(expression);
        }

        var result = answer.GetProperty("result");
        Assert.False(result.TryGetProperty("exceptionDetails", out var thrown), $"{expression} threw {thrown}");
        return result.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Makes the window as wide as a device's.</summary>
    public Task SetWidthAsync(int width) => CallAsync(
        "Emulation.setDeviceMetricsOverride", new { width, height = 844, deviceScaleFactor = 2, mobile = true });

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        // All processes of the browser write to it: at its end none is left that writes into the profile.
        await _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Dispose();
    }

    private async Task<JsonElement> CallAsync(string method, object parameters)
    {
        using var timeout = new CancellationTokenSource(s_timeout);
        var id = ++_calls;
        var call = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters });
        await _socket.SendAsync(call, WebSocketMessageType.Text, endOfMessage: true, timeout.Token);
        while (true)
        {
            var answer = await ReceiveAsync(timeout.Token);
            if (answer.TryGetProperty("id", out var of) && of.GetInt32() == id)
            {
                return answer;
            }
        }
    }

    private async Task ConnectAsync()
    {
        using var timeout = new CancellationTokenSource(s_timeout);
        Match found;
        do
        {
            var line = await _process.StandardError.ReadLineAsync(timeout.Token);
            Assert.True(line is not null, "Chromium ended before it listened for the test.");
            found = Regex.Match(line, @"DevTools listening on ws://(127\.0\.0\.1:\d+)/");
        }
        while (!found.Success);

        // Whatever else it says is dropped, or it would wait for a reader some day.
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        using var http = new HttpClient();
        var pages = await http.GetFromJsonAsync<JsonElement>($"http://{found.Groups[1].Value}/json/list", timeout.Token);
        var page = pages.EnumerateArray().First(p => p.GetProperty("type").GetString() == "page");
        await _socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), timeout.Token);
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken timeout)
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, timeout);
            text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }
        while (!part.EndOfMessage);

        return JsonSerializer.Deserialize<JsonElement>(text.ToString());
    }
}
