using HopsKafka.Common;

namespace HopsKafka.Tests;

public sealed class SecretSpecs
{
    [Fact]
    public void A_secret_formats_as_stars_in_every_way_a_text_is_made()
    {
        var secret = new Secret("hunter2");

        Assert.Equal("***", secret.ToString());
        Assert.Equal("key *** given", $"key {secret} given");
        Assert.DoesNotContain("hunter2", string.Format(null, "{0}", secret), StringComparison.Ordinal);
    }
}
