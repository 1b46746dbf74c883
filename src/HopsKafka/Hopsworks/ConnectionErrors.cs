using System.Net.Sockets;
using System.Security.Authentication;
using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>Explains failures below HTTP: name resolution, connection, TLS, incomplete responses.</summary>
internal static class ConnectionErrors
{
    public static HopsworksException From(RestCall call, HttpRequestException e)
    {
        var (reason, remedy, transient) = Explain(call.Uri, call.Names, e);
        var failure = call.Failure(reason, remedy, isTransient: transient, cause: e);
        failure.IsConnectionLost = e.HttpRequestError is HttpRequestError.Unknown or HttpRequestError.ResponseEnded
                || (e.HttpRequestError == HttpRequestError.SecureConnectionError && Inner<IOException>(e) is not null);
        return failure;
    }

    public static HopsworksException Timeout(RestCall call, TimeSpan limit, Exception e) => call.Failure(
        $"no answer from {call.Uri.Authority} within {limit.TotalSeconds:0.###} s", CheckAddress(call.Names), isTransient: true, cause: e);

    private static string CheckAddress(SettingNames names) => $"Check {names.Server}, and that this machine may reach the server (VPN, firewall).";

    private static (string Reason, string Remedy, bool Transient) Explain(Uri uri, SettingNames names, HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => NameUnknown(uri, names, e),
        HttpRequestError.ConnectionError => Unreachable(uri, names, e),
        HttpRequestError.SecureConnectionError => HandshakeFailed(uri, names, e),
        HttpRequestError.ProxyTunnelError => (
            $"the proxy lets nothing through to {uri.Authority}: {DisplayText.Of(e.Message)}",
            "Check HTTPS_PROXY, or put the server into NO_PROXY.",
            false),
        HttpRequestError.InvalidResponse => (
            $"the server at {uri.Authority} does not use HTTP", $"Check {names.Port}: it is that of the REST API, not of Kafka.", false),
        HttpRequestError.ConfigurationLimitExceeded => (
            $"the answer of {uri.Authority} is far longer than any of the registry's", CheckAddress(names), false),
        _ => ($"the connection to {uri.Authority} was lost before the whole answer came", "Try again; " + Lower(CheckAddress(names)), true),
    };

    private static (string Reason, string Remedy, bool Transient) NameUnknown(Uri uri, SettingNames names, HttpRequestException e) => (
        $"the host {uri.Host} cannot be resolved",
        $"Check {names.Host} for a typing error, and this machine's DNS.",
        Inner<SocketException>(e)?.SocketErrorCode == SocketError.TryAgain);

    private static (string Reason, string Remedy, bool Transient) Unreachable(Uri uri, SettingNames names, HttpRequestException e) =>
        Inner<SocketException>(e)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => ($"nothing listens at {uri.Authority} (connection refused)", CheckAddress(names), true),
            { } error => ($"{uri.Authority} cannot be reached ({error})", CheckAddress(names), true),
            null => ($"{uri.Authority} cannot be reached ({DisplayText.Of(e.Message)})", CheckAddress(names), true),
        };

    private static (string Reason, string Remedy, bool Transient) HandshakeFailed(Uri uri, SettingNames names, HttpRequestException e)
    {
        if (Inner<ServerCertificateException>(e) is { } refused)
        {
            return (refused.Message, refused.Remedy, false);
        }

        if (Inner<IOException>(e) is not null)
        {
            return ($"{uri.Authority} closed the connection during the TLS handshake", CheckAddress(names), true);
        }

        return IsNotTls(e)
            ? ($"the server at {uri.Authority} does not use TLS", $"Check {names.Port}: it is that of the REST API over HTTPS.", false)
            : ($"the TLS handshake with {uri.Authority} failed: {DisplayText.Of(e.GetBaseException().Message)}",
               $"Check {names.Port}: it is that of the REST API, not of Kafka (whose brokers request a client certificate).",
               false);
    }

    // .NET gives this case no code: it is an AuthenticationException of its own, or OpenSSL's "wrong version number" below it.
    private static bool IsNotTls(HttpRequestException e) =>
        e.InnerException is AuthenticationException { InnerException: null }
        || e.GetBaseException().Message.Contains("wrong version number", StringComparison.OrdinalIgnoreCase);

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private static T? Inner<T>(Exception e)
        where T : Exception
    {
        for (var inner = e.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is T found)
            {
                return found;
            }
        }

        return null;
    }
}
