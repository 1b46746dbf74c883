using HopsKafka.Producer.FeatureGroups;

namespace HopsKafka.Producer.Inputs;

/// <summary>Reads an input, one event after the other.</summary>
internal abstract class InputReader : IDisposable
{
    /// <summary>What its parts are called: line, or record.</summary>
    public virtual string Unit => "line";

    /// <summary>The number of the current line, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>The current line as it stands in the input, without its end; empty when it cannot be kept.</summary>
    public abstract ReadOnlySpan<byte> Original { get; }

    /// <summary>What a file of lines begins with, so that it can be an input: the header row of CSV; empty for none.</summary>
    public virtual ReadOnlySpan<byte> Header => default;

    /// <summary>Opens the reader of the input's format.</summary>
    /// <param name="key">Builds the keys; null for none.</param>
    /// <exception cref="Common.HopsKafkaException">The input does not begin as its format does, or cannot be written with the schema.</exception>
    public static InputReader Open(InputFile input, InputSchema schema, InputRequest request, EventKey? key) => request.Format switch
    {
        InputFormat.Csv when schema.Rows is { } rows => new CsvRowInput(input, rows, request),
        InputFormat.Avro when schema.Rows is { } rows => new AvroRowInput(input, rows, request),
        _ when schema.Rows is { } rows => new JsonRowInput(input, rows, request),
        InputFormat.Csv => new CsvInput(input, schema.Type, request, key),
        InputFormat.Avro => new AvroInput(input, schema.Type),
        _ when request.IsEnvelope => new EnvelopeInput(input, schema.Type, request),
        _ => new JsonInput(input, schema.Type, request, key),
    };

    /// <summary>Goes on to the next line that holds something.</summary>
    /// <returns>False at the end.</returns>
    public abstract bool MoveNext();

    /// <summary>Encodes the current line.</summary>
    /// <param name="target">The event, which is empty.</param>
    /// <exception cref="BadLineException">No event can be made of it.</exception>
    public abstract void Encode(InputEvent target);

    /// <inheritdoc/>
    public abstract void Dispose();
}
