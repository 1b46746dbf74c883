namespace HopsKafka.Sandbox.Rest.State;

/// <summary>Role of a member in a project.</summary>
public enum ProjectRole
{
    /// <summary>Reads all, registers schemas; may not change topics or compatibility levels.</summary>
    DataScientist,

    /// <summary>May do everything.</summary>
    DataOwner,
}
