namespace HopsKafka.Configuration;

/// <summary>Which kind of client has a librdkafka property.</summary>
internal enum PropertyScope
{
    /// <summary>Producers and consumers.</summary>
    Both,

    /// <summary>Only producers.</summary>
    Producer,

    /// <summary>Only consumers.</summary>
    Consumer,
}
