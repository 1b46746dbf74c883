using System.Globalization;

namespace HopsKafka.Sandbox.Rest;

/// <summary>Whole numbers in paths and queries, as Java's Integer reads them.</summary>
internal static class PathNumber
{
    public static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
