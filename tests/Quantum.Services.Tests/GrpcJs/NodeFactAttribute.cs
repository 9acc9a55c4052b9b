namespace Quantum.Services.Tests.GrpcJs;

/// <summary>
/// A test that needs Node.js and the packages of <c>grpc-js/</c>. Without them it is skipped and says why; in CI it
/// runs and fails with the same words.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true") Skip = GrpcScripts.Packages.Fault;
    }
}
