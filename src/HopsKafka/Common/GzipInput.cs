using System.IO.Compression;
using System.Security.Cryptography;

namespace HopsKafka.Common;

/// <summary>
/// A stream that decompresses gzip, also of several members, as it arrives; other input is passed through. .NET takes truncated gzip for the
/// end of the data. So a member of known content is appended: it is decompressed only if the one before it is complete.
/// </summary>
internal sealed class GzipInput : ReadOnlyStream
{
    private const int ProbeSize = 16;

    private readonly string _name;
    private readonly Source _source;
    private readonly GZipStream? _gzip;
    private bool _isAtEnd;

    /// <summary>Waits for the first two bytes.</summary>
    /// <param name="input">A file or a pipe; it is closed with this stream.</param>
    /// <param name="name">What messages call it.</param>
    public GzipInput(Stream input, string name)
    {
        _name = name;
        _source = new Source(input);
        _gzip = _source.IsGzip ? new GZipStream(_source, CompressionMode.Decompress) : null;
    }

    /// <summary>Whether the input is compressed.</summary>
    public bool IsCompressed => _gzip is not null;

    /// <inheritdoc/>
    /// <exception cref="HopsKafkaException">The compressed data is damaged or breaks off.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_gzip is null)
        {
            return _source.Read(buffer);
        }

        if (_isAtEnd || buffer.Length == 0)
        {
            return 0;
        }

        var read = Inflate(buffer);
        if (read == 0)
        {
            CheckEnd();
            _isAtEnd = true;
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip?.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Inflate(Span<byte> buffer)
    {
        try
        {
            return _gzip!.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw Unreadable("is damaged", e);
        }
    }

    private void CheckEnd()
    {
        if (!_source.IsAtEnd)
        {
            throw Unreadable("is followed by other data");
        }

        var content = RandomNumberGenerator.GetBytes(ProbeSize);
        _source.Append(Compress(content));
        Span<byte> found = stackalloc byte[ProbeSize + 1];
        var length = 0;
        try
        {
            for (var read = 1; read > 0 && length < found.Length; length += read)
            {
                read = _gzip!.Read(found[length..]);
            }
        }
        catch (InvalidDataException e)
        {
            throw Unreadable("breaks off", e);
        }

        if (!found[..length].SequenceEqual(content))
        {
            throw Unreadable("breaks off");
        }
    }

    private static byte[] Compress(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private HopsKafkaException Unreadable(string what, Exception? inner = null) => new(
        $"{_name} cannot be decompressed: its gzip data {what} (at byte {_source.Taken} or before).",
        "It was not copied or written as a whole: copy or write it again. What came before was read.",
        innerException: inner);

    /// <summary>The input, preceded by the bytes that were inspected and followed by the probe.</summary>
    private sealed class Source : ReadOnlyStream
    {
        private readonly Stream _input;
        private byte[] _extra = new byte[2];
        private int _start;
        private int _end;

        public Source(Stream input)
        {
            _input = input;
            while (_end < _extra.Length && input.Read(_extra, _end, _extra.Length - _end) is var read and > 0)
            {
                _end += read;
            }

            IsGzip = _end == 2 && (_extra[0], _extra[1]) is (0x1F, 0x8B);
            IsAtEnd = _end < _extra.Length;
            Taken = _end;
        }

        public bool IsGzip { get; }

        /// <summary>Whether the input has ended.</summary>
        public bool IsAtEnd { get; private set; }

        /// <summary>Bytes of the input that were read.</summary>
        public long Taken { get; private set; }

        public void Append(byte[] probe) => (_extra, _start, _end) = (probe, 0, probe.Length);

        public override int Read(Span<byte> buffer)
        {
            var read = Math.Min(buffer.Length, _end - _start);
            if (read > 0)
            {
                _extra.AsSpan(_start, read).CopyTo(buffer);
                _start += read;
            }
            else if (!IsAtEnd && buffer.Length > 0)
            {
                read = _input.Read(buffer);
                IsAtEnd = read == 0;
                Taken += read;
            }

            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _input.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
