using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Quantum.Cli.Demos;

/// <summary>A program that a demonstration runs beside itself on loopback, and ends with itself.</summary>
internal sealed class DemoProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(50);

    /// <summary>Settings of a running system, which are not the demonstration's.</summary>
    private static readonly string[] s_ofASystem =
    [
        "ConnectionStrings__", "Quantum__", "Access__", "Results__", "Backtests__", "Http__", "ASPNETCORE_",
        "Kestrel__", "OTEL_",
    ];

    private readonly Process _process;
    private readonly string _name;
    private readonly Queue<string> _said = new();

    private DemoProcess(string name, Process process)
    {
        (_name, _process) = (name, process);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>What it said last.</summary>
    public string Said
    {
        get { lock (_said) return string.Join('\n', _said); }
    }

    /// <summary>Starts it in a folder.</summary>
    public static DemoProcess Start(string name, string program, string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // What is meant for the running system is not meant for a demonstration.
        foreach (var variable in start.Environment.Keys.Where(IsOfASystem).ToList()) start.Environment.Remove(variable);
        return new DemoProcess(name, Process.Start(start)!);
    }

    /// <summary>A port of loopback that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until its port answers; throws when it ends instead, with what it said.</summary>
    public async Task AnswersAsync(int port, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (!await IsOpenAsync(port, cancel))
        {
            if (HasEnded || clock.Elapsed > s_patience)
                throw new CliException(string.Create(CultureInfo.InvariantCulture,
                    $"{_name} does not answer on 127.0.0.1:{port}: {Said}"));
            await Task.Delay(s_every, cancel);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit(s_patience);
        _process.Dispose();
    }

    private static async Task<bool> IsOpenAsync(int port, CancellationToken cancel)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Asked by its state, not by an exception: a port that is not open yet is no fault.
        using var asking = new SocketAsyncEventArgs { RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, port) };
        var done = new TaskCompletionSource();
        asking.Completed += (_, _) => done.TrySetResult();
        if (socket.ConnectAsync(asking)) await done.Task.WaitAsync(cancel);
        return asking.SocketError == SocketError.Success;
    }

    private static bool IsOfASystem(string variable) =>
        s_ofASystem.Any(begin => variable.StartsWith(begin, StringComparison.OrdinalIgnoreCase));

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > 20) _said.Dequeue();
        }
    }
}
