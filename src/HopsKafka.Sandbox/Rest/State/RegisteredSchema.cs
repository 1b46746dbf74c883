namespace HopsKafka.Sandbox.Rest.State;

/// <summary>One version of a subject.</summary>
/// <param name="Id">Id of the schema, shared by all subjects of the project with the same text.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Version">The version, from 1.</param>
/// <param name="Text">The schema as the server stores it: the text of Java Avro's <c>Schema.toString()</c>.</param>
public sealed record RegisteredSchema(int Id, string Subject, int Version, string Text);
