namespace Quantum.Venue.Accounts;

/// <summary>Binance's words that are the same for every order and account here.</summary>
internal static class Words
{
    public static ReadOnlySpan<byte> Asset => "USDT"u8;

    /// <summary>The one position side of one-way mode.</summary>
    public static ReadOnlySpan<byte> Both => "BOTH"u8;

    public static ReadOnlySpan<byte> None => "NONE"u8;

    public static ReadOnlySpan<byte> SelfTrade => "EXPIRE_MAKER"u8;

    public static ReadOnlySpan<byte> Conditional => "CONDITIONAL"u8;

    public static ReadOnlySpan<byte> Of(Side side) => side == Side.Buy ? "BUY"u8 : "SELL"u8;
}
