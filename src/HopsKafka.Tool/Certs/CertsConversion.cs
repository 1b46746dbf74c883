using System.Globalization;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Tool.Certs;

/// <summary>The tutorial's conversion in one step: opens both stores, writes both PEM files, shows what is in them.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class CertsConversion(CertsRequest request)
{
    private const string KeyFile = "keyStore.pem";
    private const string TrustFile = "trustStore.pem";

    /// <summary>Converts the stores.</summary>
    /// <param name="stop">Ends a prompt.</param>
    /// <exception cref="HopsKafkaException">A store cannot be used, or a file is there already.</exception>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var output = new PemOutput(request.OutputFolder, request.Force);
        output.Check(KeyFile, TrustFile);
        if (Path.GetDirectoryName(request.KeyStore) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new HopsKafkaException(
                $"There is no folder {folder}, which should hold the export.",
                "Name the export's folder with --dir, or its files with --keystore and --truststore.",
                ExitCode.Usage);
        }

        var passwords = new CertsPasswords(request);
        var (password, setting) = await passwords.GetStorePasswordAsync(stop);
        var export = ProjectExport.Open(
            new StoreSource(request.KeyStore, "--keystore", password, setting) { Alias = request.KeyAlias, AliasSetting = "--key-alias" },
            new StoreSource(request.TrustStore, "--truststore", password, setting));
        var keyPassword = await passwords.GetKeyPasswordAsync(stop);

        output.Write(KeyFile, export.KeyStorePem(keyPassword).Reveal());
        output.Write(TrustFile, export.TrustStorePem());
        Show(export);
        if (!export.IsIssuerTrusted)
        {
            ConsoleLog.Warning(
                $"The trust store does not hold {export.Client[^1].Issuer}, the issuer of the client certificate's chain.",
                WarningCodes.IssuerNotInTrustStore,
                remedy: "Check that both stores are of one export: the brokers of Hopsworks have certificates of the same CA.");
        }

        ConsoleLog.Report(keyPassword is null
            ? $"The key in {output.PathOf(KeyFile)} is not encrypted; only you can read the file."
            : $"The key in {output.PathOf(KeyFile)} is encrypted: set its password as [project] key_password or HOPSKAFKA_PROJECT__KEY_PASSWORD.");
        return ExitCode.Ok;
    }

    private static void Show(ProjectExport export)
    {
        (string File, CertificateInfo Certificate)[] all = [.. export.Client.Select(c => (KeyFile, c)), .. export.Trusted.Select(c => (TrustFile, c))];
        Array.ForEach(all, row => Warn(row.Certificate));
        DataOutput.Table(
            ["file", "subject", "issuer", "valid from", "until (UTC)"],
            all.Select(row => new[]
            {
                row.File, row.Certificate.Subject, row.Certificate.Issuer, Date(row.Certificate.NotBefore), Date(row.Certificate.NotAfter),
            }));
    }

    private static void Warn(CertificateInfo certificate)
    {
        var now = CommandContext.Current.Time.GetUtcNow().UtcDateTime;
        if (certificate.NotAfter < now)
        {
            ConsoleLog.Warning($"{certificate.Subject} has expired.", WarningCodes.CertificateExpired, remedy: "Export the project's certificates from Hopsworks again.");
        }
        else if (certificate.NotBefore > now)
        {
            ConsoleLog.Warning($"{certificate.Subject} is not valid yet.", WarningCodes.CertificateNotYetValid, remedy: "Check the clock of this machine.");
        }
    }

    private static string Date(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The validated command line of <c>hops-kafka certs</c>.</summary>
/// <param name="OutputFolder">Where keyStore.pem and trustStore.pem go.</param>
/// <param name="StorePasswordFile">The file with the stores' password; null for the environment, the folder or a prompt.</param>
/// <param name="KeyAlias">The key to take; null takes the only one.</param>
/// <param name="KeyPasswordFile">The file with the password for the key in keyStore.pem; null for the environment, a prompt or no encryption.</param>
/// <param name="AskKeyPassword">Prompt for that password.</param>
internal sealed record CertsRequest(
    string KeyStore,
    string TrustStore,
    string OutputFolder,
    string? StorePasswordFile,
    string? KeyAlias,
    string? KeyPasswordFile,
    bool AskKeyPassword,
    bool Force);
