using HopsKafka.AvroTypes;

namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>The text that Hopsworks stores.</summary>
internal static class JavaSchemaText
{
    /// <summary>The text as Java's <c>Schema.toString()</c> gives it.</summary>
    public static string ToJavaText(this AvroType type) => JavaSchemaWriter.Write(type);
}
