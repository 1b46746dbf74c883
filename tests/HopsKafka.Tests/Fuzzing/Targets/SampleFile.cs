namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>
/// Key stores and PEM files of one key, made once by openssl and keytool for this purpose: an input must be the same in every run, and a
/// store that is written anew never is. Their iteration counts are low.
/// </summary>
internal static class SampleFile
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Fuzzing", "Samples", name);
}
