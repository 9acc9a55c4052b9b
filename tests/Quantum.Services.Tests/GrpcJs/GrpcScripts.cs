using Quantum.Testing;

namespace Quantum.Services.Tests.GrpcJs;

/// <summary>The scripts of <c>grpc-js/</c>, which are given the service's proto file.</summary>
internal static class GrpcScripts
{
    public static NodePackages Packages { get; } = new("grpc-js");

    public static NodeScript Start(string script, params string[] arguments) =>
        new(Packages, script, [Packages.PathOf("sizing.proto"), .. arguments]);
}
