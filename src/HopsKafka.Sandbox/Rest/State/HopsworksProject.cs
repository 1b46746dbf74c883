using System.Collections.Concurrent;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>A project and its members. Safe for use by many threads.</summary>
internal sealed class HopsworksProject
{
    private readonly ConcurrentDictionary<HopsworksUser, Member> _members = new();
    private readonly ConcurrentDictionary<int, bool> _sharedWith = new();

    internal HopsworksProject(int id, string name)
    {
        Id = id;
        Name = name;
    }

    /// <summary>Number in the URLs of the REST API.</summary>
    public int Id { get; }

    /// <summary>Name, the first half of a certificate's CN.</summary>
    public string Name { get; }

    /// <summary>Number of its feature store; another one than the project's, as on a real server.</summary>
    public int FeatureStoreId => Id + 1000;

    public string FeatureStoreName => $"{Name.ToLowerInvariant()}_featurestore";

    public DateTimeOffset Created { get; } = DateTimeOffset.UtcNow;

    /// <summary>How many topics the project may have before the server answers 412/190004; Hopsworks' default is 100.</summary>
    public int MaxTopics { get; set; } = 100;

    /// <summary>Lets a user in, or changes the role and the certificates of a member.</summary>
    public void SetMember(HopsworksUser user, ProjectRole role, ProjectCredentials? credentials = null) =>
        _members[user] = new Member(role, credentials);

    /// <summary>Lets the members of another project use this one's feature store.</summary>
    public void ShareFeatureStoreWith(HopsworksProject project) => _sharedWith[project.Id] = true;

    /// <summary>Whether members of a project may use this one's feature store.</summary>
    public bool SharesFeatureStoreWith(HopsworksProject project) => project.Id == Id || _sharedWith.ContainsKey(project.Id);

    public ProjectRole? RoleOf(HopsworksUser user) => _members.GetValueOrDefault(user)?.Role;

    public ProjectCredentials? CredentialsOf(HopsworksUser user) => _members.GetValueOrDefault(user)?.Credentials;

    private sealed record Member(ProjectRole Role, ProjectCredentials? Credentials);
}

/// <summary>A user of the embedded Hopsworks.</summary>
/// <param name="Username">Short name, the second half of a certificate's CN, e.g. <c>meb10000</c>.</param>
/// <param name="Email">Address with which the user signs in.</param>
/// <param name="HasRole">False for an account without HOPS_USER or HOPS_ADMIN: every call answers 403/320003.</param>
internal sealed record HopsworksUser(string Username, string Email, bool HasRole = true);

/// <summary>Role of a member in a project.</summary>
internal enum ProjectRole
{
    /// <summary>Reads all, registers schemas; may not change topics or compatibility levels.</summary>
    DataScientist,

    /// <summary>May do everything.</summary>
    DataOwner,
}

/// <summary>A member's certificates, as <c>GET /project/{id}/credentials</c> returns them; the password covers both JKS stores and the key entry.</summary>
internal sealed record ProjectCredentials(
    ReadOnlyMemory<byte> KeyStore,
    ReadOnlyMemory<byte> TrustStore,
    Secret Password,
    string CaChainPem,
    string ClientCertificatePem,
    Secret ClientKeyPem);
