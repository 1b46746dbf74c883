using System.Text;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Fuzzing;

/// <summary>
/// A part of the tools that reads what others wrote. Input n is a pure function of the seed and n: a slower machine runs fewer of the
/// same inputs.
/// </summary>
/// <param name="name">Its name, to repeat one of its inputs.</param>
internal abstract class FuzzTarget(string name) : IDisposable
{
    /// <summary>The password or key in the inputs, which must not be shown.</summary>
    public const string Secret = "Planted-5tore-Passw0rd";

    private readonly Lazy<TempDir> _folder = new(() => new TempDir());

    public string Name { get; } = name;

    /// <summary>Valid inputs: the first ones of every run, each of which must be accepted.</summary>
    public abstract IReadOnlyList<byte[]> Samples { get; }

    /// <summary>Whether other threads do the work, so that memory is counted for the whole process, and time by the clock.</summary>
    public virtual bool WorksElsewhere => false;

    /// <summary>The n-th input.</summary>
    public byte[] Input(int seed, int n) => n < Samples.Count ? Samples[n] : Make(new Random(Mix(seed, n)));

    /// <summary>Reads an input as the tools do.</summary>
    /// <returns>All that a user would see; empty when the input was accepted.</returns>
    public abstract string Run(byte[] input);

    /// <summary>What must not be in the messages about an input. An input may hold a secret where nobody can know that it is one.</summary>
    public virtual IEnumerable<string> SecretsOf(byte[] input) => [];

    public virtual void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Dispose();
        }
    }

    /// <summary>For the files that are read.</summary>
    protected TempDir Folder => _folder.Value;

    /// <summary>A new input.</summary>
    protected abstract byte[] Make(Random random);

    /// <summary>What is said and thrown for the user.</summary>
    protected static string Capture(Action work)
    {
        var output = new StringBuilder();
        using (TestCommandContext.Use(text => output.Append(text)))
        {
            try
            {
                work();
            }
            catch (Exception e) when (e is IHopsKafkaError)
            {
                var error = (IHopsKafkaError)e;
                output.Append(error.Message).Append('\n').Append(error.Remedy).Append('\n').AppendJoin('\n', error.Details).Append('\n');
            }
        }

        return output.ToString();
    }

    // SplitMix64's finalizer: seeds that are neighbours give random numbers that are not.
    private static int Mix(int seed, int n)
    {
        var z = (((ulong)(uint)seed << 32) | (uint)n) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)(z ^ (z >> 31));
    }
}
