namespace HopsKafka.Avro;

/// <summary>
/// Turns a value of the writer's type into one of the reader's, by Avro's rules: fields by name or alias, defaults for those that
/// the writer lacks, wider numbers, bytes as string and back, an enum's default symbol, the first branch of a union that fits.
/// </summary>
internal static class AvroResolution
{
    /// <summary>Resolves.</summary>
    /// <returns>The same as a value of that type.</returns>
    /// <exception cref="BadMessageException">The value has no place in the reader's type.</exception>
    public static AvroValue Resolve(in AvroValue value, AvroType reader) => Resolve(value, reader, null);

    internal static AvroValue Resolve(in AvroValue value, AvroType reader, string? field)
    {
        var limit = default(ValueLimit);
        return Resolve(value, reader, field, ref limit);
    }

    // The limit is on what defaults add: the other values were counted when they were read.
    private static AvroValue Resolve(in AvroValue value, AvroType reader, string? field, ref ValueLimit limit)
    {
        if (reader.Kind == "union")
        {
            return Resolve(value, Branch(value.Type, reader) ?? throw NotResolvable(value.Type, reader, field), field, ref limit);
        }

        var writer = value.Type;
        if (HasOtherMeaning(writer.Logical, reader.Logical))
        {
            throw NotResolvable(writer, reader, field);
        }

        if (!CanRead(writer, reader))
        {
            throw NotResolvable(writer, reader, field);
        }

        return (writer.Kind, reader.Kind) switch
        {
            ("record" or "error", _) => ResolveRecord(value, reader, ref limit),
            ("enum", _) => ResolveEnum(value, reader),
            ("array", _) => ResolveItems(value, reader, field, ref limit),
            ("map", _) => ResolveEntries(value, reader, field, ref limit),
            ("int" or "long", "float" or "double") => AvroValue.OfDouble(reader, Narrow(value.Long, reader)),
            ("string" or "bytes", _) => ResolveText(value, reader),
            _ => value.As(reader),
        };
    }

    /// <summary>Whether the kinds, names and sizes allow it; neither type is a union. What is inside is not looked at.</summary>
    internal static bool CanRead(AvroType writer, AvroType reader) => (writer.Kind, reader.Kind) switch
    {
        ("record" or "error", "record" or "error") or ("enum", "enum") => SameName(writer, reader),
        ("fixed", "fixed") => SameName(writer, reader) && writer.Size == reader.Size,
        var (from, to) => from == to || Promotes(from, to),
    };

    private static double Narrow(long whole, AvroType reader) => reader.Kind == "float" ? (float)whole : whole;

    // The same number would be another amount or another moment. Avro demands it of decimals and is silent on the rest.
    internal static bool HasOtherMeaning(LogicalType writer, LogicalType reader) =>
        writer.Kind != LogicalKind.None && reader.Kind != LogicalKind.None && writer != reader;

    // An exact match comes before one that converts, and a full name before a short one, in either order of the branches.
    internal static AvroType? Branch(AvroType writer, AvroType union) =>
        union.Branches.FirstOrDefault(branch => branch.Kind == writer.Kind && (branch.Name is null || branch.Name == writer.Name))
        ?? union.Branches.FirstOrDefault(branch => branch.Kind == writer.Kind && branch.Name is not null && SameName(writer, branch))
        ?? union.Branches.FirstOrDefault(branch => Promotes(writer.Kind, branch.Kind));

    private static bool Promotes(string writer, string reader) => (writer, reader) is
        ("int", "long" or "float" or "double") or ("long", "float" or "double") or ("float", "double") or ("string", "bytes") or ("bytes", "string");

    // Java compares names without namespaces, so that a record may move.
    private static bool SameName(AvroType writer, AvroType reader) =>
        writer.Name!.Name == reader.Name!.Name || reader.Aliases.Any(alias => alias.Full == writer.Name.Full || alias.Name == writer.Name.Name);

