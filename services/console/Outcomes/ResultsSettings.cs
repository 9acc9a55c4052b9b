namespace Quantum.Console.Outcomes;

/// <summary>Where the console keeps what the system made.</summary>
[Section("Results")]
public sealed record ResultsSettings
{
    /// <summary>
    /// Folder of the console's own: what the account did while the streams forget it after a day, one file a run, the
    /// newest twenty; and the backtests that were started here.
    /// </summary>
    public string Folder { get; set; } = ".quantum/results";
}
