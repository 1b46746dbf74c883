using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Hopsworks;

/// <summary>How the certificate of the REST API is checked, by <c>verify</c> of the configuration.</summary>
internal static class ServerCertificateCheck
{
    private static readonly Oid s_serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <exception cref="HopsKafkaException">The CA file is missing, unreadable or holds no certificate.</exception>
    public static SslClientAuthenticationOptions For(ServerTrust trust)
    {
        var authorities = trust is { Verify: true, CaFile: { } file } ? ReadCaFile(file) : null;
        return new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = authorities is null ? null : OnlyTrusting(authorities),
            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                Check(trust, authorities, sender, certificate as X509Certificate2, chain, errors),
        };
    }

    private static X509ChainPolicy OnlyTrusting(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    /// <exception cref="HopsKafkaException">The CA file is missing, unreadable or holds no certificate.</exception>
    internal static X509Certificate2Collection ReadCaFile(string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unusable($"cannot be read: {(FileErrors.IsAboutFile(e) ? FileErrors.Why(file, e) : DisplayText.Of(e.Message))}", e);
        }

        return certificates.Count > 0 ? certificates : throw Unusable("holds no certificate in PEM form", null);

        HopsKafkaException Unusable(string why, Exception? e) => new(
            $"The CA file {file} of [hops] verify {why}",
            "Name a PEM file with the CA that signed the server's certificate, or write verify = true for the system's trust store.",
            ExitCode.Usage,
            e);
    }

    private static bool Check(
        ServerTrust trust, X509Certificate2Collection? authorities, object sender, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!trust.Verify)
        {
            return true;
        }

        if (certificate is null)
        {
            throw new ServerCertificateException("the server shows no certificate", "Check [hops] url and port.");
        }

        var isRefused = errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors);
        using var renewed = isRefused && authorities is not null ? ChainOfRenewedFile(trust.CaFile!, authorities, certificate, chain) : null;
        if (isRefused && renewed?.Build(certificate) != true)
        {
            throw ChainRefused(trust, certificate, renewed ?? chain);
        }

        if (WeakCertificate.In(renewed ?? chain!) is { } weak)
        {
            throw new ServerCertificateException($"{Holder(weak.Certificate)} {weak.Weakness}, which can be forged", WeakCertificate.Remedy);
        }

        return (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
            ? true
            : throw NameRefused((sender as SslStream)?.TargetHostName, certificate);
    }

    // A server that moved to another CA while the tool runs: the user has replaced the file. Null when it is as it was.
    private static X509Chain? ChainOfRenewedFile(
        string file, X509Certificate2Collection authorities, X509Certificate2 certificate, X509Chain? refused)
    {
        var now = ReadForHandshake(file);
        if (now.Count == authorities.Count && now.All(authorities.Contains))
        {
            return null;
        }

        var chain = new X509Chain { ChainPolicy = OnlyTrusting(now) };
        chain.ChainPolicy.ApplicationPolicy.Add(s_serverAuthentication);
        chain.ChainPolicy.ExtraStore.AddRange(refused?.ChainPolicy.ExtraStore ?? []);
        return chain;
    }

    // Only this exception leaves a handshake with its words.
    private static X509Certificate2Collection ReadForHandshake(string file)
    {
        try
        {
            return ReadCaFile(file);
        }
        catch (HopsKafkaException e)
        {
            throw new ServerCertificateException(e.Message, e.Remedy ?? "");
        }
    }

    private static ServerCertificateException ChainRefused(ServerTrust trust, X509Certificate2 certificate, X509Chain? chain)
    {
        var who = Holder(certificate);
        var status = chain?.ChainStatus ?? [];
        if (status.Any(s => s.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)))
        {
            return new ServerCertificateException(
                $"{who} or one above it is out of date; its own dates are {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to "
                + $"{certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}",
                "Ask the administrator of Hopsworks to renew it; check this machine's clock.");
        }

        var where = trust.CaFile is null ? "this system's trust store" : $"the CA file {trust.CaFile}";
        var why = string.Join(", ", status.Select(s => s.Status).Distinct());
        return new ServerCertificateException(
            $"{who} is not trusted by {where} ({(why.Length > 0 ? why : "no chain")})",
            "Set [hops] verify to a PEM file with the CA that issued it (verify = 'path'); verify = false accepts anything, "
            + "for testing only.");
    }

    private static ServerCertificateException NameRefused(string? host, X509Certificate2 certificate) => new(
        $"the certificate of {Name(certificate.SubjectName)} is not for {DisplayText.Of(host ?? "this host")}, but for {Names(certificate)}",
        "Write one of these names as [hops] url, or ask the administrator of Hopsworks for a certificate with the right name.");

    private static string Holder(X509Certificate2 certificate) =>
        $"the certificate of {Name(certificate.SubjectName)}, issued by {Name(certificate.IssuerName)},";

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())))
            .ToList();
        return names.Count > 0 ? DisplayText.Of(string.Join(", ", names)) : "no name at all (it has no subject alternative name)";
    }

    private static string Name(X500DistinguishedName name) => name.Name.Length > 0 ? DisplayText.Of(name.Name) : "(no name)";
}

/// <summary>The server's certificate was refused; thrown inside the TLS handshake, so that the reason stays with its connection.</summary>
internal sealed class ServerCertificateException(string message, string remedy) : AuthenticationException(message)
{
    public string Remedy { get; } = remedy;
}
