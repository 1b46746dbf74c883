using HopsKafka.Cli;

namespace HopsKafka.Tests.Cli;

/// <summary>Without config.toml, messages name variables and what host, project and API key come from.</summary>
public sealed class SettingWordsSpecs
{
    private static readonly SettingWords s_words = new("HOPSWORKS_HOST", "project in profile a of ~/.hops.toml", "HOPSWORKS_API_KEY");

    [Theory]
    [InlineData("Check its name ([kafka] topic in config.toml; names are case-sensitive).", "Check its name (HOPSKAFKA_KAFKA__TOPIC; names are case-sensitive).")]
    [InlineData("Set [kafka] schema = 'shop.order', or set [kafka] schema_file to it.", "Set HOPSKAFKA_KAFKA__SCHEMA=shop.order, or set HOPSKAFKA_KAFKA__SCHEMA_FILE to it.")]
    [InlineData("set enable_idempotence = false in [kafka.producer].", "set HOPSKAFKA_KAFKA__PRODUCER__ENABLE_IDEMPOTENCE=false.")]
    [InlineData("Set group_id in [kafka.consumer], or use --group.", "Set HOPSKAFKA_KAFKA__CONSUMER__GROUP_ID, or use --group.")]
    [InlineData("[kafka.properties] ssl_endpoint_identification_algorithm = 'none'", "HOPSKAFKA_KAFKA__PROPERTIES__SSL_ENDPOINT_IDENTIFICATION_ALGORITHM=none")]
    [InlineData("the properties in [kafka.properties] and [kafka.consumer]: one", "the properties in HOPSKAFKA_KAFKA__PROPERTIES__… and HOPSKAFKA_KAFKA__CONSUMER__…: one")]
    [InlineData("Correct [kafka] sasl_username and sasl_password;", "Correct HOPSKAFKA_KAFKA__SASL_USERNAME and HOPSKAFKA_KAFKA__SASL_PASSWORD;")]
    [InlineData("set certificates in [project], if", "set certificates in HOPSKAFKA_PROJECT__…, if")]
    [InlineData("Check [hops] url and port.", "Check HOPSWORKS_HOST.")]
    [InlineData("Check [hops] url and [kafka] port, or bootstrap_servers.", "Check HOPSKAFKA_KAFKA__BOOTSTRAP_SERVERS.")]
    [InlineData("Set [hops] url to one of these names", "Set HOPSWORKS_HOST to one of these names")]
    [InlineData("correct [project] name.", "correct project in profile a of ~/.hops.toml.")]
    [InlineData("HOPSKAFKA_KAFKA__TOPIC: [kafka] topic is no topic's name", "HOPSKAFKA_KAFKA__TOPIC is no topic's name")]
    [InlineData("[api] key", "HOPSWORKS_API_KEY")]
    [InlineData("broker demo [1] and topic [kafka] of a [table] [project] has", "broker demo [1] and topic [kafka] of a [table] [project] has")]
    public void A_key_of_config_toml_becomes_what_sets_it(string text, string expected) => Assert.Equal(expected, s_words.In(text));
}
