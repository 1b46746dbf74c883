using System.Collections.Concurrent;
using System.Globalization;
using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>Puts each event of an online topic into the online table of its feature group, and counts it for its ingestion.</summary>
internal sealed class OnlineRowHandler(HopsworksState state, ServerQuirks quirks, Action<string> notice)
{
    private readonly ConcurrentDictionary<string, bool> _reported = [];

    /// <summary>Never fails for what the event holds.</summary>
    public void Handle(ConsumeResult<byte[]?, byte[]?> record)
    {
        var headers = RecordHeaders.Of(record.Message.Headers, quirks);
        var group = headers.FeatureGroupId is { } id ? state.FeatureGroups.Find(id) : state.FeatureGroups.OwnerOf(record.Topic);
        if (group is null)
        {
            Report(record, "it belongs to no feature group");
            return;
        }

        var status = Store(record, headers, group);
        group.Ingestions.FirstOrDefault(ingestion => ingestion.Id == headers.IngestionId)?.Count(status);
    }

    private RowStatus Store(ConsumeResult<byte[]?, byte[]?> record, RecordHeaders headers, StoredFeatureGroup group)
    {
        if (!headers.IsOnline || !group.Definition.OnlineEnabled)
        {
            return RowStatus.Ignored;
        }

        try
        {
            var row = StoredRow.Decode(record.Message.Value, headers, group, state.Schemas);
            var key = row.Key(group.PrimaryKey);
            if (headers.IsDelete)
            {
                group.Online.Delete(key);
                return RowStatus.Deleted;
            }

            return group.Online.Upsert(key, row.Json, row.EventTime(group.Definition.EventTime), headers.OnlyIfNewer) ? RowStatus.Upserted : RowStatus.Ignored;
        }
        catch (HopsKafkaException e)
        {
            Report(record, e.Message);
            return RowStatus.Failed;
        }
    }

    // Once for each reason: a damaged batch would bury everything else.
    private void Report(ConsumeResult<byte[]?, byte[]?> record, string reason)
    {
        if (_reported.TryAdd(reason, true))
        {
            notice(string.Create(
                CultureInfo.InvariantCulture,
                $"The online store rejects the row at {record.Topic} [{record.Partition.Value}] offset {record.Offset.Value}, and reports this reason once: {reason}"));
        }
    }
}
