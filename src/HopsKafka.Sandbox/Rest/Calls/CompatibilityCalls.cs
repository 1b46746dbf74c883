using HopsKafka.Sandbox.Rest.Schemas;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>The compatibility check and the levels of project and subject.</summary>
internal static class CompatibilityCalls
{
    public static async Task<Answer> CheckAsync(Call call)
    {
        var text = (await call.ReadBodyAsync()).Text("schema");
        _ = SubjectLookup.ParseVersion(call.Path["version"]); // an invalid version comes before an invalid schema
        var candidate = Call.ParseSchema(text ?? throw Refusals.Unhandled());
        var version = SubjectLookup.Version(call).Version;
        var is_compatible = call.State.Schemas.IsCompatible(call.Project.Id, call.Subject, version, candidate);
        return Answer.Json(new { is_compatible });
    }

    public static Task<Answer> ProjectLevel(Call call) =>
        Task.FromResult(Level(call.State.Schemas.Level(call.Project.Id)!.Value));

    public static Task<Answer> SubjectLevel(Call call) => Task.FromResult(
        Level(call.State.Schemas.Level(call.Project.Id, call.Subject) ?? throw RegistryErrors.SubjectNotFound));

    public static Task<Answer> SetProjectLevelAsync(Call call) => SetLevelAsync(call, subject: null);

    public static Task<Answer> SetSubjectLevelAsync(Call call) => SetLevelAsync(call, call.Subject);

    private static async Task<Answer> SetLevelAsync(Call call, string? subject)
    {
        var text = (await call.ReadBodyAsync()).Text("compatibility") ?? throw RegistryErrors.InvalidLevel;
        var level = Compatibility.Parse(text) ?? throw Refusals.BadJson(
            $"Cannot deserialize the level \"{text}\": accepted are {string.Join(", ", Compatibility.Texts)}");
        if (subject is not null)
        {
            _ = SubjectLookup.Versions(call);
        }

        call.State.Schemas.SetLevel(call.Project.Id, subject, level);
        return Answer.Json(new { compatibility = text });
    }

    private static Answer Level(CompatibilityLevel level) => Answer.Json(new { compatibilityLevel = Compatibility.Text(level) });
}
