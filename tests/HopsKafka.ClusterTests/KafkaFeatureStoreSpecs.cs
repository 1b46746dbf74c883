using System.Text;
using Confluent.Kafka;
using HopsKafka.Sandbox;
using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>The feature store of a sandbox on a real Kafka: its components need rights of their own there.</summary>
public sealed class KafkaFeatureStoreSpecs(KafkaFixture kafka)
{
    [Fact]
    public async Task A_row_reaches_both_tables()
    {
        var sandbox = kafka.User.Sandbox;
        var created = await sandbox.CreateFeatureGroupAsync("trips", 1, [new("id", "int", Primary: true)]);
        var group = sandbox.State.FeatureGroups.Find(created.Id)!;
        using var producer = new ProducerBuilder<Null, byte[]>(sandbox.ClientConfig()).Build();
        var headers = new Headers();
        foreach (var (name, number) in new[] { ("projectId", HopsworksSandbox.ProjectId), ("featureGroupId", created.Id), ("subjectId", created.SubjectId) })
        {
            headers.Add(name, Encoding.UTF8.GetBytes($"{number}"));
        }

        await producer.ProduceAsync(created.Topic, new Message<Null, byte[]> { Value = [2, 14], Headers = headers });
        await Poll.UntilAsync("the online row", () => group.Online.Find("7") is not null);
        var execution = sandbox.Server.FeatureStore.StartJob(group, "");
        await Poll.UntilAsync("the job", () => execution.State is ExecutionState.Finished or ExecutionState.Failed);

        Assert.Equal(ExecutionState.Finished, execution.State);
        Assert.Equal(["""{"id":7}"""], group.Offline.Rows(0, 10));
    }
}
