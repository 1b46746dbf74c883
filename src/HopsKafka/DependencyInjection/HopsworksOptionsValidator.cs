using Microsoft.Extensions.Options;

namespace HopsKafka.DependencyInjection;

internal sealed class HopsworksOptionsValidator : IValidateOptions<HopsworksOptions>
{
    public ValidateOptionsResult Validate(string? name, HopsworksOptions options) =>
        options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
