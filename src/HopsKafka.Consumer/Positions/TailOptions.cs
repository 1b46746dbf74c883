namespace HopsKafka.Consumer.Positions;

/// <summary>The last events of the topic: option <c>--tail</c>.</summary>
/// <param name="Count">How many.</param>
/// <param name="Follows">Whether new events are read afterwards.</param>
internal sealed record TailOptions(int Count, bool Follows);
