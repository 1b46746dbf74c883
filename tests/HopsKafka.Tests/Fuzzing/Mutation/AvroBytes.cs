using System.Buffers;
using HopsKafka.Avro;

namespace HopsKafka.Tests.Fuzzing.Mutation;

/// <summary>Avro binary that follows a schema, with numbers and lengths that programs stumble over now and then.</summary>
/// <param name="random">Chooses.</param>
/// <param name="hostility">How often, of a thousand choices, it claims what is not there.</param>
internal sealed class AvroBytes(Random random, int hostility)
{
    private const int Deepest = 30;
    private const int MostValues = 2000;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _values;

    public byte[] Of(AvroType type)
    {
        Write(type, 0);
        return _bytes.WrittenSpan.ToArray();
    }

    private void Write(AvroType type, int depth)
    {
        if (++_values > MostValues || depth > Deepest)
        {
            Long(0);
            return;
        }

        switch (type.Kind)
        {
            case "null":
                break;
            case "boolean":
                Raw(random.Next(IsHostile() ? 256 : 2));
                break;
            case "int":
                Long(random.Next(4) == 0 ? (int)ByteMutator.Number(random) : random.Next(-100, 100));
                break;
            case "long":
                Long(random.Next(4) == 0 ? ByteMutator.Number(random) : random.NextInt64(2_000_000_000_000));
                break;
            case "float":
                Noise(sizeof(float));
                break;
            case "double":
                Noise(sizeof(double));
                break;
            case "fixed":
                Noise(Math.Min(type.Size, 1000));
                break;
            case "string" or "bytes":
                Text();
                break;
            case "enum":
                Long(IsHostile() ? ByteMutator.Number(random) : random.Next(Math.Max(1, type.Symbols.Count)));
                break;
            case "union":
                WriteUnion(type, depth);
                break;
            case "array" or "map":
                WriteBlocks(type, depth);
                break;
            default:
                foreach (var field in type.Fields)
                {
                    Write(field.Type, depth + 1);
                }

                break;
        }
    }

    private void WriteUnion(AvroType type, int depth)
    {
        var branch = random.Next(Math.Max(1, type.Branches.Count));
        Long(IsHostile() ? ByteMutator.Number(random) : branch);
        if (type.Branches.Count > 0)
        {
            Write(type.Branches[branch], depth);
        }
    }

    private void WriteBlocks(AvroType type, int depth)
    {
        for (var blocks = random.Next(3); blocks > 0; blocks--)
        {
            var count = random.Next(1, 4);
            Long(IsHostile() ? random.NextInt64(random.Next(2) == 0 ? 3_000_000 : long.MaxValue) : random.Next(4) == 0 ? -count : count);
            if (_bytes.WrittenSpan[^1] % 2 == 1)
            {
                Long(IsHostile() ? ByteMutator.Number(random) : 10);
            }

            for (; count > 0; count--)
            {
                if (type.Kind == "map")
                {
                    Text();
                }

                Write(type.Items, depth + 1);
            }
        }

        Long(0);
    }

    private void Text()
    {
        var length = random.Next(random.Next(50) == 0 ? 3000 : 12);
        Long(IsHostile() ? ByteMutator.Number(random) : length);
        for (; length > 0; length--)
        {
            Raw(random.Next(100) == 0 ? random.Next(256) : random.Next(random.Next(4) == 0 ? 0 : 32, 127));
        }
    }

    private bool IsHostile() => random.Next(1000) < hostility;

    private void Long(long value) => AvroValueWriter.WriteLong(_bytes, value);

    private void Raw(int value) => _bytes.Write([(byte)value]);

    private void Noise(int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        _bytes.Write(noise);
    }
}
