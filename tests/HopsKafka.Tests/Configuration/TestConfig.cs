using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Configuration;

/// <summary>A folder with a config.toml, loaded with an environment of the test's own.</summary>
internal sealed class TestConfig : IDisposable
{
    public const string FileName = "config.toml";

    /// <summary>The file of the tutorial, as printed there.</summary>
    public const string Tutorial = """
        [hops]
        url = '127.0.0.1'

        # for testing only! set this flag to false or path to server certificate file
        # needed when testing Hopsworks with a self signed certificate
        # otherwise leave this true
        verify = false

        [project]
        name =  'Kafka_Tutorial'
        id = '1143'
        ca_file = 'cert/trustStore.pem'
        certificate_file = 'cert/keyStore.pem'
        key_file = 'cert/keyStore.pem'
        key_password = 'asdf123'

        [kafka]
        topic = 'temperature'
        schema = 'sensor'
        port = '9092'

        [kafka.consumer]
        group_id = 'TutorialGroup'
        auto_offset_reset =  'earliest'

        [api]
        base = '/hopsworks-api/api'
        key = 'K97n09yskcBuuFyO.scfQegUMhXfHg7v3Tpk8t6HIPUlmIP463BPdbTSdSEKAfo5AB8SIwY8LGgB4924B'
        key_file = 'cert/apiKeyFile'
        """;

    /// <summary>The smallest file that loads; ends inside [api].</summary>
    public const string Smallest = """
        [hops]
        url = 'localhost'
        [project]
        id = 1
        ca_file = 'ca.pem'
        certificate_file = 'client.pem'
        [kafka]
        topic = 't'
        schema = 's'
        port = 9092
        [api]
        key_file = 'key'

        """;

    private readonly TempDir _folder = new();

    public string Folder => _folder.Path;

    public string Path => _folder.File(FileName);

    public HopsKafkaConfig Load(string toml, params (string Name, string Value)[] environment)
    {
        _folder.Write(FileName, toml);
        return ConfigLoader.Load(Path, environment.ToDictionary(v => v.Name, v => v.Value));
    }

    public HopsKafkaConfig LoadBytes(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        return ConfigLoader.Load(Path, new Dictionary<string, string>());
    }

    /// <summary>The error of a file that must not load, with the folder left out.</summary>
    public string Error(string toml, params (string Name, string Value)[] environment)
    {
        var error = Assert.Throws<HopsKafkaException>(() => Load(toml, environment));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Null(error.Remedy);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message.Replace(Folder + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
