namespace Aspire.Hosting.Running;

/// <summary>A project that is named by its path.</summary>
internal sealed class ProjectPlace : IProjectMetadata
{
    public ProjectPlace(string path)
    {
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.csproj") : [];
        ProjectPath = files.Length == 1 ? files[0] : path;
        if (!File.Exists(ProjectPath))
        {
            throw new DistributedApplicationException($"Project file '{ProjectPath}' was not found.");
        }
    }

    public string ProjectPath { get; }
}
