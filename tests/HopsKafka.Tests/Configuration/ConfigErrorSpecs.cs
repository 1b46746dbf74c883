using System.Text;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Tests.Configuration;

public sealed class ConfigErrorSpecs : IDisposable
{
    private readonly TestConfig _testConfig = new();

    public void Dispose() => _testConfig.Dispose();

    // Each row edits the tutorial's file: the first text becomes the second.
    [Theory]
    [InlineData("url = '127.0.0.1'\n", "", "(1,1): [hops] url is missing; write url = 'my.hopsworks.host', or set HOPSKAFKA_HOPS__URL")]
    [InlineData("id = '1143'\n", "", "(9,1): [project] id is missing; write id = 1143")]
    [InlineData("ca_file = 'cert/trustStore.pem'\n", "", "(9,1): [project] has neither ca_file nor truststore; write ca_file = 'cert/trustStore.pem', or set HOPSKAFKA_PROJECT__CA_FILE")]
    [InlineData("certificate_file = 'cert/keyStore.pem'\n", "", "(9,1): [project] has neither certificate_file nor keystore; write certificate_file = 'cert/keyStore.pem'")]
    [InlineData("ca_file = 'cert/trustStore.pem'\ncertificate_file = 'cert/keyStore.pem'\nkey_file = 'cert/keyStore.pem'\n", "", "(9,1): [project] has neither certificate_file nor keystore; write keystore = 'cert/keyStore.jks', or set HOPSKAFKA_PROJECT__KEYSTORE")]
    [InlineData("ca_file = 'cert/trustStore.pem'\ncertificate_file =", "keystore =", "(12,1): [project] keystore and key_file set the same in two ways; keep one of the two")]
    [InlineData("key_file =", "  keystore =", "(14,3): [project] keystore and certificate_file set the same in two ways; keep one of the two")]
    [InlineData("key_file =", "truststore =", "(14,1): [project] truststore and ca_file set the same in two ways; keep one of the two")]
    [InlineData("key_file =", "key_alias =", "(14,1): [project] key_alias has no effect without keystore; leave it out")]
    [InlineData("key_password =", "store_password =", "(15,1): [project] store_password has no effect without keystore or truststore; leave it out")]
    [InlineData("key_password =", "store_password_file =", "(15,1): [project] store_password_file has no effect without keystore or truststore; leave it out")]
    [InlineData("key_password =", "feature_store = ' ' #", "(15,17): [project] feature_store is empty; write feature_store = 'otherproject_featurestore'")]
    [InlineData("key_password =", "store_pasword =", "(15,1): [project] has no key store_pasword; did you mean store_password?")]
    [InlineData("ca_file = 'cert/trustStore.pem'", "truststore = 12", "(12,14): [project] truststore is a whole number; write truststore = 'cert/trustStore.jks'")]
    [InlineData("topic = 'temperature'\n", "", "(17,1): [kafka] topic is missing; write topic = 'temperature'")]
    [InlineData("topic = 'temperature'", "topics = { a = 'x', 'b.c' = '' }", "(17,1): [kafka] topic is not chosen; the project has a, b.c; write topic = 'a', or set HOPSKAFKA_KAFKA__TOPIC")]
    [InlineData("topic = 'temperature'\nschema = 'sensor'", "topic = 'temprature'\ntopics = { orders = 'o', temperature = 's' }", "(18,9): [kafka] topic temprature is not among [kafka.topics]: orders, temperature; did you mean temperature?")]
    [InlineData("topic = 'temperature'\nschema = 'sensor'", "topic = 'xyz'\ntopics = { orders = 'o', temperature = 's' }", "(18,9): [kafka] topic xyz is not among [kafka.topics]: orders, temperature; write topic = 'orders', or add it with schema")]
    [InlineData("topic = 'temperature'", "topics = 'a'", "(18,10): [kafka] topics is a text; write topics = { temperature = 'sensor' }")]
    [InlineData("topic = 'temperature'", "topics = { a = 1 }", "(18,16): [kafka.topics] a is no subject; write a = 'sensor'")]
    [InlineData("schema = 'sensor'\n", "", "(17,1): [kafka] schema is missing")]
    [InlineData("port = '9092'\n", "", "(17,1): [kafka] has neither port nor bootstrap_servers; write port = 9092")]
    [InlineData("[hops]\nurl = '127.0.0.1'\n", "", "(5,1): the key verify belongs under [hops]")]
    [InlineData("[kafka]\n", "[kafak]\n", "(17,1): there is no table kafak; did you mean [kafka]?")]
    [InlineData("[kafka.consumer]", "[kafka.konsumer]", "(22,1): [kafka] has no key konsumer; did you mean consumer?")]
    [InlineData("topic =", "  tpoic =", "(18,3): [kafka] has no key tpoic; did you mean topic?")]
    [InlineData("topic =", "colour = 1\ntopic =", "(18,1): [kafka] has no key colour; its keys are topic, schema, port")]
    [InlineData("topic =", "ca_file = 'x'\ntopic =", "(18,1): [kafka] has no key ca_file; it belongs under [project]")]
    [InlineData("topic =", "acks = 'all'\ntopic =", "(18,1): [kafka] has no key acks; librdkafka's properties belong under [kafka.prop")]
    [InlineData("[hops]", "topic = 't'\n[hops]", "(1,1): the key topic belongs under [kafka]; write it below that header")]
    [InlineData("[hops]", "colour = 1\n[hops]", "(1,1): the key colour is unknown, and no key stands outside a table")]
    [InlineData("[hops]", "[colour]\n[hops]", "(1,1): there is no table colour; the tables are [hops], [project], [kafka], [api], [[sensor]]")]
    [InlineData("[hops]", "[[hops]]", "(1,1): hops is an array of tables here; write [hops]")]
    [InlineData("[api]", "[sensor]\nid = 'a'\n[api]", "(26,1): sensor is a table here; write [[sensor]]")]
    [InlineData("topic = 'temperature'", "topic = 12", "(18,9): [kafka] topic is a whole number; write topic = 'temperature'")]
    [InlineData("topic = 'temperature'", "topic =   ''", "(18,11): [kafka] topic is empty; write topic = 'temperature'")]
    [InlineData("'temperature'", "'^temp.*'", "(18,9): [kafka] topic is no topic's name: that has up to 249 letters")]
    [InlineData("'temperature'", "\"a\\nb\"", "(18,9): [kafka] topic contains a line break")]
    [InlineData("port = '9092'", "port = true", "(20,8): [kafka] port is a truth value; write port = 9092")]
    [InlineData("port = '9092'", "port = 9092.5", "(20,8): [kafka] port is a number with a fraction; write port = 9092")]
    [InlineData("port = '9092'", "port = 'kafka'", "(20,8): [kafka] port is no number; write port = 9092")]
    [InlineData("port = '9092'", "port = 0", "(20,8): [kafka] port must be a number from 1 to 65535; write port = 9092")]
    [InlineData("port = '9092'", "port = '65536'", "(20,8): [kafka] port must be a number from 1 to 65535")]
    [InlineData("port = '9092'", "port = 1979-05-27", "(20,8): [kafka] port is a date")]
    [InlineData("port = '9092'", "port = 1\nregistry_project = 'demo'", "(21,20): [kafka] registry_project is no number; write registry_project = 1143")]
    [InlineData("port = '9092'", "port = 1\nregistry_project = 0", "(21,20): [kafka] registry_project must be a number above 0")]
    [InlineData("id = '1143'", "id = 0", "(11,6): [project] id must be a number above 0; write id = 1143")]
    [InlineData("id = '1143'", "id = -3", "(11,6): [project] id must be a number above 0")]
    [InlineData("id = '1143'", "id = 99999999999", "(11,6): [project] id must be a number above 0")]
    [InlineData("id = '1143'", "id = ['1143']", "(11,6): [project] id is an array; write id = 1143")]
    [InlineData("'127.0.0.1'", "'https://h.org:8181/x'", "(2,7): [hops] url must be the host only, without scheme, port and path (and port = 8181 on a line of its own); write url = 'h.org'")]
    [InlineData("'127.0.0.1'", "'h.org/hopsworks'", "(2,7): [hops] url must be the host only, without scheme, port and path; write url = 'h.org'")]
    [InlineData("'127.0.0.1'", "'h.org:443'", "(2,7): [hops] url must be the host only, without scheme, port and path; write url = 'h.org'")]
    [InlineData("'127.0.0.1'", "'two words'", "(2,7): [hops] url must be the host only")]
    [InlineData("verify = false", "verify = 1", "(7,10): [hops] verify is a whole number; write verify = true")]
    [InlineData("verify = false", "verify = 'false'", "(7,10): [hops] verify is a text here, not a truth value; write verify = false")]
    [InlineData("verify = false", "port = 70000", "(7,8): [hops] port must be a number from 1 to 65535; write port = 443")]
    [InlineData("port = '9092'", "bootstrap_servers = 'a:1,b'", "(20,21): [kafka] bootstrap_servers: broker 2 is not host:port")]
    [InlineData("port = '9092'", "bootstrap_servers = 'a:1,'", "(20,21): [kafka] bootstrap_servers: broker 2 is not host:port")]
    [InlineData("port = '9092'", "bootstrap_servers = 'SSL://a:1'", "(20,21): [kafka] bootstrap_servers: broker 1 is not host:port")]
    [InlineData("port = '9092'", "bootstrap_servers = ['a:1', 'b:0']", "(20,29): [kafka] bootstrap_servers: broker 2 is not host:port")]
    [InlineData("port = '9092'", "bootstrap_servers = ['a:1', 2]", "(20,29): [kafka] bootstrap_servers is a whole number; write bootstrap_servers = 'host:9092'")]
    [InlineData("port = '9092'", "bootstrap_servers = []", "(20,21): [kafka] bootstrap_servers is an array")]
    [InlineData("'/hopsworks-api/api'", "'https://h/api'", "(27,8): [api] base must be the path of the REST API only; write base = '/hopsworks-api/api'")]
    [InlineData("topic = 'temperature'", "topic = 'a'\ntopic = 'b'", "(19,1): kafka.topic is already set at (18,1); keep one of the two")]
    [InlineData("[api]", "[kafka]\n[api]", "(26,1): kafka is already set at (17,1); keep one of the two")]
    [InlineData("topic = 'temperature'", "topic = temperature", "(18,9): broken TOML: a value is expected here; write a text in quotes ('text')")]
    [InlineData("topic = 'temperature'", "topic =", "(18,8): broken TOML: a value is expected here")]
    [InlineData("topic = 'temperature'", "topic 'temperature'", "(18,7): broken TOML: '=' is expected here; write key = 'value'")]
    [InlineData("topic = 'temperature'", "topic = 'temperature", "(18,21): broken TOML: the text does not end on its line")]
    [InlineData("'cert/trustStore.pem'", "\"cert\\qx\"", "(12,17): broken TOML: a backslash in \"…\" begins an escape; write the text in single quotes")]
    [InlineData("port = '9092'", "port = [1,", "(22,2): broken TOML: a value is expected here")]
    [InlineData("port = '9092'", "port = 0x", "(20,8): broken TOML: a value is expected here")]
    [InlineData("topic =", "topic = 'a' topic =", "(18,13): broken TOML: the line should end here; write one key = 'value' on each line")]
    [InlineData("[kafka]", "[kafka", "(17,7): broken TOML: ']' is expected here")]
    public void An_error_names_the_place_and_what_to_write(string from, string to, string expected)
    {
        var toml = Edit(from, to);

        var error = _testConfig.Error(toml);

        Assert.StartsWith($"config.toml{expected}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("baseline = 1", "(15,1): [[sensor]] id is missing; write id = 'sensor0'")]
    [InlineData("id = ''", "(16,6): [[sensor]] id is empty")]
    [InlineData("id = 'a'\nperiod = 0", "(17,10): [[sensor]] period must be above 0; write period = 100")]
    [InlineData("id = 'a'\nnoise = -0.1", "(17,9): [[sensor]] noise must be 0 or above; write noise = 5")]
    [InlineData("id = 'a'\nslope = inf", "(17,9): [[sensor]] slope must be a finite number; write slope = 0.1")]
    [InlineData("id = 'a'\nphase = nan", "(17,9): [[sensor]] phase must be a finite number")]
    [InlineData("id = 'a'\nbaseline = '1'", "(17,12): [[sensor]] baseline is a text; write baseline = 10")]
    [InlineData("id = 'a'\nphse = 1", "(17,1): [[sensor]] has no key phse; did you mean phase?")]
    [InlineData("id = 'a'\n[[sensor]]\nid = 'a'", "(18,6): [[sensor]] id 'a' is already that of the sensor at (16,6)")]
    public void An_error_of_a_sensor_names_the_place_and_what_to_write(string lines, string expected)
    {
        var error = _testConfig.Error($"{TestConfig.Smallest}\n\n[[sensor]]\n{lines}\n");

        Assert.StartsWith($"config.toml{expected}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bootstrap_servers = ['a:1'", "(13,27): broken TOML: an array is not closed; write ']' behind its last value")]
    [InlineData("bootstrap_servers = ['a:1'\n\n", "(15,1): broken TOML: an array is not closed")]
    [InlineData("\"a\\nb\" = 1\n\"a\\nb\" = 2", "(14,1): api.a\\u000ab is already set at (13,1)")]
    [InlineData("[kafka.producer.colour]", "(13,1): librdkafka has no property colour")]
    [InlineData("[api.key]", "(13,1): [api] key is a table; write key = 'your-api-key'")]
    public void An_error_at_the_end_of_the_file_has_its_place_too(string lines, string expected)
    {
        var error = _testConfig.Error($"{TestConfig.Smallest}{lines}");

        Assert.StartsWith($"config.toml{expected}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Brackets_without_end_are_an_error_like_any_other()
    {
        var error = _testConfig.Error($"x = {new string('[', 100_000)}");

        Assert.StartsWith("config.toml(1,1): broken TOML: arrays or tables are nested too deeply", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_absent_is_missed_at_the_start_of_the_file()
    {
        var toml = TestConfig.Smallest[..TestConfig.Smallest.IndexOf("[api]", StringComparison.Ordinal)];

        var error = _testConfig.Error(toml);

        Assert.Equal(
            "config.toml(1,1): [api] has neither key nor key_file; write [api] and below it key_file = 'cert/apiKeyFile', "
            + "or set HOPSKAFKA_API__KEY_FILE",
            error);
    }

    [Fact]
    public void The_first_error_by_place_is_reported_and_a_misspelt_key_before_the_missing_one()
    {
        var toml = Edit("url =", "ulr =").Replace("port = '9092'", "port = 0", StringComparison.Ordinal);

        var error = _testConfig.Error(toml);

        Assert.StartsWith("config.toml(2,1): [hops] has no key ulr; did you mean url?", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_is_counted_behind_a_byte_order_mark_and_Windows_line_endings()
    {
        var toml = Edit("port = '9092'", "port = 0").ReplaceLineEndings("\r\n");
        byte[] bytes = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(toml)];

        var error = Assert.Throws<HopsKafkaException>(() => _testConfig.LoadBytes(bytes));

        Assert.StartsWith($"{_testConfig.Path}(20,8): ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_path_stands_as_the_user_gave_it()
    {
        var error = Assert.Throws<HopsKafkaException>(() => ConfigLoader.Load("no/such/../config.toml"));

        Assert.Equal("no/such/../config.toml: there is no such file.", error.Message);
        Assert.Equal("no/such/../config.toml", error.Fields!.File);
        Assert.Contains("-c", error.Remedy, StringComparison.Ordinal);
        Assert.Contains("hops-kafka sandbox", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void A_folder_is_no_configuration()
    {
        var error = Assert.Throws<HopsKafkaException>(() => ConfigLoader.Load(_testConfig.Folder));

        Assert.StartsWith($"{_testConfig.Folder}: this is a folder", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_refused_where_it_stops_being_so()
    {
        byte[] bytes = [0xef, 0xbb, 0xbf, .. "# é\n# ö "u8, 0xe9, .. " x\n"u8];

        var error = Assert.Throws<HopsKafkaException>(() => _testConfig.LoadBytes(bytes));

        Assert.Equal($"{_testConfig.Path}(2,5): the file is not UTF-8 here; save it as UTF-8", error.Message);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void A_file_in_UTF_16_is_reported_as_such()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(TestConfig.Tutorial)];

        var error = Assert.Throws<HopsKafkaException>(() => _testConfig.LoadBytes(bytes));

        Assert.Contains("UTF-16; save it as UTF-8", error.Message, StringComparison.Ordinal);
    }

    private static string Edit(string from, string to)
    {
        Assert.Contains(from, TestConfig.Tutorial, StringComparison.Ordinal);
        var index = TestConfig.Tutorial.IndexOf(from, StringComparison.Ordinal);
        return TestConfig.Tutorial.Remove(index, from.Length).Insert(index, to);
    }

    [Fact]
    public void A_file_that_ends_behind_a_backslash_is_reported_as_ending_inside_a_text()
    {
        using var testConfig = new TestConfig();

        Assert.Equal("config.toml(2,11): broken TOML: the file ends inside a text; close its quotes", testConfig.Error("[hops]\nurl = \"C:\\"));
    }

    [Fact]
    public void A_key_as_long_as_a_file_costs_no_more_than_the_file()
    {
        using var testConfig = new TestConfig();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = testConfig.Error($"[hops]\nurl = 'localhost'\n{new string('x', 1_000_000)} = 1\n");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
        Assert.InRange(error.Length, 50, 300);
    }
}
