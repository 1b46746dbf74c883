using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>What can be checked without a network: configuration, files, key and certificate.</summary>
/// <param name="checkup">Makes the checks.</param>
internal sealed class ConfigChecks(CheckRunner checkup)
{
    public const string Files = "files";
    public const string Certificate = "key and certificate";
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(14);

    public Task<HopsKafkaConfig?> LoadAsync(string file) => checkup.RunAsync("config", _ =>
    {
        var config = ConfigLoader.Load(file);
        return Task.FromResult((config, CheckOutcome.Ok($"{file}: project {config.Project.Name ?? $"{config.Project.Id}"}, topic {config.Kafka.Topic}")));
    });

    public async Task<ProjectCertificates?> CertificatesAsync(HopsKafkaConfig config)
    {
        var readable = await checkup.RunAsync(Files, _ => Task.FromResult(ReadFiles(config)));
        if (!readable)
        {
            checkup.Skip(Certificate, $"because {Files} failed");
            return null;
        }

        return await checkup.RunAsync(Certificate, _ =>
        {
            var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), DateTimeOffset.UtcNow);
            return Task.FromResult((certificates, Describe(certificates, config.Project.Name)));
        });
    }

    // The API key has a check of its own: without it Kafka can still be looked at.
    private static CheckOutcome ReadFiles(HopsKafkaConfig config)
    {
        var files = ConfiguredFiles.Of(config);
        foreach (var (setting, path) in files)
        {
            Open(setting, path);
        }

        return CheckOutcome.Ok(string.Join(", ", files.Select(f => ShortPath.Of(f.Path)).Distinct()));
    }

    private static void Open(string setting, string path)
    {
        SecretFile.RefuseMissing(path, setting, $"Put the file there, or correct {setting}.", isSecret: false);
        try
        {
            using var file = File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException(
                $"{ShortPath.Of(path)} ({setting}) cannot be read: {FileErrors.Why(path, e)}.", $"Put the file there, or correct {setting}.", innerException: e);
        }
    }

    private static CheckOutcome Describe(ProjectCertificates certificates, string? project)
    {
        using var leaf = X509Certificate2.CreateFromPem(certificates.CertificatePem);
        var ends = new DateTimeOffset(leaf.NotAfter);
        var text = $"{CertificateValidator.Show(leaf.SubjectName)}, issued by {CertificateValidator.Show(leaf.IssuerName)}, "
            + $"valid until {ends.UtcDateTime:yyyy-MM-dd}";
        var owner = leaf.GetNameInfo(X509NameType.SimpleName, false).Split("__")[0];
        if (project is not null && !owner.Equals(project, StringComparison.OrdinalIgnoreCase))
        {
            return CheckOutcome.Warning(
                $"{text}: a certificate of project {owner}, but [project] name is {project}",
                "Export the certificates of the project that is meant, or correct [project] name.");
        }

        return ends - DateTimeOffset.UtcNow < s_soon
            ? CheckOutcome.Warning(text, "It ends soon: export the project's certificates from Hopsworks again.")
            : CheckOutcome.Ok(text);
    }
}
