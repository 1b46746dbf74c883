using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>JKS stores. Most get a digest that fits, which lets damage through to the entries.</summary>
internal sealed class JksTarget() : StoreTarget("jks", ["key.jks", "trust.jks"])
{
    protected override byte[] Make(Random random)
    {
        var sample = Samples[random.Next(Samples.Count)];
        var store = random.Next(3) == 0 ? ByteMutator.Mutate(random, sample, Samples) : JksFrames.Mutate(random, sample);
        return random.Next(5) == 0 ? store : JksFrames.Seal(store, Secret);
    }
}