    private static AvroValue ResolveRecord(in AvroValue value, AvroType reader, ref ValueLimit limit)
    {
        var values = new AvroValue[reader.Fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var field = reader.Fields[i];
            values[i] = TryGetWritten(value, field, out var written)
                ? Resolve(written, field.Type, field.Name, ref limit)
                : AvroDefaultValue.Of(field, ref limit) ?? throw new BadMessageException(
                    BadMessageReason.SchemaDoesNotResolve,
                    $"The writer's {value.Type.Name!.Full} has no field {field.Name}, and the reader's schema has no default for it.");
        }

        return AvroValue.OfItems(reader, values);
    }

    private static bool TryGetWritten(in AvroValue record, AvroField field, out AvroValue value)
    {
        if (record.TryGetField(field.Name, out value))
        {
            return true;
        }

        foreach (var alias in field.Aliases)
        {
            if (record.TryGetField(alias, out value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The writer's field that a field of the reader is read from; null for none.</summary>
    internal static AvroField? FindWritten(AvroType writer, AvroField field) =>
        writer.Fields.FirstOrDefault(f => f.Name == field.Name)
        ?? field.Aliases.Select(alias => writer.Fields.FirstOrDefault(f => f.Name == alias)).FirstOrDefault(f => f is not null);

    private static AvroValue ResolveEnum(in AvroValue value, AvroType reader)
    {
        var symbol = value.Symbol;
        for (var i = 0; i < reader.Symbols.Count; i++)
        {
            if (reader.Symbols[i] == symbol)
            {
                return AvroValue.OfLong(reader, i);
            }
        }

        return reader.DefaultSymbol is { } fallback
            ? AvroValue.OfLong(reader, reader.Symbols.ToList().IndexOf(fallback))
            : throw new BadMessageException(
                BadMessageReason.SchemaDoesNotResolve, $"The reader's enum {reader.Name!.Full} has no symbol {symbol}, and no default.");
    }

    private static AvroValue ResolveItems(in AvroValue value, AvroType reader, string? field, ref ValueLimit limit)
    {
        var items = new AvroValue[value.Items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Resolve(value.Items[i], reader.Items, field, ref limit);
        }

        return AvroValue.OfItems(reader, items);
    }

    private static AvroValue ResolveEntries(in AvroValue value, AvroType reader, string? field, ref ValueLimit limit)
    {
        var entries = new KeyValuePair<string, AvroValue>[value.Entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var (key, written) = value.Entries[i];
            entries[i] = KeyValuePair.Create(key, Resolve(written, reader.Items, field, ref limit));
        }

        return AvroValue.OfEntries(reader, entries);
    }

    private static AvroValue ResolveText(in AvroValue value, AvroType reader) =>
        reader.Kind == "string" && value.Type.Kind == "bytes" && !System.Text.Unicode.Utf8.IsValid(value.Bytes)
            ? throw new BadMessageException(BadMessageReason.InvalidUtf8, "Bytes that the reader's schema declares as a string are not UTF-8.")
            : value.As(reader);

    private static BadMessageException NotResolvable(AvroType writer, AvroType reader, string? field) => new(
        BadMessageReason.SchemaDoesNotResolve,
        $"The writer's {Describe(writer)} cannot be read as the reader's {Describe(reader)}{(field is null ? "" : $" (field {field})")}.");

    internal static string Describe(AvroType type) =>
        type.Kind == "union" ? $"union of {string.Join(", ", type.Branches.Select(Describe))}" : type.Name is { } name ? $"{type.Kind} {name.Full}{LogicalSuffix(type)}"
        : type.Kind + LogicalSuffix(type);

    private static string LogicalSuffix(AvroType type) => type.Logical.Kind switch
    {
        LogicalKind.None => "",
        LogicalKind.Decimal => $" (decimal of scale {type.Logical.Scale})",
        _ => $" ({type.Props.First(p => p.Key == LogicalType.Attribute).Value})",
    };
}
