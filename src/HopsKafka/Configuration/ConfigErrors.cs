using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>
/// What is wrong with the configuration. All of it is collected, and the first is reported: what stands in the file by its
/// place, then variables, then what is missing (a misspelt key explains a missing one, not the other way round).
/// </summary>
/// <param name="file">Path of the file as the user gave it; null for a configuration without one.</param>
internal sealed class ConfigErrors(string? file)
{
    /// <summary>Whether there is a file, so that a setting can be written to it.</summary>
    public bool HasFile => file is not null;

    private readonly List<(int Rank, SourceLocation Where, string Message)> _found = [];

    /// <summary>Something that is there is wrong.</summary>
    public void Add(SourceLocation where, string message) => _found.Add((where.Variable is null ? 0 : 1, where, message));

    /// <summary>Something that must be there is not.</summary>
    public void AddMissing(SourceLocation where, string message) => _found.Add((2, where, message));

    /// <summary>Throws the first problem; does nothing if there is none.</summary>
    /// <exception cref="HopsKafkaException">There is a problem.</exception>
    public void ThrowFirst()
    {
        if (_found.Count > 0)
        {
            var first = _found.OrderBy(p => p.Rank).ThenBy(p => p.Where.Line).ThenBy(p => p.Where.Column).First();
            throw new HopsKafkaException($"{first.Where.Describe(file)}: {first.Message}", exitCode: ExitCode.Usage) { Fields = first.Where.Fields(file) };
        }
    }
}
