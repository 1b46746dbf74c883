using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Tests.Certificates;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>A key store, taken as the client's and as that of the CAs.</summary>
internal abstract class StoreTarget(string name, IReadOnlyList<string> samples) : FuzzTarget(name)
{
    private static readonly DateTimeOffset s_now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ProjectOptions s_empty = new("demo", 1, null, null, null, null);

    public override IReadOnlyList<byte[]> Samples { get; } = [.. samples.Select(SampleFile.Bytes)];

    public override IEnumerable<string> SecretsOf(byte[] input) => [Secret];

    public override string Run(byte[] input)
    {
        var path = Folder.File("store");
        File.WriteAllBytes(path, input);
        var project = s_empty with { StorePassword = new Secret(Secret) };
        var asKeys = Capture(() => ProjectFiles.Load(project with { KeyStore = path, CaFile = SampleFile.PathOf("plain.pem") }, s_now));
        var asAuthorities = Capture(() => CertificateInfo.Of(TrustedAuthorities.Load((project with { TrustStore = path }).CertificateSources(), s_now)));
        return asKeys.Length == 0 || asAuthorities.Length == 0 ? "" : asKeys + asAuthorities;
    }
}
