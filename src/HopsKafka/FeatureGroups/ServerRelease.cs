using System.Globalization;

namespace HopsKafka.FeatureGroups;

/// <summary>A release of Hopsworks, as it decides on calls and headers.</summary>
/// <param name="Version">Its version; null if the server does not name it, which counts as the newest for everything that an older one understands too.</param>
internal sealed record ServerRelease(Version? Version)
{
    /// <summary>A release that names no version.</summary>
    public static ServerRelease Unknown { get; } = new((Version?)null);

    /// <summary>Whether a topic belongs to one feature group and names its subject itself: up to 3.3.</summary>
    public bool HasTopicPerGroup => IsBefore(3, 4);

    /// <summary>Whether the subjects of feature groups are below their feature store, and not below the project: from 3.7.</summary>
    public bool HasSubjectsOfStores => !IsBefore(3, 7);

    /// <summary>Whether online ingestions are announced: from 4.2.</summary>
    public bool HasIngestions => !IsBefore(4, 2);

    /// <summary>Reads a version such as <c>5.2.0</c> or <c>4.0.0-SNAPSHOT</c>.</summary>
    public static ServerRelease Parse(string? text)
    {
        var numbers = (text ?? "").Split('.', '-', '+').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .TakeWhile(number => number >= 0).Take(3).ToList();
        return numbers.Count == 0 ? Unknown : new ServerRelease(new Version(numbers[0], numbers.ElementAtOrDefault(1), numbers.ElementAtOrDefault(2)));
    }

    /// <summary>Whether it is a version or a later one; false if it names none.</summary>
    public bool IsAtLeast(int major, int minor, int patch = 0) => Version is { } version && version >= new Version(major, minor, patch);

    /// <summary>Whether it is older than a version; false if it names none.</summary>
    public bool IsBefore(int major, int minor, int patch = 0) => Version is { } version && version < new Version(major, minor, patch);

    /// <summary>What messages call it.</summary>
    public override string ToString() => Version is null ? "of an unknown release" : $"of release {Version.Major}.{Version.Minor}{(Version.Build > 0 ? $".{Version.Build}" : "")}";
}
