using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>PKCS#12 stores. Those without a MAC or without any encryption let damage through to the parts.</summary>
internal sealed class Pkcs12Target() : StoreTarget("pkcs12", ["open.p12", "nomac.p12", "modern.p12", "legacy.p12", "keytool.p12"])
{
    protected override byte[] Make(Random random)
    {
        var sample = Samples[random.Next(2) == 0 ? 0 : random.Next(Samples.Count)];
        return random.Next(4) == 0 ? ByteMutator.Mutate(random, sample, Samples) : DerMutator.Mutate(random, sample);
    }
}
