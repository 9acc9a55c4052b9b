namespace Quantum.Archive.Files;

/// <summary>What an archive is of.</summary>
/// <param name="Run">The run's id in its Redis; of imported recordings, <c>import</c>.</param>
/// <param name="Mode">The mode of its events.</param>
/// <param name="Time">Whether its time was the clock's or a tape's.</param>
public sealed record ArchiveFacts(string Run, string Mode, string Time)
{
    /// <summary>The run of what was imported.</summary>
    public const string Import = "import";

    public bool IsTape => Time == SystemTime.Tape;

    public override string ToString() => $"run {Run} ({Mode}, time {Time})";
}
