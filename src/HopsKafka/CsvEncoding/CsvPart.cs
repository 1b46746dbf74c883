using System.Buffers;
using HopsKafka.Avro;

namespace HopsKafka.CsvEncoding;

/// <summary>What a row has for one field of the schema: a cell, several cells, or none.</summary>
internal abstract class CsvPart
{
    /// <summary>Whether all its cells are empty.</summary>
    public abstract bool IsEmpty(CsvRows row);

    /// <summary>Encodes it.</summary>
    /// <param name="output">Where to.</param>
    /// <exception cref="JsonEncoding.AvroEncodingException">A cell is no value of its field.</exception>
    public abstract void Write(CsvRows row, IBufferWriter<byte> output);
}

/// <summary>A field without a column: its default, or null.</summary>
/// <param name="value">The encoding.</param>
internal sealed class CsvConstant(byte[] value) : CsvPart
{
    /// <inheritdoc/>
    public override bool IsEmpty(CsvRows row) => true;

    /// <inheritdoc/>
    public override void Write(CsvRows row, IBufferWriter<byte> output) => output.Write(value);
}

/// <summary>A record whose fields have columns.</summary>
/// <param name="fields">In the order of the schema.</param>
/// <param name="branch">The encoding of its place in a union; empty for none.</param>
/// <param name="whenEmpty">What stands for it when all its cells are empty: null, or its default; null for neither.</param>
internal sealed class CsvRecord(IReadOnlyList<CsvPart> fields, byte[] branch, byte[]? whenEmpty) : CsvPart
{
    /// <inheritdoc/>
    public override bool IsEmpty(CsvRows row)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (!fields[i].IsEmpty(row))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Write(CsvRows row, IBufferWriter<byte> output)
    {
        if (whenEmpty is not null && IsEmpty(row))
        {
            output.Write(whenEmpty);
            return;
        }

        output.Write(branch);
        for (var i = 0; i < fields.Count; i++)
        {
            fields[i].Write(row, output);
        }
    }
}

/// <summary>Encodings of values that are not in a cell: null and defaults.</summary>
internal static class CsvDefaults
{
    /// <summary>Null, where the type allows it.</summary>
    /// <returns>Its encoding; null for none.</returns>
    public static byte[]? Null(AvroType type) => type.Kind == "null" ? [] : Branch(type, NullOf(type));

    /// <summary>The default of a field.</summary>
    /// <returns>Its encoding; null for none.</returns>
    /// <exception cref="BadMessageException">It is no value of the field.</exception>
    public static byte[]? Default(AvroField field)
    {
        var limit = default(ValueLimit);
        if (AvroDefaultValue.Of(field, ref limit) is not { } value)
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>();
        AvroValueWriter.Write(output, field.Type, value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The place of a branch, if the type is a union.</summary>
    /// <param name="branch">Null for none.</param>
    /// <returns>Its encoding; null for none.</returns>
    public static byte[]? Branch(AvroType type, AvroType? branch)
    {
        if (branch is null || type.Kind != "union")
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>();
        AvroValueWriter.WriteLong(output, type.Branches.ToList().IndexOf(branch));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The type of a value that is not null; null when it may have several.</summary>
    public static AvroType? ValueOf(AvroType type) =>
        type.Kind != "union" ? type : type.Branches.Where(branch => branch.Kind != "null").ToList() is [var only] ? only : null;

    private static AvroType? NullOf(AvroType union) => union.Branches.FirstOrDefault(branch => branch.Kind == "null");
}
