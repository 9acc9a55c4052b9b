namespace Quantum.Archive.Files;

/// <summary>What an archive has of one stream.</summary>
/// <param name="Name">The stream.</param>
/// <param name="Days">Days of UTC that it has something of.</param>
/// <param name="FirstDay">The first of them.</param>
/// <param name="LastDay">The last of them.</param>
/// <param name="Files">Whole files.</param>
/// <param name="Entries">Entries in them.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Missing">Entries known to be missing, as far as they could be counted.</param>
/// <param name="Gaps">Where, a line each.</param>
public sealed record StreamHolding(
    string Name, int Days, DateOnly? FirstDay, DateOnly? LastDay, int Files, long Entries, long Bytes, long Missing,
    IReadOnlyList<string> Gaps);
