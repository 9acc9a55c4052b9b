namespace Quantum.Exchanges;

/// <summary>What a person must know of the account at a venue: the audit shows it as a finding.</summary>
/// <param name="Code">One of <see cref="FindingCodes"/>.</param>
/// <param name="About">What tells it from another of its code, mostly a symbol; empty: the account.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Text">One sentence with the values.</param>
/// <param name="Mend">The step that mends it.</param>
public sealed record VenueNotice(string Code, string About, Severity Severity, string Text, string Mend);
