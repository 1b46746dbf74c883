using System.Globalization;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using Spectre.Console;

namespace HopsKafka.Tool.Certs;

/// <summary>The tutorial's conversion in one step: opens both stores, writes both PEM files, shows what is in them.</summary>
/// <param name="request">What the user asked for.</param>
internal sealed class CertsConversion(CertsRequest request)
{
    private const string KeyFile = "keyStore.pem";
    private const string TrustFile = "trustStore.pem";
    private const int NarrowestPipe = 200;

    /// <summary>Does it.</summary>
    /// <param name="stop">Ends a prompt.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="HopsKafkaException">A store cannot be used, or a file is there already.</exception>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var output = new PemOutput(request.OutputFolder, request.Force);
        output.Check(KeyFile, TrustFile);
        if (Path.GetDirectoryName(request.KeyStore) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new HopsKafkaException(
                $"There is no folder {folder}, which should hold the export.", "Name the export's folder with --dir, or its files with --keystore and --truststore.", ExitCode.Usage);
        }

        var passwords = new CertsPasswords(request);
        var (password, setting) = await passwords.OfStoresAsync(stop);
        var export = ProjectExport.Open(
            new StoreSource(request.KeyStore, "--keystore", password, setting) { Alias = request.KeyAlias, AliasSetting = "--key-alias" },
            new StoreSource(request.TrustStore, "--truststore", password, setting));
        var keyPassword = await passwords.OfKeyAsync(stop);

        output.Write(KeyFile, export.KeyStorePem(keyPassword).Reveal());
        output.Write(TrustFile, export.TrustStorePem());
        Show(export);
        if (!export.IsIssuerTrusted)
        {
            Talk.Warning(
                $"The trust store does not hold {export.Client[^1].Issuer}, to which the chain of the client certificate leads: are both of one "
                + "export? The brokers of Hopsworks have certificates of the same CA.");
        }

        Talk.Line(keyPassword is null
            ? $"The key in {output.PathOf(KeyFile)} is not encrypted: only you can read the file, keep it so."
            : $"The key in {output.PathOf(KeyFile)} is encrypted: write its password as [project] key_password, or HOPSKAFKA_PROJECT__KEY_PASSWORD.");
        return ExitCode.Ok;
    }

    private static void Show(ProjectExport export)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumn("file", column => column.NoWrap()).AddColumn("subject").AddColumn("issuer");
        table.AddColumn("valid from", column => column.NoWrap()).AddColumn("until (UTC)", column => column.NoWrap());
        AddRows(table, KeyFile, export.Client);
        AddRows(table, TrustFile, export.Trusted);
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = NarrowestPipe;
        }

        Talk.FlushBriefly();
        AnsiConsole.Write(table);
    }

    private static void AddRows(Table table, string file, IReadOnlyList<CertificateInfo> certificates)
    {
        foreach (var certificate in certificates)
        {
            table.AddRow([.. new[]
            {
                file, certificate.Subject, certificate.Issuer, Moment(certificate.NotBefore), Moment(certificate.NotAfter),
            }.Select(text => new Text(TerminalText.Escape(text)))]);
            Warn(certificate);
        }
    }

    private static void Warn(CertificateInfo certificate)
    {
        var now = DateTime.UtcNow;
        if (certificate.NotAfter < now)
        {
            Talk.Warning($"{certificate.Subject} has expired; export the project's certificates from Hopsworks again.");
        }
        else if (certificate.NotBefore > now)
        {
            Talk.Warning($"{certificate.Subject} is not valid yet; check the clock of this machine.");
        }
    }

    private static string Moment(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
