namespace HopsKafka.Sandbox;

/// <summary>A feature of a feature group to create.</summary>
/// <param name="Name">Its name: lower-case letters, digits and <c>_</c>, with a letter first.</param>
/// <param name="Type">Its type in Hive's spelling, such as <c>bigint</c>, <c>decimal(10,2)</c> or <c>array&lt;string&gt;</c>.</param>
/// <param name="Primary">Whether it belongs to the primary key.</param>
/// <param name="OnlineType">Its type in the online table, such as <c>varchar(20)</c>; null for the one that Hopsworks chooses.</param>
public sealed record SandboxFeature(string Name, string Type, bool Primary = false, string? OnlineType = null);
