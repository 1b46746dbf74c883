using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>Reads the text of config.toml: UTF-8, with or without a byte order mark, any line endings.</summary>
internal static class ConfigFile
{
    private const string WhatToDo =
        "Run in the folder of your config.toml, or name the file with -c; hops-kafka init (with an API key) or hops-kafka sandbox (without a cluster) writes one.";

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of the file.</summary>
    /// <param name="path">Path as the user gave it.</param>
    /// <exception cref="HopsKafkaException">It is missing, a folder, unreadable, or not UTF-8.</exception>
    public static string Read(string path)
    {
        if (path.Length == 0)
        {
            throw Failure("The path of the configuration file is empty.", path, WhatToDo);
        }

        var bytes = ReadBytes(path);
        if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            throw Failure($"{path}(1,1): the file is UTF-16; save it as UTF-8", path);
        }

        try
        {
            return s_strict.GetString(bytes.AsSpan(bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0));
        }
        catch (DecoderFallbackException e)
        {
            throw Failure($"{path}({PlaceOf(bytes)}): the file is not UTF-8 here; save it as UTF-8", path, inner: e);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path))
        {
            throw Failure($"{path}: this is a folder, not a configuration file.", path, WhatToDo);
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failure($"{path}: there is no such file.", path, WhatToDo, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Failure($"{path}: the file cannot be read ({e.Message}).", path, "Check its permissions, or name another with -c.", e);
        }
    }

    // The exception's own index counts from the start of the block that the decoder was in, so the bad byte is searched for.
    private static string PlaceOf(byte[] bytes)
    {
        var good = bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0;
        var (line, column) = (1, 1);
        while (Rune.DecodeFromUtf8(bytes.AsSpan(good), out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            good += length;
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + rune.Utf16SequenceLength);
        }

        return $"{line},{column}";
    }

    private static HopsKafkaException Failure(string message, string path, string? remedy = null, Exception? inner = null) =>
        new(message, remedy, ExitCode.Usage, inner) { Fields = new LogFields(path) };
}
