namespace HopsKafka.FeatureGroups;

/// <summary>A feature of a feature group.</summary>
/// <param name="Name">Its name: lower case.</param>
/// <param name="Type">Its type as Hopsworks spells it, such as <c>bigint</c>, <c>decimal(10,2)</c> or <c>array&lt;string&gt;</c>.</param>
/// <param name="OnlineType">Its type in the online store, such as <c>varchar(100)</c>; null if the feature group has no online store.</param>
/// <param name="IsPrimaryKey">Whether it is part of the primary key.</param>
/// <param name="IsOnDemand">Whether the client computes it by a transformation function.</param>
public sealed record Feature(string Name, string Type, string? OnlineType, bool IsPrimaryKey, bool IsOnDemand = false);
