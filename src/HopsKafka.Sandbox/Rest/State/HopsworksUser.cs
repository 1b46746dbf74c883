namespace HopsKafka.Sandbox.Rest.State;

/// <summary>A user of the embedded Hopsworks.</summary>
/// <param name="Username">Short name, the second half of a certificate's CN, e.g. <c>meb10000</c>.</param>
/// <param name="Email">Address with which the user signs in.</param>
/// <param name="HasRole">False for an account without HOPS_USER or HOPS_ADMIN: every call answers 403/320003.</param>
public sealed record HopsworksUser(string Username, string Email, bool HasRole = true);
