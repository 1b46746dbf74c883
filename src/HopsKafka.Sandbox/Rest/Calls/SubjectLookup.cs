using System.Globalization;
using System.Numerics;
using Confluent.SchemaRegistry;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>Finds the subject and the version of a path.</summary>
internal static class SubjectLookup
{
    private static readonly string[] Reserved = [InferenceSchema.Subject, "projectcompatibility"];

    /// <exception cref="RestException">The name is kept for Hopsworks itself: 405/190016.</exception>
    public static void EnsureNotReserved(string subject)
    {
        if (Reserved.Contains(subject))
        {
            throw KafkaErrors.ReservedSubject;
        }
    }

    /// <exception cref="RestException">40401.</exception>
    public static IReadOnlyList<RegisteredSchema> Versions(RequestContext call) =>
        call.State.Schemas.Versions(call.Project.Id, call.Subject) is { Count: > 0 } versions
            ? versions
            : throw RegistryErrors.SubjectNotFound;

    /// <exception cref="RestException">42202, then 40401, then 40402.</exception>
    public static RegisteredSchema Version(RequestContext call)
    {
        var version = ParseVersion(call.Path["version"]);
        var versions = Versions(call);
        return version is null
            ? versions[^1]
            : versions.FirstOrDefault(v => v.Version == version) ?? throw RegistryErrors.VersionNotFound;
    }

    /// <summary>The number of a version; null for <c>latest</c>.</summary>
    /// <exception cref="RestException">42202 for what is neither <c>latest</c> nor a number from 1 to 2³¹−1.</exception>
    public static int? ParseVersion(string text)
    {
        if (text == "latest")
        {
            return null;
        }

        return BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= int.MaxValue
            ? (int)number
            : throw RegistryErrors.InvalidVersion;
    }
}
