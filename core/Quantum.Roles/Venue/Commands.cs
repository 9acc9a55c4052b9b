using Quantum.Contracts.Events;

namespace Quantum.Roles.Venue;

/// <summary>What is so of a command.</summary>
internal static class Commands
{
    /// <summary>True for an order that can open nothing.</summary>
    public static bool Reduces(this in OrderCommand command) => command.ReduceOnly || command.ClosePosition is true;

    /// <summary>True for what the exchange takes as a client order id: 1 to 36 of <c>.A-Z:/a-z0-9_-</c>.</summary>
    public static bool IsLegalId(string id)
    {
        foreach (var sign in id)
            if (!char.IsAsciiLetterOrDigit(sign) && sign is not ('.' or ':' or '/' or '_' or '-')) return false;
        return id.Length is >= 1 and <= 36;
    }
}
