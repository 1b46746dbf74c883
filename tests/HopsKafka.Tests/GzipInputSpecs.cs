using System.IO.Compression;
using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Tests;

/// <summary>Input that is compressed, whole or not.</summary>
public sealed class GzipInputSpecs
{
    private const string Text = "a line\nanother one\n";

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("xy")]
    [InlineData("\u001f")]
    [InlineData("\u001fx and more")]
    public void Other_bytes_pass_as_they_are(string text)
    {
        using var input = Open(Encoding.ASCII.GetBytes(text));

        Assert.Equal(text, ReadText(input));
        Assert.False(input.IsCompressed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Gzip_is_decompressed(int length)
    {
        var text = Random(length);
        using var input = Open(Gzip(text));

        Assert.Equal(text, ReadText(input));
        Assert.True(input.IsCompressed);
    }

    [Fact]
    public void All_members_are_decompressed_empty_ones_too()
    {
        using var input = Open([.. Gzip("a"), .. Gzip(""), .. Gzip(Random(50_000)), .. Gzip("b")]);

        Assert.Equal($"a{Random(50_000)}b", ReadText(input));
    }

    [Fact]
    public void A_pipe_is_decompressed_as_it_comes()
    {
        using var pipe = new LinePipe();
        using var packed = new MemoryStream();
        using var gzip = new GZipStream(packed, CompressionLevel.Fastest);
        GzipInput? input = null;
        var line = new byte[100];
        for (var i = 0; i < 5; i++)
        {
            gzip.Write(Encoding.ASCII.GetBytes($"line {i}\n"));
            gzip.Flush();
            pipe.Send(packed.ToArray());
            packed.SetLength(0);
            input ??= new GzipInput(pipe, "stdin");

            Assert.Equal($"line {i}\n", Encoding.ASCII.GetString(line, 0, input.Read(line)));
        }

        gzip.Dispose();
        pipe.Send(packed.ToArray());
        pipe.End();
        Assert.Equal(0, input!.Read(line));
        Assert.Equal(0, input.Read(line));
        input.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cut_at_any_byte_it_is_an_error_that_says_so(bool isStored)
    {
        var first = isStored ? Gzip(Text, CompressionLevel.NoCompression) : Gzip(Text);
        byte[] both = [.. first, .. Gzip(Random(300))];
        for (var cut = 2; cut < both.Length; cut++)
        {
            using var input = Open(both[..cut]);
            if (cut == first.Length)
            {
                Assert.Equal(Text, ReadText(input));
                continue;
            }

            var e = Assert.Throws<HopsKafkaException>(() => ReadText(input));
            Assert.Contains($"data.gz cannot be decompressed: its gzip data breaks off (at byte {cut} or before)", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void With_any_byte_changed_it_is_an_error_or_the_same_text()
    {
        var packed = Gzip(Text);
        for (var at = 2; at < packed.Length; at++)
        {
            foreach (var flip in (byte[])[1, 0x80, 0xFF])
            {
                var changed = packed.ToArray();
                changed[at] ^= flip;
                using var input = Open(changed);
                try
                {
                    Assert.Equal(Text, ReadText(input));
                }
                catch (HopsKafkaException e)
                {
                    Assert.Contains("cannot be decompressed", e.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [InlineData("00")]
    [InlineData("1F8A")]
    [InlineData("6162636465666768696A6B6C6D6E6F70")]
    public void Other_bytes_behind_the_last_member_are_an_error(string hex)
    {
        using var input = Open([.. Gzip(Text), .. Convert.FromHexString(hex)]);

        var e = Assert.Throws<HopsKafkaException>(() => ReadText(input));

        Assert.Contains("followed by other data", e.Message, StringComparison.Ordinal);
    }

    private static GzipInput Open(byte[] bytes) => new(new MemoryStream(bytes), "data.gz");

    private static string ReadText(Stream input) => new StreamReader(input, Encoding.ASCII).ReadToEnd();

    private static string Random(int length)
    {
        var random = new Random(length);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(32, 127)));
    }

    private static byte[] Gzip(string text, CompressionLevel level = CompressionLevel.Fastest)
    {
        // .NET writes no member at all.
        if (text.Length == 0)
        {
            return Convert.FromHexString("1F8B080000000000000303000000000000000000");
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(Encoding.ASCII.GetBytes(text));
        }

        return packed.ToArray();
    }
}
