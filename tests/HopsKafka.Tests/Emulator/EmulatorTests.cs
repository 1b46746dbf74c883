namespace HopsKafka.Tests.Emulator;

/// <summary>Tests of the client against the embedded Hopsworks: all share its servers, each has a project of its own.</summary>
[CollectionDefinition]
public sealed class EmulatorTests : ICollectionFixture<EmulatedReleases>;
