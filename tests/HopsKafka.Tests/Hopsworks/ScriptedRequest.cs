namespace HopsKafka.Tests.Hopsworks;

/// <summary>One request as it came over the wire.</summary>
public sealed record ScriptedRequest(string Line, IReadOnlyDictionary<string, string> Headers, string Body);
