using System.Buffers.Binary;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Follows requests or responses in one direction of a connection, each a length as big-endian int32 and that many bytes. Those of
/// interest are shown whole, all others pass by count, unread.
/// </summary>
/// <param name="headSize">Bytes, the length included, that show whether a frame is of interest.</param>
internal abstract class FrameScanner(int headSize)
{
    protected const int LengthSize = sizeof(int);

    // Kafka's own default for socket.request.max.bytes.
    private const int LongestPassed = 100 * 1024 * 1024;

    private int _unread;

    /// <summary>Looks at the bytes that came next.</summary>
    /// <param name="bytes">Bytes not yet passed, from the first one on; frames of interest may be changed in place.</param>
    /// <param name="needed">Bytes that the rest must hold before any more of it can pass.</param>
    /// <returns>How many bytes may pass now; the rest has to be shown again, with more after it.</returns>
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

    /// <summary>The longest frame of interest.</summary>
    /// <param name="head">Its head after the length.</param>
    /// <returns>The most bytes that it may have; null when it is of no interest.</returns>
    protected abstract int? LongestOf(ReadOnlySpan<byte> head);

    /// <summary>A frame of interest is there.</summary>
    /// <param name="frame">The frame after its length.</param>
    /// <returns>Whether it may pass; if not, it is shown once more.</returns>
    protected abstract bool MayPass(Span<byte> frame);

    // Sets _unread when the frame may pass; returns the bytes that must be there to decide.
    private int Begin(Span<byte> bytes)
    {
        if (bytes.Length < headSize)
        {
            return headSize;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        var longest = LongestOf(bytes[LengthSize..headSize]);
        if (length < headSize - LengthSize || length > (longest ?? LongestPassed))
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
