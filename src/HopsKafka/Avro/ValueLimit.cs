namespace HopsKafka.Avro;

/// <summary>
/// How many values one message may claim. Some take no bytes, so that neither its size nor that of its schema bounds their number: a few
/// bytes can claim an array of 2^40 nulls, or a record that holds another one twice, and so on for forty levels.
/// </summary>
internal struct ValueLimit
{
    private const int Most = 2_000_000;

    private int _claimed;

    /// <summary>Counts values before they are read.</summary>
    /// <exception cref="BadMessageException">They are too many.</exception>
    public void Claim(long count)
    {
        if (count > Most - _claimed)
        {
            throw AvroSpanReader.Impossible($"it claims more than {Most} values");
        }

        _claimed += (int)count;
    }
}
