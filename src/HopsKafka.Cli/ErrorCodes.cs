using System.Text.Json;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Diagnostics;
using HopsKafka.Hopsworks;

namespace HopsKafka.Cli;

/// <summary>
/// The codes and fields of failures for programs. The code is that of the deepest known cause: <c>no_magic_byte</c>, <c>hopsworks_40403</c>,
/// <c>http_503</c>, <c>no_answer</c>, <c>topic_authorization_failed</c>; otherwise <c>usage</c> or <c>failed</c>.
/// </summary>
internal static class ErrorCodes
{
    /// <summary>A wrong command line.</summary>
    public const string CommandLine = "command_line";

    /// <summary>A defect of the tool.</summary>
    public const string Defect = "defect";

    /// <summary>Output cannot be written.</summary>
    public const string Output = "output";

    /// <summary>The code of a failure.</summary>
    public static string Of(Exception error) =>
        Causes(error).Select(Known).LastOrDefault(code => code is not null) ?? (error is IHopsKafkaError { ExitCode: ExitCode.Usage } ? "usage" : "failed");

    /// <summary>The code of an error of librdkafka or a broker.</summary>
    public static string Of(Error error) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{error.Code}");

    /// <summary>The fields of a failure.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> FieldsOf(Exception error) => error switch
    {
        HopsKafkaException { Fields: { } fields } => fields,
        HopsworksException { Url: { } url } rest => [new("method", rest.Method), new("url", url), new("status", rest.HasAnswer ? (int)rest.Status : null)],
        _ => [],
    };

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static string? Known(Exception error) => error switch
    {
        BadMessageException bad => bad.ReasonName,
        ConnectionFaultException fault => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{fault.Fault}"),
        HopsworksException { ErrorCode: > 0 } rest => $"hopsworks_{rest.ErrorCode}",
        HopsworksException { HasAnswer: true } rest => $"http_{(int)rest.Status}",
        HopsworksException => "no_answer",
        KafkaException kafka => Of(kafka.Error),
        _ => null,
    };
}
