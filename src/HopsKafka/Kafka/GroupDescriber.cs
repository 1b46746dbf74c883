using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace HopsKafka.Kafka;

/// <summary>Requests the state and members of groups. Throws <see cref="KafkaException"/>.</summary>
/// <param name="timeout">Time limit of each request.</param>
internal sealed class GroupDescriber(IAdminClient admin, TimeSpan timeout)
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(200);

    public async Task<List<ConsumerGroupDescription>> DescribeAsync(IEnumerable<string> groups)
    {
        var options = new DescribeConsumerGroupsOptions { RequestTimeout = timeout, IncludeAuthorizedOperations = true };
        return (await admin.DescribeConsumerGroupsAsync(groups, options)).ConsumerGroupDescriptions;
    }

    /// <returns>The group; null if the server cannot describe groups.</returns>
    public async Task<ConsumerGroupDescription?> TryDescribeAsync(string group)
    {
        // The first request about a group creates the topic __consumer_offsets, or reaches a coordinator that still loads it.
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(s_retryDelay))
        {
            var (description, error) = await DescribeOnceAsync(group);
            if (error is null || IsUnsupported(error.Code))
            {
                return description;
            }

            if (clock.Elapsed > timeout || error.Code is not (ErrorCode.GroupCoordinatorNotAvailable or ErrorCode.NotCoordinatorForGroup or ErrorCode.GroupLoadInProgress))
            {
                throw new KafkaException(error);
            }
        }
    }

    private static bool IsUnsupported(ErrorCode code) =>
        code is ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion or ErrorCode.Local_NotImplemented;

    private async Task<(ConsumerGroupDescription? Description, Error? Error)> DescribeOnceAsync(string group)
    {
        try
        {
            return ((await DescribeAsync([group])).Single(), null);
        }
        catch (DescribeConsumerGroupsException e)
        {
            return (null, e.Results.ConsumerGroupDescriptions.Single().Error);
        }
        catch (KafkaException e)
        {
            return (null, e.Error);
        }
    }
}
