namespace HopsKafka.Consumer.Live;

/// <summary>One sensor of the picture.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Last">Its newest value, as text: JSON has no NaN.</param>
/// <param name="Events">Its events.</param>
internal readonly record struct LiveSensor(string Id, string Last, long Events);
