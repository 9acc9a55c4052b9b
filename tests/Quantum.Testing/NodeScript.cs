using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Quantum.Testing;

/// <summary>A script of Node.js as a process of its own: one JSON value a line, in and out.</summary>
public sealed class NodeScript : IDisposable
{
    private readonly List<JsonElement> _told = [];
    private readonly StringBuilder _errors = new();
    private readonly Process _process;

    /// <param name="packages">Where the script lies.</param>
    /// <param name="script">Its file name.</param>
    /// <param name="arguments">Of its command line.</param>
    public NodeScript(NodePackages packages, string script, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(packages);
        ArgumentNullException.ThrowIfNull(arguments);
        if (packages.Fault is { } fault) throw new InvalidOperationException(fault);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(
                "node", [packages.PathOf(script), .. arguments])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
            },
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_told) _errors.AppendLine(line.Data);
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public void Tell(object value)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(value));
        _process.StandardInput.Flush();
    }

    /// <summary>The first line with this property, taken out; waits for it.</summary>
    /// <param name="property">Its name.</param>
    /// <param name="deadline">How long at most; null: as long as usual.</param>
    public JsonElement Hear(string property, TimeSpan? deadline = null)
    {
        JsonElement? found = null;
        Eventually.True(() => (found = Take(property)) is not null, deadline);
        return found!.Value;
    }

    /// <summary>Whether a line with this property waits to be heard.</summary>
    public bool Told(string property)
    {
        lock (_told) return _told.Exists(line => line.TryGetProperty(property, out _));
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonElement? Take(string property)
    {
        lock (_told)
        {
            var at = _told.FindIndex(line => line.TryGetProperty(property, out _));
            if (at < 0 && _process.HasExited) throw new InvalidOperationException($"the script ended: {_errors}");
            if (at < 0) return null;
            var line = _told[at];
            _told.RemoveAt(at);
            return line;
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        using var value = JsonDocument.Parse(line);
        lock (_told) _told.Add(value.RootElement.Clone());
    }
}
