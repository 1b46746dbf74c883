using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Cli;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>The options of <c>--feature-group</c>.</summary>
internal static class FeatureGroupOptionGroup
{
    private static readonly Option<FeatureGroupRequest?> s_group = new("--feature-group")
    {
        Description = "Write the lines of the input as rows of this feature group.",
        HelpName = "NAME:VERSION",
        CustomParser = result => FeatureGroupName.ReadOption(result) is { } name ? new FeatureGroupRequest(name) : null,
        CompletionSources = { ProjectNames.FeatureGroups },
    };

    private static readonly Option<FeatureStorage> s_storage = WordOptions.One(
        "--storage", [], "Store of the feature group that rows go to.", "both|online|offline", FeatureStorage.Both);

    private static readonly Option<bool> s_upsertIfNewer = new("--upsert-if-newer")
    {
        Description = "Write a row to the online store only if its event time is newer than that of the stored row.",
    };

    private static readonly Option<bool> s_delete = new("--delete")
    {
        Description = "Delete the rows from the online store; an input needs the features of the primary key only.",
    };

    private static readonly Option<bool> s_wait = new("--wait")
    {
        Description = "Wait until the online store has processed all rows; exit 1 if rows failed, or if none was processed for 60 s.",
    };

    /// <summary>The options that only go with a feature group.</summary>
    public static Option[] Companions { get; } = [s_storage, s_upsertIfNewer, s_delete, s_wait];

    /// <summary>All of them.</summary>
    public static Option[] All { get; } = [s_group, .. Companions];

    /// <summary>Adds them to a command.</summary>
    public static void AddTo(Command command)
    {
        command.AddGroup(HelpGroup.Connection, s_group);
        command.AddGroup(HelpGroup.Output, s_storage, s_upsertIfNewer, s_delete, s_wait);
        command.AddExample("Write a file into a feature group, and wait for its online store", "avro-producer --input readings.csv --feature-group readings:1 --wait");
    }

    /// <summary>Reads them.</summary>
    /// <returns>Null without a feature group.</returns>
    public static FeatureGroupRequest? Read(ParseResult parsed) => parsed.GetValue(s_group) is not { } group ? null : group with
    {
        Storage = parsed.GetValue(s_storage),
        UpsertIfNewer = parsed.GetValue(s_upsertIfNewer),
        Delete = parsed.GetValue(s_delete),
        Wait = parsed.GetValue(s_wait),
    };

    /// <summary>Whether the command line keeps rows from the online store.</summary>
    public static bool IsOffline(CommandResult result) => result.GetValue(s_storage) == FeatureStorage.Offline;
}
