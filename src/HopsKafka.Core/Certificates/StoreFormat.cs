namespace HopsKafka.Certificates;

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
