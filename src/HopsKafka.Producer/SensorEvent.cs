using HopsKafka.Serialization;

namespace HopsKafka.Producer;

/// <summary>A reading on its way, with the step that its delivery report is booked under.</summary>
/// <param name="Reading">What is sent.</param>
/// <param name="Step">Its time step.</param>
internal readonly record struct SensorEvent(SensorReading Reading, long Step);
