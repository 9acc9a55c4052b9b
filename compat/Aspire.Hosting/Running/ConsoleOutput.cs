namespace Aspire.Hosting.Running;

/// <summary>Writes whole lines, each behind the name of the resource it comes from.</summary>
internal sealed class ConsoleOutput(TextWriter writer, bool colored)
{
    public const string AppHost = "apphost";

    // Cyan, yellow, green, magenta, blue, and the bright ones: readable on dark and light terminals.
    private static readonly int[] s_colors = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _order = [];
    private int _width = AppHost.Length;

    /// <summary>Whether colours make sense: a terminal, and no wish to the contrary.</summary>
    public static bool TerminalWantsColor =>
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public bool Colored => colored;

    /// <summary>Makes room for a name, so that all lines start in the same column.</summary>
    public void Announce(string source)
    {
        lock (_lock)
        {
            _order.TryAdd(source, _order.Count);
            _width = Math.Max(_width, source.Length);
        }
    }

    public void WriteLine(string source, string line)
    {
        lock (_lock)
        {
            var name = source.PadRight(_width);
            if (colored && _order.TryGetValue(source, out var index))
            {
                name = $"\e[{s_colors[index % s_colors.Length]}m{name}\e[0m";
            }

            writer.WriteLine($"{name} | {(colored ? line : AnsiText.Strip(line))}");
            writer.Flush();
        }
    }
}
