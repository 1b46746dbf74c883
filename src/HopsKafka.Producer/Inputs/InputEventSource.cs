using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Producer.Inputs;

/// <summary>Creates the events of an input: reads and encodes its lines, and gives each event its key, partition and timestamp.</summary>
internal sealed class InputEventSource
{
    private readonly InputReader _reader;
    private readonly InputRequest _request;
    private readonly BadLines _bad;
    private readonly string _name;
    private readonly ulong _source;
    private readonly bool _hasKey;

    // Lines directly before the current one that are not events, and the last line that was read.
    private long _gap;
    private long _lastLine;
    private bool _isGap;

    /// <summary>Creates it.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="key">Builds the keys; null for none.</param>
    /// <param name="bad">Handles the lines that are not valid events.</param>
    /// <exception cref="HopsKafkaException">An option names a field that the schema does not have, or that is of no use for it.</exception>
    public InputEventSource(InputReader reader, InputSchema schema, InputRequest request, string name, EventKey? key, BadLines bad)
    {
        (_reader, _request, _bad, _name) = (reader, request, bad, name);
        _source = Fnv1a.Hash(request.FeatureGroup?.SourceOf(request.SourceOf(name)) ?? request.SourceOf(name));
        _hasKey = key is not null || schema.Rows?.Keys.Length > 0;
        Builder = new InputEventBuilder(schema, request, key);
    }

    /// <summary>Creates the events.</summary>
    public InputEventBuilder Builder { get; }

    /// <summary>How many partitions the topic has.</summary>
    public int Partitions
    {
        get => Builder.Partitions;
        set => Builder.Partitions = value;
    }

    /// <summary>The lines that the topic has already; null to send all.</summary>
    public StoredLines? Stored { get; set; }

    /// <summary>The event to send.</summary>
    public InputEvent Current => Builder.Current;

    /// <summary>Its line.</summary>
    public long Line => _reader.Line;

    /// <summary>Its partition.</summary>
    public int Partition => Builder.Partition;

    /// <summary>What the input is known by, for messages about what the topic has of it.</summary>
    public string SourceName => DisplayText.Of(_request.SourceOf(_name));

    /// <summary>Under which other sources rows of the same input are stored: the option by the source.</summary>
    public IReadOnlyDictionary<ulong, string> OtherStores =>
        _request.FeatureGroup?.OfOtherStores().ToDictionary(other => Fnv1a.Hash(other.SourceOf(_request.SourceOf(_name))), other => other.StorageOption) ?? [];

    /// <summary>Its header.</summary>
    public LineHeader Header => new(_source, Line, Partitions, (ushort)(_request.Shard?.Number ?? 1), (ushort)(_request.Shard?.Count ?? 1), (uint)Math.Min(_gap, uint.MaxValue));

    /// <summary>The line after the last one that was processed.</summary>
    public long NextLine { get; private set; } = 1;

    /// <summary>Whether rows that do not belong into the online store are not sent.</summary>
    public bool DropsOlder { get; set; }

    /// <summary>Number of those rows that were sent or left out.</summary>
    public long Older { get; private set; }

    /// <summary>Number of lines that the topic has already.</summary>
    public long AlreadySent { get; private set; }

    /// <summary>Whether the input was read to its end.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Why the input cannot be sent; null if it can.</summary>
    public HopsKafkaException? Failure { get; private set; }

    /// <summary>Logs what order the events keep if they have no key.</summary>
    public void ReportKey()
    {
        if (!_hasKey && _request.FeatureGroup is not null)
        {
            ConsoleLog.Info("The feature group has no primary key: its rows are spread evenly over the partitions.");
        }
        else if (!_hasKey && !_request.IsEnvelope)
        {
            ConsoleLog.Info(
                "The events have no key: they are spread evenly over the partitions, and keep their order within a partition only; --key FIELD keeps the order of a key.");
        }
    }

    /// <summary>How many rows did not belong into the online store, for the report.</summary>
    public string ReportOlder() => Older == 0 ? "" : DropsOlder ? $", {Older} older not sent" : $", {Older} older for the offline store only";

    /// <summary>Counts the current event as sent.</summary>
    public void CountSent() => Older += Current.IsOlder ? 1 : 0;

    /// <summary>Advances to the next event to send.</summary>
    /// <returns>False at the end of the input, and at a line that ends the run.</returns>
    public bool MoveNext()
    {
        try
        {
            while (Failure is null && _reader.MoveNext())
            {
                CountGap();
                if (_reader.Line >= _request.FromLine && IsNext())
                {
                    NextLine = _reader.Line + 1;
                    return true;
                }

                if (_bad.Failure is not null)
                {
                    return false;
                }

                NextLine = _reader.Line + 1;
            }

            Failure ??= Stored?.Highest >= NextLine ? Stored.EndsTooEarly(NextLine - 1) : null;
            HasEnded = Failure is null;
        }
        catch (HopsKafkaException e)
        {
            // The events before it are still delivered.
            Failure = e;
        }
        catch (IOException e)
        {
            Failure = new HopsKafkaException(
                $"The input {_name} cannot be read: {e.Message.TrimEnd('.')}.", $"Continue with --resume or --from-line {NextLine}.", innerException: e);
        }

        return false;
    }

    /// <summary>Compares the lines that the topic has with those of the input, before anything is sent.</summary>
    /// <param name="reader">Reads the same input from its start.</param>
    /// <exception cref="HopsKafkaException">They differ.</exception>
    public void Compare(InputReader reader, StoredLines stored)
    {
        var last = 0L;
        while (last < stored.Highest && reader.MoveNext())
        {
            last = reader.Line;
            if (stored.IsLast(last))
            {
                CreateStored(reader, stored);
                stored.Compare(Partition, last, Current);
            }
        }

        if (last < stored.Highest)
        {
            throw stored.EndsTooEarly(last);
        }
    }

    // Whether the current line is an event to send.
    private bool IsNext()
    {
        if (Stored?.HasAll(_reader.Line, Partitions) == true)
        {
            AlreadySent++;
            return false;
        }

        if (!Builder.TryCreate(_reader, _bad))
        {
            _isGap = true;
            return false;
        }

        if (Current.IsOlder && DropsOlder)
        {
            _isGap = true;
            Older += Builder.IsInShard(Line) ? 1 : 0;
            return false;
        }

        return IsWanted();
    }

    private void CountGap()
    {
        var between = _reader.Line - _lastLine - 1;
        _gap = _isGap ? _gap + 1 + between : between;
        (_lastLine, _isGap) = (_reader.Line, false);
    }

    private void CreateStored(InputReader reader, StoredLines stored)
    {
        try
        {
            Builder.Create(reader);
        }
        catch (BadLineException e)
        {
            throw stored.NoEvent(reader.Line, e);
        }
    }

    private bool IsWanted()
    {
        if (!Builder.IsInShard(Line))
        {
            return false;
        }

        if (Stored is not { } stored)
        {
            return true;
        }

        stored.Compare(Partition, Line, Current);
        var isStored = stored.Has(Partition, Line);
        AlreadySent += isStored ? 1 : 0;
        return !isStored;
    }
}
