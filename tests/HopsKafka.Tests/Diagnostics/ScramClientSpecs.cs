using System.Text;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;

namespace HopsKafka.Tests.Diagnostics;

public sealed class ScramClientSpecs
{
    private const string Nonce = "rOprNGfwEbeRWgbNEkqO";

    // RFC 7677, section 3.
    [Fact]
    public void The_exchange_of_the_RFC_is_the_same()
    {
        var scram = Client("user", "pencil");

        var final = scram.Final(Encoding.UTF8.GetBytes($"r={Nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));

        Assert.Equal($"n,,n=user,r={Nonce}", Encoding.UTF8.GetString(scram.First));
        Assert.Equal($"c=biws,r={Nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", Encoding.UTF8.GetString(final));
    }

    [Fact]
    public void A_comma_or_equals_sign_in_a_user_name_is_escaped() =>
        Assert.Equal($"n,,n=a=2Cb=3Dc,r={Nonce}", Encoding.UTF8.GetString(Client("a,b=c", "x").First));

    [Theory]
    [InlineData("")]
    [InlineData("r=x")]
    [InlineData("r=x,s=AA==,i=0")]
    [InlineData("r=x,s=AA==,i=2000000000")]
    [InlineData("r=x,s=!,i=4096")]
    [InlineData("r=x,r=y,s=AA==,i=4096")]
    public void An_answer_of_another_form_is_refused(string answer) =>
        Assert.Throws<IOException>(() => Client("user", "pencil").Final(Encoding.UTF8.GetBytes(answer)));

    private static ScramClient Client(string user, string password) =>
        new(new SecurityOptions("sasl_ssl", "SCRAM-SHA-256", new Secret(user), new Secret(password)), Nonce);
}
