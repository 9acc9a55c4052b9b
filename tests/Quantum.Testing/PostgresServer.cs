using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Quantum.Testing;

/// <summary>
/// A PostgreSQL of its own on a free port of 127.0.0.1, with its files in a temporary folder: started with the
/// machine's own programs, as an unprivileged user where the tests run as root, and ended by its process id.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "quantum";
    private static readonly string[] s_unprivileged = ["postgres", "nobody"];

    private readonly StringBuilder _log = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantum-postgres-");
    private readonly string[] _asUser = [];
    private readonly Process? _process;
    private volatile bool _isReady;

    private PostgresServer()
    {
        try
        {
            if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux())
                _asUser = AsUnprivileged(_folder.FullName);
            var files = Path.Combine(_folder.FullName, "data");
            // Nothing here outlives the test, so nothing has to reach the disk.
            Finish(Start(
                Program("initdb")!, "-D", files, "-U", User, "--auth=trust", "--no-sync", "--encoding=UTF8",
                "--locale=C"));
            Port = RedisServer.FreePort();
            _process = Start(
                Program("postgres")!, "-D", files, "-p", Port.ToString(CultureInfo.InvariantCulture),
                "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
                "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=16MB",
                "-c", "max_connections=40");
            Eventually.True(() => _isReady || _process.HasExited);
            if (!_isReady) throw new InvalidOperationException("postgres did not start: " + Log);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why there can be none here, with the mend; null when there can.</summary>
    public static string? Fault => Program("initdb") is null || Program("postgres") is null
        ? "PostgreSQL's server is not installed (initdb and postgres): apt-get install postgresql."
        : null;

    public int Port { get; }

    private string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    public static PostgresServer Run() => Fault is { } fault
        ? throw new InvalidOperationException(fault)
        : new PostgresServer();

    /// <summary>The connection string of a database; <c>postgres</c> is there from the start.</summary>
    public string ConnectionString(string database = "postgres") => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={Port};Username={User};Database={database};Include Error Detail=true");

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            // The server's own word for "at once": it takes its helpers with it.
            using var kill = Process.Start("kill", ["-QUIT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(10))) _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    // Debian keeps the server's programs out of the way of the client's, by version.
    private static string? Program(string name)
    {
        const string Versions = "/usr/lib/postgresql";
        var ofDebian = Directory.Exists(Versions)
            ? Directory.GetDirectories(Versions)
                .OrderByDescending(folder => int.TryParse(
                    Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(ofDebian)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    // PostgreSQL refuses root. What it runs as must be able to get at the folder, whose place is everybody's.
    private static string[] AsUnprivileged(string folder)
    {
        foreach (var user in s_unprivileged)
        {
            if (Output("id", "-u", user) is not { } uid || Output("id", "-g", user) is not { } gid) continue;
            if (Output("chown", $"{uid}:{gid}", folder) is null) continue;
            return ["setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"];
        }

        throw new InvalidOperationException(
            $"root cannot run PostgreSQL, and there is no user {string.Join(" or ", s_unprivileged)} to run it as.");
    }

    private static string? Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var text = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : null;
    }

    private Process Start(string program, params string[] arguments)
    {
        string[] all = [.. _asUser, program, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName,
        };
        start.Environment["LC_ALL"] = "C";
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Logged(line.Data);
        process.ErrorDataReceived += (_, line) => Logged(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Finish(Process process)
    {
        using var ending = process;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("initdb failed: " + Log);
    }

    private void Logged(string? line)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
        if (line.Contains("ready to accept connections", StringComparison.Ordinal)) _isReady = true;
    }
}
