using System.Globalization;
using HopsKafka.Common;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>Whether certificates are valid now.</summary>
internal static class CertificateValidity
{
    /// <summary>Checks one certificate.</summary>
    /// <param name="file">Where it is from, for messages.</param>
    /// <exception cref="HopsKafkaException">It has expired or is not valid yet.</exception>
    public static void Check(X509Certificate certificate, string file, DateTimeOffset now)
    {
        if (HasExpired(certificate, now))
        {
            throw new HopsKafkaException(
                Invariant($"The certificate {certificate.SubjectDN} in {file} expired on {certificate.NotAfter:yyyy-MM-dd}."),
                "Export the project's certificates from Hopsworks again.",
                ExitCode.Usage);
        }

        if (now.UtcDateTime < certificate.NotBefore.ToUniversalTime())
        {
            throw new HopsKafkaException(
                Invariant($"The certificate {certificate.SubjectDN} in {file} is not valid before {certificate.NotBefore:yyyy-MM-dd HH:mm} UTC."),
                "Check the clock of this machine.",
                ExitCode.Usage);
        }
    }

    /// <summary>True when its time is over.</summary>
    public static bool HasExpired(X509Certificate certificate, DateTimeOffset now) =>
        now.UtcDateTime > certificate.NotAfter.ToUniversalTime();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
