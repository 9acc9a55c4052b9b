using Quantum.Testing;

namespace Quantum.Venue.Tests.Ccxt;

/// <summary>
/// A test that needs Node.js and ccxt. Without them it is skipped and says why; in CI it runs and fails with the same
/// words.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CcxtFactAttribute : FactAttribute
{
    internal static readonly NodePackages Packages = new("ccxt-client");

    public CcxtFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true") Skip = Packages.Fault;
    }
}
