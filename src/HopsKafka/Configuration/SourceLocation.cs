using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>Where a setting stands: a place in the file, or a variable of the environment.</summary>
/// <param name="Line">Line in the file, from 1; 0 for a variable.</param>
/// <param name="Column">Column in the line, from 1; 0 for a variable.</param>
/// <param name="Variable">The variable's name; null for a place in the file.</param>
internal readonly record struct SourceLocation(int Line, int Column, string? Variable = null)
{
    /// <summary>The place named when a whole table is absent.</summary>
    public static SourceLocation Start { get; } = new(1, 1);

    /// <summary>A variable of the environment.</summary>
    public static SourceLocation Environment(string variable) => new(0, 0, variable);

    /// <summary>The beginning of an error line: <c>config.toml(12,7)</c>, or the variable's name.</summary>
    /// <param name="file">The file; null for none.</param>
    public string Describe(string? file) => Variable ?? (file is null ? "The configuration" : $"{file}({Line},{Column})");

    /// <summary>The place for programs.</summary>
    /// <param name="file">The file; null for none.</param>
    public LogFields Fields(string? file) => Variable is not null ? new LogFields(Variable: Variable)
        : file is null ? new LogFields()
        : new LogFields(file, Line, Column);
}
