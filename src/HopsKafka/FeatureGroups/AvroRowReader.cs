using System.Buffers;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.FeatureGroups;

/// <summary>
/// Reads the records of an Avro container file as the JSON that a <see cref="RowEncoder"/> takes, so that they are checked like any other row. A field belongs to the feature of
/// its name, whatever the order.
/// </summary>
internal sealed class AvroRowReader : IDisposable
{
    private readonly AvroContainerReader _records;
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly ArrayBufferWriter<byte> _record = new();

    /// <summary>Reads the header.</summary>
    /// <param name="file">A file or a pipe; it is closed with this reader.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="HopsKafkaException">It is no container file, its codec is not supported, or its values are not records.</exception>
    public AvroRowReader(Stream file, string name)
    {
        _records = new AvroContainerReader(file, name);
        if (!_records.Header.Schema.IsRecord)
        {
            throw new HopsKafkaException($"{name} holds values of type {_records.Header.Schema.Kind}, which are not rows.", "Write the file with records.", ExitCode.Usage);
        }
    }

    /// <summary>Number of the last record, from 1.</summary>
    public long Ordinal => _records.Ordinal;

    /// <summary>The last record as a JSON object, until the next one is read.</summary>
    public ReadOnlySpan<byte> Json => _json.WrittenSpan;

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="BadMessageException">This record cannot be used: a string in it is not UTF-8. The next one can be read.</exception>
    /// <exception cref="HopsKafkaException">The file is damaged, and nothing more can be read.</exception>
    public bool Read()
    {
        _record.ResetWrittenCount();
        _json.ResetWrittenCount();
        if (!_records.Read(_record))
        {
            return false;
        }

        AvroJson.Write(_json, AvroValueReader.Read(_records.Header.Schema, _record.WrittenSpan.ToArray(), 0));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _records.Dispose();
}
