using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>The checks without a network: configuration, files, key and certificates.</summary>
internal sealed class ConfigChecks(CheckRunner checks)
{
    public const string Files = "files";
    public const string Certificate = "key and certificate";
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(14);

    public Task<HopsKafkaConfig?> LoadAsync(Func<CancellationToken, Task<HopsKafkaConfig>> load) => checks.RunAsync("config", async stop =>
    {
        var config = await load(stop);
        return (config, CheckOutcome.Ok($"{config.File}: project {config.Project.Name ?? $"{config.Project.Id}"}, topic {config.Kafka.Topic}"));
    });

    /// <summary>Opens every configured file except that of the API key, which has its own check.</summary>
    /// <returns>The settings whose files cannot be read.</returns>
    public async Task<IReadOnlyList<string>> FilesAsync(HopsKafkaConfig config)
    {
        var files = ConfiguredFiles.Of(config);
        if (files.Count == 0)
        {
            checks.Skip(Files, "because the configuration names none");
            return [];
        }

        var faults = files.Select(f => (f.Setting, Error: Open(f.Setting, f.Path))).Where(f => f.Error is not null).ToList();
        await checks.RunAsync(Files, _ => faults.Count == 0
            ? Task.FromResult(CheckOutcome.Ok(string.Join(", ", files.Select(f => ShortPath.Of(f.Path)).Distinct())))
            : throw new HopsKafkaException(
                string.Join(" ", faults.Select(f => f.Error!.Message)),
                $"Put the {(faults.Count == 1 ? "file" : "files")} there, or correct {string.Join(", ", faults.Select(f => f.Setting))}.",
                innerException: faults[0].Error));
        return [.. faults.Select(f => f.Setting)];
    }

    /// <summary>Loads key and certificates.</summary>
    /// <param name="missing">The settings whose files cannot be read.</param>
    /// <returns>The certificates; null if they cannot be used.</returns>
    public async Task<ProjectCertificates?> CertificatesAsync(HopsKafkaConfig config, IReadOnlyList<string> missing)
    {
        if (missing.Any(setting => setting.StartsWith(ConfiguredFiles.Project, StringComparison.Ordinal)))
        {
            checks.Skip(Certificate, $"because {Files} failed");
            return null;
        }

        return await checks.RunAsync(Certificate, _ =>
        {
            var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), DateTimeOffset.UtcNow);
            return Task.FromResult((certificates, certificates.HasClient
                ? Describe(certificates, config.Project.Name)
                : CheckOutcome.Ok($"no client certificate; {(certificates.CaPem.Length > 0 ? $"CAs of {ShortPath.Of(config.Project.TrustSource!)}" : "CAs of the system")}")));
        });
    }

    private static HopsKafkaException? Open(string setting, string path)
    {
        try
        {
            SecretFile.RefuseMissing(path, setting, "", isSecret: false);
            using var file = File.OpenRead(path);
            return null;
        }
        catch (HopsKafkaException e)
        {
            return e;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HopsKafkaException($"{ShortPath.Of(path)} ({setting}) cannot be read: {FileErrors.Why(path, e)}.", innerException: e);
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
