using HopsKafka.Common;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Tests.FeatureGroups;

public sealed class WriteRuleSpecs
{
    private static readonly FeatureGroupWriterOptions s_default = new();
    private static readonly FeatureGroupWriterOptions s_delete = new() { Delete = true };
    private static readonly FeatureGroupWriterOptions s_online = new() { Storage = FeatureStorage.Online };
    private static readonly FeatureGroupWriterOptions s_offline = new() { Storage = FeatureStorage.Offline };
    private static readonly FeatureGroupWriterOptions s_newer = new() { UpsertIfNewer = true };

    public static TheoryData<string> Vectors => GoldenGroup.Names("vectors");

    [Theory]
    [InlineData("5.0.4")]
    [InlineData("4.0")]
    [InlineData(null)]
    public void Deletes_are_refused_below_5_0_5(string? release)
    {
        Check(TestGroup.Meters, s_delete, "5.0.5");
        Refused(TestGroup.Meters, s_delete, release, "5.0.5");
    }

    [Theory]
    [InlineData("4.8.1")]
    [InlineData(null)]
    public void Rows_that_are_written_only_if_newer_are_refused_below_5_0(string? release)
    {
        Check(TestGroup.Meters, s_newer, "5.0.0");
        Refused(TestGroup.Meters, s_newer, release, "5.0");
    }

    [Theory]
    [InlineData("5.0.9")]
    [InlineData(null)]
    public void The_online_store_alone_is_refused_below_5_1(string? release)
    {
        Check(TestGroup.Meters, s_online, "5.1");
        Refused(TestGroup.Meters, s_online, release, "5.1");
    }

    [Fact]
    public void The_offline_store_alone_is_refused_below_5_0_unless_there_is_no_other()
    {
        Check(TestGroup.Meters, s_offline, "5.0");
        Check(TestGroup.Meters with { IsOnlineEnabled = false }, s_offline, "4.0");
        Refused(TestGroup.Meters, s_offline, "4.8", "5.0");
    }

    [Fact]
    public void A_group_without_an_online_store_takes_nothing_that_needs_one()
    {
        var group = TestGroup.Meters with { IsOnlineEnabled = false };

        Check(group, s_default, "5.2");
        Refused(group, s_online, "5.2", "no online store");
        Refused(group, s_delete, "5.2", "no online store");
        Refused(group, s_newer, "5.2", "no online store");
    }

    [Theory]
    [InlineData(FeatureGroupKind.Cached, "not a stream")]
    [InlineData(FeatureGroupKind.External, "another system")]
    public void Groups_that_are_not_streams_take_rows_for_the_online_store_alone(FeatureGroupKind kind, string why)
    {
        var group = TestGroup.Meters with { Kind = kind, TimeTravelFormat = "DELTA" };

        Check(group, s_online, "5.2");
        Check(group, s_delete, "5.2");
        Refused(group, s_default, "5.2", why);
        Refused(group, s_offline, "5.2", why);
    }

    [Fact]
    public void What_the_client_computes_itself_is_refused()
    {
        Refused(TestGroup.Meters with { TimeTravelFormat = "HUDI", IsPartitioned = true }, s_default, "5.2", "partitioned");
        Feature[] computed = [.. TestGroup.Meters.Features.SkipLast(1), new("value", "double", "double", false, true)];
        Refused(TestGroup.Meters with { Features = computed }, s_default, "5.2", "compute value");
        Refused(TestGroup.Meters, s_default, "5.2", "strict", new ExpectationSuite(true, true));
        Check(TestGroup.Meters with { TimeTravelFormat = "HUDI" }, s_default, "5.2", new ExpectationSuite(true, false));
        Check(TestGroup.Meters, s_default, "5.2", new ExpectationSuite(false, true));
    }

    [Fact]
    public void What_has_no_topic_of_the_projects_own_is_refused()
    {
        Refused(TestGroup.Meters with { Topic = null }, s_default, "5.2", "no topic");
        Refused(TestGroup.Meters with { IsKafkaReachable = false }, s_default, "5.2", "outside of Hopsworks");
        var shared = Assert.Throws<HopsKafkaException>(() => WriteRules.CheckOwner(new FeatureStoreInfo(67, "weather_featurestore", 120, "weather"), TestGroup.Meters, 119));
        Assert.Contains("project 120", shared.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_storage_that_the_official_client_refuses_is_refused()
    {
        var group = GoldenGroup.Group(GoldenGroup.Find("errors", "online storage of a group that has none"));
        var other = GoldenGroup.Group(GoldenGroup.Find("errors", "unknown storage"));

        Assert.Contains("no online store", Assert.Throws<HopsKafkaException>(() => WriteRules.Check(group, s_online, null)).Message, StringComparison.Ordinal);
        Assert.Contains("storage", Assert.Throws<HopsKafkaException>(() => WriteRules.Check(other, new() { Storage = (FeatureStorage)(-1) }, null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void What_the_official_client_writes_is_not_refused(string name)
    {
        var vector = GoldenGroup.Find("vectors", name);

        WriteRules.Check(GoldenGroup.Group(vector), TestGroup.Options(vector), null);
    }

    [Fact]
    public void Options_that_contradict_themselves_are_refused()
    {
        Refused(TestGroup.Meters, new() { Delete = true, Storage = FeatureStorage.Offline }, "5.2", "online store only");
        Refused(TestGroup.Meters, new() { UpsertIfNewer = true, Storage = FeatureStorage.Offline }, "5.2", "online store");
        Refused(TestGroup.Meters with { EventTime = null }, s_newer, "5.2", "no event time");
        Refused(TestGroup.Meters, new() { RowsPerInsert = 0 }, "5.2", "RowsPerInsert");
        Refused(TestGroup.Meters, new() { DeliveryTimeout = TimeSpan.Zero }, "5.2", "DeliveryTimeout");
        Refused(TestGroup.Meters, new() { Storage = (FeatureStorage)7 }, "5.2", "7");
    }

    private static void Check(FeatureGroupInfo group, FeatureGroupWriterOptions options, string? release, ExpectationSuite? suite = null) =>
        WriteRules.Check(TestGroup.Of(group, release), options, suite);

    private static void Refused(FeatureGroupInfo group, FeatureGroupWriterOptions options, string? release, string why, ExpectationSuite? suite = null)
    {
        var e = Assert.Throws<HopsKafkaException>(() => Check(group, options, release, suite));
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, e.ExitCode);
    }
}
