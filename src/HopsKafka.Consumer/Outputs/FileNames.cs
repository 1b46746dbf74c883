using System.Globalization;

namespace HopsKafka.Consumer.Outputs;

/// <summary>The names of the files of one output: that of <c>--out</c>, or with rotation <c>name-000001.ext</c> and so on.</summary>
/// <param name="isNumbered">Whether the output is rotated.</param>
internal sealed class FileNames(string path, bool isNumbered)
{
    private const int Digits = 6;

    private long _number;

    /// <summary>The suffix of a file that is being written.</summary>
    public const string PartialSuffix = ".part";

    private string Stem => Path.GetFileNameWithoutExtension(path) + "-";

    private string Extension => Path.GetExtension(path);

    /// <summary>Finds files of earlier runs: the numbers continue after theirs.</summary>
    /// <returns>The files that were not completed.</returns>
    public IReadOnlyList<string> FindEarlier()
    {
        if (!isNumbered)
        {
            return [];
        }

        var partial = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!))
        {
            var name = Path.GetFileName(file);
            var isPartial = name.EndsWith(PartialSuffix, StringComparison.Ordinal);
            if (NumberOf(isPartial ? name[..^PartialSuffix.Length] : name) is { } number)
            {
                _number = Math.Max(_number, number);
                partial.AddRange(isPartial ? [file] : []);
            }
        }

        return partial;
    }

    /// <summary>The name of the next file.</summary>
    /// <returns>Its path.</returns>
    public string Next() => isNumbered
        ? Path.Combine(Path.GetDirectoryName(path) ?? "", Stem + (++_number).ToString($"D{Digits}", CultureInfo.InvariantCulture) + Extension)
        : path;

    private long? NumberOf(string name) =>
        name.Length >= Stem.Length + Digits + Extension.Length && name.StartsWith(Stem, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(Stem.Length..^Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
