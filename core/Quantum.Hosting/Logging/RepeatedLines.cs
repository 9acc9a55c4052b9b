using Microsoft.Extensions.Logging;

namespace Quantum.Hosting.Logging;

/// <summary>
/// One line a minute for each kind of warning and error: the first at once, what is like it within the minute counted
/// and told at its end. A failing Redis is asked many times a second by many roles, and its log must not fill the disk.
/// </summary>
internal sealed class RepeatedLines(TimeProvider time)
{
    /// <summary>How long a kind is held back.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    // Kinds that differ in more than numbers without end would be a leak; beyond that each line is let through.
    private const int MostKinds = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.Ordinal);

    /// <summary>Whether a line is to be written now; otherwise it is counted for the next one.</summary>
    /// <param name="category">Who logs.</param>
    /// <param name="level">How bad it is.</param>
    /// <param name="text">The line; numbers in it do not make another kind.</param>
    /// <param name="target">Where what is held back is told.</param>
    public bool Admit(string category, LogLevel level, string text, ILogger target)
    {
        var name = $"{category} {WithoutNumbers(text)}";
        lock (_lock)
        {
            if (_kinds.TryGetValue(name, out var kind))
            {
                if (kind.Held == 0 && time.GetElapsedTime(kind.Since) >= Every)
                {
                    kind.Since = time.GetTimestamp();
                    return true;
                }

                kind.Held++;
                kind.Text = text;
                return false;
            }

            if (_kinds.Count < MostKinds)
                _kinds[name] = new Kind { Level = level, Target = target, Text = text, Since = time.GetTimestamp() };
            return true;
        }
    }

    /// <summary>Tells what was held back for a minute, and forgets what came no more.</summary>
    public void Flush(bool all = false)
    {
        List<(ILogger Target, LogLevel Level, string Text, long Held)> due = [];
        lock (_lock)
        {
            foreach (var (name, kind) in _kinds)
            {
                if (!all && time.GetElapsedTime(kind.Since) < Every) continue;
                if (kind.Held == 0 || all) _kinds.Remove(name);
                if (kind.Held == 0) continue;
                due.Add((kind.Target, kind.Level, kind.Text, kind.Held));
                (kind.Held, kind.Since) = (0, time.GetTimestamp());
            }
        }

        foreach (var (target, level, text, held) in due)
            target.Log(level, "{Text} ({Held} times more since the last such line)", text, held);
    }

    private static string WithoutNumbers(string text)
    {
        var kind = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            if (!char.IsAsciiDigit(sign)) kind.Append(sign);
            else if (kind.Length == 0 || kind[^1] != '#') kind.Append('#');
        }

        return kind.ToString();
    }

    private sealed class Kind
    {
        public required LogLevel Level { get; init; }
        public required ILogger Target { get; init; }
        public required string Text { get; set; }
        public required long Since { get; set; }
        public long Held { get; set; }
    }
}
