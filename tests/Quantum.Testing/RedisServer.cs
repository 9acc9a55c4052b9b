using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Quantum.Testing;

/// <summary>How a test's Redis is set up.</summary>
public sealed record RedisServerOptions
{
    public string? Password { get; init; }

    /// <summary>Append-only file, synced every second.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>Only TLS, with a certificate for `localhost` from a root made for this server.</summary>
    public bool Tls { get; init; }

    /// <summary>A file of settings, read first; null for none.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>Where its folder is made; null: in the system's temporary place.</summary>
    public string? Parent { get; init; }

    /// <summary>Further settings as `--name`, `value`.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}

/// <summary>A real redis-server on 127.0.0.1, a free port and a folder of its own; ended by its process id.</summary>
public sealed class RedisServer : IDisposable
{
    private const int StartAttempts = 5;

    private readonly RedisServerOptions _options;
    private readonly StringBuilder _log = new();
    private readonly TlsFiles? _tls;
    private Process? _process;
    private volatile bool _ready;

    private RedisServer(RedisServerOptions options)
    {
        _options = options;
        Folder = options.Parent is { } parent
            ? Directory.CreateDirectory(Path.Combine(parent, $"quantum-redis-{Guid.NewGuid():N}")).FullName
            : Directory.CreateTempSubdirectory("quantum-redis-").FullName;
        _tls = options.Tls ? TlsFiles.Create(Folder) : null;
    }

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>The server's working folder, removed at the end.</summary>
    public string Folder { get; }

    /// <summary>The root that signed the server's certificate; null without TLS.</summary>
    public X509Certificate2Collection? TrustedRoots => _tls?.Roots;

    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Host and port, and the password if there is one.</summary>
    public string ConnectionString
    {
        get
        {
            var host = _options.Tls ? "localhost" : "127.0.0.1";
            var text = string.Create(CultureInfo.InvariantCulture, $"{host}:{Port}");
            if (_options.Password is not null) text += ",password=" + _options.Password;
            return _options.Tls ? text + ",ssl=true" : text;
        }
    }

    /// <summary>What the server has printed.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>Starts a server and waits until it accepts connections.</summary>
    public static RedisServer Start(RedisServerOptions? options = null)
    {
        var server = new RedisServer(options ?? new RedisServerOptions());
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                server.Port = FreePort();
                server.Run();
                // Between finding a free port and using it another process may take it.
                if (server.WaitReady() || attempt == StartAttempts) break;
            }

            if (!server._ready) throw new InvalidOperationException("redis-server did not start: " + server.Log);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts a Sentinel with its settings.</summary>
    public static RedisServer StartSentinel(string settingsFile) =>
        Start(new RedisServerOptions { SettingsFile = settingsFile, Arguments = ["--sentinel"] });

    /// <summary>A TCP port that was free a moment ago.</summary>
    public static int FreePort() => AppHost.FreePort.Next();

    /// <summary>Ends the server at once, like `kill -9`.</summary>
    public void Kill()
    {
        if (_process is null) return;
        if (!_process.HasExited)
        {
            Resume();
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>
    /// Starts the server again on its port and folder; returns when it accepts connections unless told otherwise.
    /// </summary>
    public void StartAgain(bool waitReady = true, params string[] settings)
    {
        if (_process is not null) throw new InvalidOperationException("The server is running; kill it first.");
        if (_options.AppendOnly && AppHost.AppendOnlyFile.MakeWhole(Folder) is { } told) Logged(told);
        Run(settings);
        if (waitReady && !WaitReady()) throw new InvalidOperationException("redis-server did not start again: " + Log);
    }

    /// <summary>`kill -9` and a new start.</summary>
    public void Restart()
    {
        Kill();
        StartAgain();
    }

    /// <summary>Freezes the server: its sockets stay open and silent.</summary>
    public void Freeze() => Signal("-STOP");

    /// <summary>Ends a freeze.</summary>
    public void Resume() => Signal("-CONT");

    public void Dispose()
    {
        Kill();
        _tls?.Dispose();
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // The folder is in the system's temporary place; leaving it is no failure of the test.
        }
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Run(params string[] settings)
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        var start =
            new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (_options.SettingsFile is { } file) start.ArgumentList.Add(file);
        foreach (var argument in (string[])["--bind", "127.0.0.1", "--dir", Folder, "--save", "", "--daemonize", "no"])
            start.ArgumentList.Add(argument);
        string[] listening = _tls is null ? ["--port", port] : _tls.Arguments(port);
        foreach (var argument in listening) start.ArgumentList.Add(argument);
        Add(start, "--appendonly", _options.AppendOnly ? "yes" : "no");
        if (_options.AppendOnly) Add(start, "--appendfsync", "everysec");
        if (_options.Password is not null) Add(start, "--requirepass", _options.Password);
        foreach (var argument in (string[])[.. _options.Arguments, .. settings]) start.ArgumentList.Add(argument);
        _ready = false;
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Logged(line.Data);
        process.ErrorDataReceived += (_, line) => Logged(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
    }

    private static void Add(ProcessStartInfo start, string name, string value)
    {
        start.ArgumentList.Add(name);
        start.ArgumentList.Add(value);
    }

    private void Logged(string? line)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
        if (line.Contains("Ready to accept connections", StringComparison.Ordinal)
            || line.Contains("Sentinel ID is", StringComparison.Ordinal)) _ready = true;
    }

    private bool WaitReady()
    {
        Eventually.True(() => _ready || _process!.HasExited);
        if (_ready) return true;
        _process!.Dispose();
        _process = null;
        return false;
    }
}
