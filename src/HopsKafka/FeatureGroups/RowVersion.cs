namespace HopsKafka.FeatureGroups;

/// <summary>What decides which row of a key is the newest.</summary>
/// <param name="Key">A hash of the primary key's values.</param>
/// <param name="EventTime">The event time in the units of its type; null for none.</param>
internal readonly record struct RowVersion(UInt128 Key, long? EventTime);
