using HopsKafka.Tests.Fuzzing.Targets;

namespace HopsKafka.Tests.Fuzzing;

/// <summary>
/// Whatever a file, a message, an answer or a word of the user's holds, the tools neither crash, nor hang, nor take the machine's memory,
/// nor tell a secret. <c>HOPSKAFKA_FUZZ_SECONDS</c> is the time for each target, <c>HOPSKAFKA_FUZZ_SEED</c> another seed; a failure says
/// how to repeat its input.
/// </summary>
[Trait("Category", "Slow")]
[Collection(nameof(Fuzzing))]
public sealed class FuzzSpecs(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<FuzzTarget>> s_targets = new()
    {
        ["toml"] = () => new TomlTarget(),
        ["environment"] = () => new EnvironmentTarget(),
        ["jks"] = () => new JksTarget(),
        ["pkcs12"] = () => new Pkcs12Target(),
        ["pem"] = () => new PemTarget(),
        ["registry"] = () => new RegistryTarget(),
        ["avro-payload"] = () => new AvroPayloadTarget(),
        ["avro-schema"] = () => new AvroSchemaTarget(),
        ["dead-letters"] = () => new DeadLetterTarget(),
        ["rows"] = () => new RowTarget(),
        ["saved-outputs"] = () => new SavedOutputTarget(),
        ["words"] = () => new WordsTarget(),
    };

    public static TheoryData<string> Targets => [.. s_targets.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void No_input_crashes_hangs_takes_the_memory_or_reveals_a_secret(string name)
    {
        using var target = s_targets[name]();
        Assert.Equal(name, target.Name);
        if (FuzzSettings.Only is { } only)
        {
            Assert.SkipUnless(only.Target == name, "Another target is asked for by HOPSKAFKA_FUZZ_ONLY.");
            Assert.Empty(string.Join("\n", new FuzzRun(target, only.Seed, new FuzzLimits()).Only(only.Number)));
            return;
        }

        var run = new FuzzRun(target, FuzzSettings.Seed, new FuzzLimits());
        var findings = run.For(FuzzSettings.Budget);

        output.WriteLine(run.Summary);
        Assert.True(findings.Count == 0, string.Join("\n\n", findings));
    }
}
