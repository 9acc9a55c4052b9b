using System.ComponentModel.DataAnnotations;

namespace Quantum.Console.Backtests;

/// <summary>What the console may play, and how much of it.</summary>
[Section("Backtests")]
public sealed record BacktestsSettings
{
    /// <summary>
    /// Recordings and archives that a backtest may be started over from the console: a browser chooses among these
    /// names and never gives a path. Without one none is started there.
    /// </summary>
    public IReadOnlyList<DataFolder> Folders { get; set; } = [];

    /// <summary>How many run at once; each takes a core, at the priority of <see cref="Nice" />.</summary>
    [Range(1, 16)] public int AtOnce { get; set; } = 1;

    /// <summary>
    /// How far one steps behind trading and pages: 0 is their own priority; at 19, beside others that want every core,
    /// it hardly moves.
    /// </summary>
    [Range(0, 19)] public int Nice { get; set; } = 15;

    /// <summary>How many that have ended are kept; the oldest goes first.</summary>
    [Range(1, 1000)] public int Keep { get; set; } = 30;

    /// <summary>Minutes after which one is ended.</summary>
    [Range(1, 10_080)] public int MostMinutes { get; set; } = 240;

    /// <summary>The command line's assembly, `quantum.dll`; without it the one of this build.</summary>
    public string? CommandLine { get; set; }
}

/// <summary>A recording that may be played.</summary>
/// <param name="Name">What it is called in a browser.</param>
/// <param name="Path">A file, a folder or an archive of this machine.</param>
public sealed record DataFolder(string Name, string Path);
