using Quantum.Contracts.Units;
using Quantum.Exchanges.Quotes;

namespace Quantum.Exchanges.Tests.Quotes;

public sealed class VenueNameTests
{
    [Theory]
    [InlineData("BTCUSDT", "BTCUSDT:1", "BTC-USDT-SWAP:1")]
    [InlineData("1INCHUSDT", "1INCHUSDT:1", "1INCH-USDT-SWAP:1")]
    [InlineData("1000PEPEUSDT", "1000PEPEUSDT:1", "PEPE-USDT-SWAP:1000")]
    [InlineData("1000SHIBUSDT", "SHIB1000USDT:1", "SHIB-USDT-SWAP:1000")]
    [InlineData("1000SATSUSDT", "10000SATSUSDT:0.1", "SATS-USDT-SWAP:1000")]
    [InlineData("1MBABYDOGEUSDT", "1000000BABYDOGEUSDT:1", "BABYDOGE-USDT-SWAP:1000000")]
    [InlineData("1000XUSDT", "XUSDT:1000", "X-USDT-SWAP:1000")]
    [InlineData("币安人生USDT", "币安人生USDT:1", "币安人生-USDT-SWAP:1")]
    public void A_symbol_has_its_name_and_its_scale_at_each_venue(string symbol, string bybit, string okx)
    {
        Assert.Contains(bybit, VenueName.OnBybit(Symbol.Parse(symbol)).Select(Text));
        Assert.Equal([okx], VenueName.OnOkx(Symbol.Parse(symbol)).Select(Text));
    }

    [Fact]
    public void The_same_name_is_asked_for_first()
    {
        Assert.Equal("1000PEPEUSDT", VenueName.OnBybit(Symbol.Parse("1000PEPEUSDT"))[0].Name);
        Assert.Single(VenueName.OnBybit(Symbol.Parse("BTCUSDT")));
    }

    [Theory]
    [InlineData("BTCUSDC")]
    [InlineData("USDT")]
    [InlineData("BTCUSD")]
    public void What_is_not_margined_in_USDT_has_none(string symbol)
    {
        Assert.Empty(VenueName.OnBybit(Symbol.Parse(symbol)));
        Assert.Empty(VenueName.OnOkx(Symbol.Parse(symbol)));
    }

    private static string Text(VenueName name) => FormattableString.Invariant($"{name.Name}:{name.Scale}");
}
