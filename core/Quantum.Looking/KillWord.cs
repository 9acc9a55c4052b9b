namespace Quantum.Looking;

/// <summary>The word that stopped trading: later policies keep the switch on, but are not who stopped it.</summary>
/// <param name="AtMs">When, UTC epoch ms.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record KillWord(long AtMs, string By, string Reason)
{
    private const int MostSearched = 10_000;

    /// <summary>
    /// Null while trading is not stopped; the oldest that is known where its stream has forgotten it.
    /// </summary>
    public static KillWord? Of(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        var first = look.Newest(PolicyInForce.KeyOf(look), MostSearched)
            .TakeWhile(policy => policy["kill_switch"] == "true").LastOrDefault();
        return first is null
            ? null
            : new KillWord(first.AtMs, first["updated_by"], PolicyInForce.ReasonOf(first));
    }
}
