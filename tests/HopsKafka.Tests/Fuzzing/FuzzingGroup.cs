namespace HopsKafka.Tests.Fuzzing;

/// <summary>Each input's work and memory are measured, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(Fuzzing), DisableParallelization = true)]
public sealed class FuzzingGroup;
