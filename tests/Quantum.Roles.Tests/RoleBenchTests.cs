using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Xunit.Sdk;

namespace Quantum.Roles.Tests;

/// <summary>The bench that all roles are tested on finds a change of state that no commit would save.</summary>
public class RoleBenchTests
{
    private static readonly Symbol s_symbol = Symbol.Parse("BTCUSDT");

    [Theory]
    [InlineData(nameof(Forgetful.Way.Touch), null)]
    [InlineData(nameof(Forgetful.Way.Find), "changed 'prices/BTCUSDT' unseen")]
    [InlineData(nameof(Forgetful.Way.All), "changed 'prices/BTCUSDT' unseen")]
    [InlineData(nameof(Forgetful.Way.Value), "changed 'last' unseen")]
    public void A_change_without_touch_is_found(string way, string? expected)
    {
        var bench = new RoleBench(() => new Forgetful(Enum.Parse<Forgetful.Way>(way)));
        Tick(bench, 1);
        if (expected is null) Tick(bench, 2);
        else Assert.Contains(expected, Assert.ThrowsAny<XunitException>(() => Tick(bench, 2)).Message);
    }

    private static void Tick(RoleBench bench, decimal price) => bench.Send(
        StreamCatalog.MarketTick, new MarketTick { Symbol = s_symbol, Price = price, Quantity = 1 }, (long)price);

    /// <summary>Announces its first change, and every later one only in the right way.</summary>
    private sealed class Forgetful : Role
    {
        private readonly Way _way;
        private readonly StateMap<Price> _prices;
        private readonly StateCell<Price> _last;

        public Forgetful(Way way)
        {
            _way = way;
            _prices = State.Map("prices", static _ => new Price());
            _last = State.Cell("last", static () => new Price());
            On(StreamCatalog.MarketTick, OnTick);
        }

        internal enum Way { Touch, Find, All, Value }

        public override string Name => RoleNames.Portfolio;

        private void OnTick(in MarketTick tick, in Input input, Outbox outbox)
        {
            var name = tick.Symbol.Name;
            var known = _prices.Find(name) is null ? _prices.Touch(name) : _way switch
            {
                Way.Find => _prices.Find(name)!,
                Way.All => _prices.All.Single().Value,
                Way.Value => _last.Value,
                _ => _prices.Touch(name),
            };
            known.Last = tick.Price;
        }

        internal sealed class Price
        {
            public decimal Last { get; set; }
        }
    }
}
