using HopsKafka.Certificates;

namespace HopsKafka.Configuration;

/// <summary>Reads <c>[project]</c>.</summary>
internal sealed class ProjectSection(TableReader reader)
{
    private const string KeyStoreExample = "'cert/keyStore.jks'";
    private const string TrustStoreExample = "'cert/trustStore.jks'";
    private const string PasswordFileExample = "'cert/password'";

    /// <summary>The table's settings.</summary>
    /// <param name="needsCertificate">Whether key and CAs must be there.</param>
    /// <param name="issued">Key and certificates from the server; null for those of the files.</param>
    public ProjectOptions Read(bool needsCertificate, ProjectCertificates? issued = null)
    {
        var withKeyStore = Chooses("keystore", "certificate_file", "key_file");
        var withTrustStore = Chooses("truststore", "ca_file");
        if (issued is null)
        {
            RequireFiles(withKeyStore, withTrustStore, needsCertificate);
        }

        RefuseUseless();

        var certificate = withKeyStore ? null : reader.OptionalFilePath("certificate_file", "'cert/keyStore.pem'");
        return new ProjectOptions(
            reader.OptionalText("name", "'Kafka_Tutorial'"),
            Id(),
            withTrustStore ? null : reader.OptionalFilePath("ca_file", "'cert/trustStore.pem'"),
            certificate,
            withKeyStore ? null : reader.OptionalFilePath("key_file", "'cert/keyStore.pem'") ?? certificate,
            reader.OptionalSecret("key_password", "'the password of the private key'"))
        {
            Issued = issued,
            KeyStore = withKeyStore ? reader.OptionalFilePath("keystore", KeyStoreExample) : null,
            TrustStore = withTrustStore ? reader.OptionalFilePath("truststore", TrustStoreExample) : null,
            StorePassword = reader.OptionalSecret("store_password", "'the password shown with the export'"),
            StorePasswordFile = reader.OptionalFilePath("store_password_file", PasswordFileExample),
            KeyAlias = reader.OptionalText("key_alias", "'kafka_tutorial__meb10000'"),
            FeatureStore = reader.OptionalText("feature_store", "'otherproject_featurestore'"),
        };
    }

    // A store and PEM files for the same thing contradict each other, unless one of them comes from the environment, which wins.
    private bool Chooses(string store, params string[] files)
    {
        var given = files.FirstOrDefault(file => reader.Find(file) is not null);
        if (reader.Find(store) is not { } chosen || given is null)
        {
            return reader.Find(store) is not null;
        }

        var (storeIsVariable, fileIsVariable) = (
            chosen.Key.Variable is not null, files.Any(file => reader.Find(file)?.Key.Variable is not null));
        if (storeIsVariable == fileIsVariable)
        {
            reader.Contradict(store, $"and {given} set the same in two ways; keep one of the two");
        }

        return !fileIsVariable;
    }

    private void RequireFiles(bool withKeyStore, bool withTrustStore, bool needsCertificate)
    {
        if (!withKeyStore && reader.Find("certificate_file") is null && (needsCertificate || reader.Find("key_file") is not null))
        {
            RequireOne("keystore", KeyStoreExample, "certificate_file", "'cert/keyStore.pem'", preferStore: reader.Find("key_file") is null);
        }

        if (!withTrustStore && reader.Find("ca_file") is null && needsCertificate)
        {
            RequireOne("truststore", TrustStoreExample, "ca_file", "'cert/trustStore.pem'", preferStore: withKeyStore);
        }
    }

    private void RequireOne(string store, string storeExample, string file, string fileExample, bool preferStore) => reader.Missing(
        preferStore ? store : file, preferStore ? storeExample : fileExample, $"[project] has neither {file} nor {store}");

    private void RefuseUseless()
    {
        if (reader.Find("keystore") is null)
        {
            reader.Contradict("key_alias", "has no effect without keystore; leave it out");
        }

        if (reader.Find("keystore") is null && reader.Find("truststore") is null)
        {
            reader.Contradict("store_password", "has no effect without keystore or truststore; leave it out");
            reader.Contradict("store_password_file", "has no effect without keystore or truststore; leave it out");
        }
    }

    private int Id()
    {
        const string Example = "1143";
        if (reader.Find("id") is null)
        {
            reader.Missing("id", Example);
        }

        return reader.Positive("id", int.MaxValue, Example) ?? 0;
    }
}
