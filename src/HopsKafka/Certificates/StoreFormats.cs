namespace HopsKafka.Certificates;

/// <summary>Detects the format of key stores and similar files.</summary>
internal static class StoreFormatDetector
{
    /// <summary>The format of a file.</summary>
    public static StoreFormat Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [] => StoreFormat.Empty,
        [0xFE, 0xED, 0xFE, 0xED, ..] => StoreFormat.Jks,
        [0xCE, 0xCE, 0xCE, 0xCE, ..] => StoreFormat.Jceks,
        // A version, then the length of a salt.
        [0, 0, 0, 1 or 2, 0, 0, 0, _, ..] => StoreFormat.Bks,
        // SEQUENCE in the long form. A text that begins with 0 has a letter as its second byte.
        [0x30, >= 0x80, ..] => IsPfx(bytes) ? StoreFormat.Pkcs12 : StoreFormat.Der,
        _ when bytes.IndexOf("-----BEGIN "u8) >= 0 => StoreFormat.Pem,
        _ => OfText(bytes),
    };

    /// <summary>What to call a file that is something else than what was expected.</summary>
    public static string Describe(StoreFormat format) => format switch
    {
        StoreFormat.Empty => "is empty",
        StoreFormat.Jks => "is a Java key store (JKS)",
        StoreFormat.Jceks => "is a Java key store of the type JCEKS, which these tools do not read",
        StoreFormat.Bks => "is a BouncyCastle key store (BKS), which these tools do not read",
        StoreFormat.Pkcs12 => "is a PKCS#12 key store",
        StoreFormat.Der => "is binary DER and no key store, perhaps a single certificate",
        StoreFormat.Pem => "is a PEM file",
        StoreFormat.Markup => "is a web page (HTML or XML), perhaps a login page that was saved in place of the export",
        StoreFormat.Base64 => "is Base64 text, perhaps a key store as the REST API sends it",
        _ => "is neither a JKS, nor a PKCS#12, nor a PEM file",
    };

    /// <summary>What to do about a file that cannot be used.</summary>
    public static string Remedy(StoreFormat format) => format switch
    {
        StoreFormat.Jceks or StoreFormat.Bks =>
            "Convert it with Java's keytool: keytool -importkeystore -srckeystore … -destkeystore keyStore.p12 -deststoretype pkcs12.",
        StoreFormat.Base64 => "Decode it first: base64 -d.",
        _ => "Export the project's certificates from Hopsworks again (Project Settings, Export Certificates).",
    };

    // SEQUENCE { INTEGER 3, … }: no other file of this kind begins so.
    private static bool IsPfx(ReadOnlySpan<byte> bytes)
    {
        var header = bytes[1] == 0x80 ? 2 : 2 + (bytes[1] & 0x7F);
        return bytes.Length > header && bytes[header..].StartsWith((ReadOnlySpan<byte>)[2, 1, 3]);
    }

    private static StoreFormat OfText(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
        text = text.TrimStart(" \t\r\n"u8);
        return text.StartsWith("<"u8) ? StoreFormat.Markup
            : text.StartsWith("/u3+7Q"u8) || text.StartsWith("MII"u8) ? StoreFormat.Base64
            : StoreFormat.Unknown;
    }
}

/// <summary>What a file is by its first bytes; its name is never looked at.</summary>
internal enum StoreFormat
{
    Empty,
    Jks,
    Jceks,
    Bks,
    Pkcs12,
    Der,
    Pem,
    Markup,
    Base64,
    Unknown,
}
