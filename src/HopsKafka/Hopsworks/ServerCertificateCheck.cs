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
    /// <exception cref="HopsKafkaException">The CA file is missing, unreadable or holds no certificate.</exception>
    public static SslClientAuthenticationOptions For(ServerTrust trust, SettingNames? names = null)
    {
        names ??= SettingNames.ConfigFile;
        var authorities = trust is { Verify: true, CaFile: { } file } ? ReadCaFile(file, names) : null;
        return new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = authorities is null ? null : CertificateValidator.OnlyTrusting(authorities),
            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                Check(trust, names, authorities, sender, certificate as X509Certificate2, chain, errors),
        };
    }

    /// <exception cref="HopsKafkaException">The CA file is missing, unreadable or holds no certificate.</exception>
    internal static X509Certificate2Collection ReadCaFile(string file, SettingNames? names = null)
    {
        names ??= SettingNames.ConfigFile;
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
            $"The CA file {file} of {names.ServerCa} {why.TrimEnd('.')}.",
            $"Name a PEM file with the CA that signed the server's certificate, or {names.SystemCas} for the system's trust store.",
            ExitCode.Usage,
            e);
    }

    private static bool Check(
        ServerTrust trust, SettingNames names, X509Certificate2Collection? authorities, object sender, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!trust.Verify)
        {
            return true;
        }

        if (certificate is null)
        {
            throw new ServerCertificateException("the server shows no certificate", $"Check {names.Server}.");
        }

        var fault = Validate(authorities);
        if (fault is { Kind: not (CertificateFaultKind.Weak or CertificateFaultKind.OtherName) } && authorities is not null)
        {
            // A server that moved to another CA while the program runs: the user has replaced the file.
            fault = Validate(ReadForHandshake(trust.CaFile!, names));
        }

        return fault is null ? true : throw Refused(trust, names, fault, (sender as SslStream)?.TargetHostName ?? "this host");

        CertificateFault? Validate(X509Certificate2Collection? trusted) => CertificateValidator.Validate(
            certificate, chain?.ChainPolicy.ExtraStore ?? [], trusted, !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch));
    }

    // Only this exception leaves a handshake with its message.
    private static X509Certificate2Collection ReadForHandshake(string file, SettingNames names)
    {
        try
        {
            return ReadCaFile(file, names);
        }
        catch (HopsKafkaException e)
        {
            throw new ServerCertificateException(e.Message, e.Remedy ?? "");
        }
    }

    private static ServerCertificateException Refused(ServerTrust trust, SettingNames names, CertificateFault fault, string host) => fault.Kind switch
    {
        CertificateFaultKind.NotTrusted => new(
            $"the certificate of {fault.Holder}, is not trusted by {(trust.CaFile is null ? "this system's trust store" : $"the CA file {trust.CaFile}")} "
            + $"({fault.Reason})",
            $"{names.SetServerCa}; {names.AcceptAny} accepts anything, for testing only."),
        CertificateFaultKind.Expired or CertificateFaultKind.NotYetValid => new(
            $"the certificate of {fault.Holder}, is out of date; its dates are {fault.Certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to "
            + $"{fault.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}",
            "Ask the administrator of Hopsworks to renew it, and check the clock of this machine."),
        CertificateFaultKind.Weak => new($"the certificate of {fault.Holder}, {fault.Reason}, which can be forged", WeakCertificate.Remedy),
        _ => new(
            $"the certificate of {CertificateValidator.Show(fault.Certificate.SubjectName)} is not for {DisplayText.Of(host)}, but for {fault.Reason}",
            $"Write one of these names as {names.Host}, or ask the administrator of Hopsworks for a certificate with the right name."),
    };
}

/// <summary>The server's certificate was rejected; thrown inside the TLS handshake, so that the reason stays with its connection.</summary>
internal sealed class ServerCertificateException(string message, string remedy) : AuthenticationException(message)
{
    public string Remedy { get; } = remedy;
}
