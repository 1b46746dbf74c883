namespace HopsKafka.FeatureGroups;

/// <summary>Rows that the brokers have acknowledged.</summary>
/// <param name="Rows">How many rows were written.</param>
/// <param name="Sent">How many of them were sent: with <see cref="FeatureStorage.Online"/> only the newest of each key.</param>
/// <param name="Older">How many rows were not for the online store, because their key has a newer row or their event time is too old.</param>
/// <param name="IngestionId">The id of the online ingestion; null for none.</param>
public sealed record FeatureInsert(int Rows, int Sent, int Older, long? IngestionId);
