using System.Diagnostics;

namespace Quantum.Bench.Latency;

/// <summary>The bare chain: two processes that hand on what they read.</summary>
internal sealed class EchoChain : IDisposable
{
    /// <summary>Where it begins.</summary>
    public const string First = "bench:echo:0";

    /// <summary>Where it ends.</summary>
    public const string Last = "bench:echo:2";

    private const string Between = "bench:echo:1";
    private readonly Process[] _hops;

    public EchoChain(string connectionString) =>
        _hops = [Hop(connectionString, First, Between), Hop(connectionString, Between, Last)];

    public void Dispose()
    {
        foreach (var hop in _hops)
        {
            if (!hop.HasExited) hop.Kill();
            hop.WaitForExit();
            hop.Dispose();
        }
    }

    private static Process Hop(string connectionString, string from, string to)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true };
        foreach (var argument in (string[])
            [typeof(EchoChain).Assembly.Location, "echo", connectionString, from, to])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
