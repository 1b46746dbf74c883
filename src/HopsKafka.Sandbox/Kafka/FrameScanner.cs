using System.Buffers.Binary;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Splits one direction of a connection into requests or responses, each a length as big-endian int32 and that many bytes. Frames of
/// interest are passed whole to MayPass; all others are forwarded unread.
/// </summary>
/// <param name="headSize">Bytes, the length included, that show whether a frame is of interest.</param>
internal abstract class FrameScanner(int headSize)
{
    protected const int LengthSize = sizeof(int);

    // Kafka's own default for socket.request.max.bytes.
    private const int MaxFrameSize = 100 * 1024 * 1024;

    private int _unread;

    /// <summary>Scans the bytes received next.</summary>
    /// <param name="bytes">Bytes not yet forwarded; frames of interest may be changed in place.</param>
    /// <param name="needed">Bytes that the rest must have before more of it can be forwarded.</param>
    /// <returns>How many bytes may be forwarded now; the rest has to be scanned again, with more after it.</returns>
    /// <exception cref="InvalidDataException">This is not Kafka's protocol.</exception>
    public int Scan(Span<byte> bytes, out int needed)
    {
        var passed = 0;
        needed = 0;
        while (passed < bytes.Length)
        {
            if (_unread == 0)
            {
                needed = Begin(bytes[passed..]);
                if (_unread == 0)
                {
                    break;
                }
            }

            var taken = Math.Min(_unread, bytes.Length - passed);
            _unread -= taken;
            passed += taken;
        }

        return passed;
    }

    /// <summary>The size limit of a frame of interest.</summary>
    /// <param name="head">Its head after the length.</param>
    /// <returns>The maximum of bytes; null when it is of no interest.</returns>
    protected abstract int? MaxSizeOf(ReadOnlySpan<byte> head);

    /// <summary>Inspects a frame of interest.</summary>
    /// <param name="frame">The frame after its length.</param>
    /// <returns>Whether it may be forwarded; if not, it is inspected once more.</returns>
    protected abstract bool MayPass(Span<byte> frame);

    // Sets _unread when the frame may be forwarded; returns the bytes needed to decide.
    private int Begin(Span<byte> bytes)
    {
        if (bytes.Length < headSize)
        {
            return headSize;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        var longest = MaxSizeOf(bytes[LengthSize..headSize]);
        if (length < headSize - LengthSize || length > (longest ?? MaxFrameSize))
        {
            throw new InvalidDataException($"{length} bytes are no message of Kafka's protocol.");
        }

        var whole = LengthSize + length;
        if (longest is null || (bytes.Length >= whole && MayPass(bytes[LengthSize..whole])))
        {
            _unread = whole;
        }

        return whole;
    }
}
