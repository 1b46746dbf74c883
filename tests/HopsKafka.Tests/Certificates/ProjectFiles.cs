using HopsKafka.Certificates;
using HopsKafka.Configuration;

namespace HopsKafka.Tests.Certificates;

/// <summary>Certificates of the files that a configuration names, as the tools load them.</summary>
internal static class ProjectFiles
{
    public static ProjectCertificates Load(ProjectOptions project, DateTimeOffset now) => ProjectCertificates.Load(project.CertificateSources(), now);
}
