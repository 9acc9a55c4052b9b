using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Running;

/// <summary>Ends the children when the AppHost itself is killed and cannot: a shell that waits on a pipe from
/// it.</summary>
internal sealed class Leash : IDisposable
{
    private const string Script = """
        trap '' INT TERM HUP QUIT
        pids=
        while read -r op pid; do
          case $op in
            +) pids="$pids $pid" ;;
            -) kept=; for p in $pids; do [ "$p" = "$pid" ] || kept="$kept $p"; done; pids=$kept ;;
          esac
        done
        for p in $pids; do kill -TERM "$p" 2>/dev/null; done
        left=10
        while [ "$left" -gt 0 ]; do
          alive=
          for p in $pids; do kill -0 "$p" 2>/dev/null && alive=1; done
          [ -z "$alive" ] && exit 0
          sleep 1
          left=$((left - 1))
        done
        for p in $pids; do kill -KILL "$p" 2>/dev/null; done
        """;

    private readonly Lock _lock = new();
    private readonly Process? _shell;

    public Leash()
    {
        if (ChildProcess.Find("sh") is { } sh && !OperatingSystem.IsWindows())
        {
            _shell = Process.Start(new ProcessStartInfo(sh, ["-c", Script]) { RedirectStandardInput = true });
        }
    }

    public void Add(int processId) => Write("+", processId);

    public void Remove(int processId) => Write("-", processId);

    public void Dispose()
    {
        lock (_lock)
        {
            _shell?.StandardInput.Close();
            _shell?.Dispose();
        }
    }

    private void Write(string operation, int processId)
    {
        lock (_lock)
        {
            try
            {
                _shell?.StandardInput.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"{operation} {processId}"));
                _shell?.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody ended the shell: the children lose their leash, which only matters if the AppHost is killed
                // too.
            }
        }
    }
}
