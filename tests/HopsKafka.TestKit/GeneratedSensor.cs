using Avro;
using Avro.Specific;
using HopsKafka.Sensors;

namespace HopsKafka.TestKit;

/// <summary>A reading as Apache.Avro's code generator makes such a class; it is found by the full name of its schema.</summary>
public sealed class GeneratedSensor : ISpecificRecord
{
    public const string Name = "HopsKafka.TestKit.GeneratedSensor";

    // The generator's name for it, by which the deserializer finds it.
#pragma warning disable CA1707
    public static readonly Schema _SCHEMA = Schema.Parse(Named(SensorSchema.TutorialText));
#pragma warning restore CA1707

    internal SensorReading Reading { get; set; } = new(0, "", 0);

    public Schema Schema => _SCHEMA;

    /// <summary>A sensor's schema under the name of this class.</summary>
    public static string Named(string sensor)
    {
        var dot = Name.LastIndexOf('.');
        return sensor.Replace("\"sensor\"", $"\"{Name[(dot + 1)..]}\", \"namespace\": \"{Name[..dot]}\"", StringComparison.Ordinal);
    }

    public object Get(int fieldPos) => fieldPos switch
    {
        0 => DateTimeOffset.FromUnixTimeMilliseconds(Reading.Timestamp).UtcDateTime,
        1 => Reading.Id,
        _ => Reading.Value,
    };

    public void Put(int fieldPos, object fieldValue) => Reading = fieldPos switch
    {
        0 => Reading with { Timestamp = new DateTimeOffset((DateTime)fieldValue).ToUnixTimeMilliseconds() },
        1 => Reading with { Id = (string)fieldValue },
        _ => Reading with { Value = (double)fieldValue },
    };
}
