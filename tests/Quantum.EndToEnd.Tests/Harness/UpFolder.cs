using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>A folder for runs of <c>./quantum up</c> with a local Redis; gone with this.</summary>
internal sealed class UpFolder : IDisposable
{
    /// <summary>How long a run may take; seconds on an idle machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(240);

    public string Path { get; } = Directory.CreateTempSubdirectory("quantum-up-").FullName;

    /// <summary>What a run keeps there.</summary>
    public string Run => System.IO.Path.Combine(Path, "run");

    public ProgramRun Up(params string[] arguments) => Up([], arguments);

    /// <summary>The same with settings in the environment.</summary>
    public ProgramRun Up(Dictionary<string, string> settings, params string[] arguments) => new(
        BuiltProgram.AppHost, arguments, new SortedDictionary<string, string>(settings, StringComparer.Ordinal)
        {
            ["Run__Folder"] = Run, ["Redis__Source"] = "local", ["Console__Port"] = "",
        });

    /// <summary>The ports of the console and of Redis: one of the last and the first that are started.</summary>
    public async Task<int[]> PortsAsync(ProgramRun up) =>
    [
        int.Parse(Regex.Match(up.Output, "Console: +http://localhost:([0-9]+)").Groups[1].Value),
        int.Parse(Regex.Match(
            await File.ReadAllTextAsync(System.IO.Path.Combine(Run, "connection")), ":([0-9]+),").Groups[1].Value),
    ];

    /// <summary>Whether something listens on a port.</summary>
    public static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // A server that ends with its run may write its last files still.
    public void Dispose() => Eventually.True(() =>
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    });
}
