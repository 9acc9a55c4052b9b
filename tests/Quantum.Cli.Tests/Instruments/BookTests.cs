using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Roles.Symbols;

namespace Quantum.Cli.Tests.Instruments;

/// <summary>Books of facts: what is read, what is refused, and what lies over what.</summary>
public sealed class BookTests : IDisposable
{
    private static readonly InstrumentBook s_empty = new("none", []);
    private readonly FactFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("BTCUSDT", 0.1, 0.001, 120, 50, 150, 0.004)]
    [InlineData("1000PEPEUSDT", 0.0000001, 1, 100_000_000, 5, 75, 0.0065)]
    [InlineData("DOGSUSDT", 0.00000001, 1, 2_000_000_000, 5, null, null)]
    [InlineData("HBARUSDT", 0.00001, 1, 3_000_000, 5, 75, null)]
    [InlineData("POLUSDT", 0.00001, 1, 3_000_000, 5, null, null)]
    [InlineData("BTCUSDT_260327", 0.1, 0.001, 1, 5, null, null)]
    public void The_built_in_book_knows(
        string name, double tick, double step, double mostAtMarket, double notional, int? leverage, double? kept)
    {
        var filters = InstrumentBook.BuiltIn.Filters.Find(Symbol.Parse(name))!;
        Assert.Equal(((decimal)tick, (decimal)step, (decimal)mostAtMarket, (decimal)notional),
            (filters.TickSize, filters.StepSize, filters.MaxMarketQuantity, filters.MinNotionalUsd));
        if (leverage is { } most) Assert.Equal(most, filters.Brackets.MaxLeverage);
        if (kept is { } fraction) Assert.Equal((decimal)fraction, filters.Brackets.Steps[0].MaintenanceFraction);
        Assert.True(InstrumentBook.BuiltIn.Find(name)!.AreBracketsKnown);
    }

    [Fact]
    public void The_built_in_book_is_of_its_date_and_has_brackets_for_all()
    {
        Assert.Equal(new DateOnly(2026, 5, 18), InstrumentBook.BuiltIn.AsOf);
        Assert.True(InstrumentBook.BuiltIn.Rows.Count(row => row.Symbol.Name.EndsWith("USDT")) >= 690);
        Assert.All(InstrumentBook.BuiltIn.Rows, row => Assert.True(row.AreBracketsKnown, row.Symbol.Name));
        Assert.All(InstrumentBook.BuiltIn.Rows, row => Assert.Null(row.Filters.Fault()));
    }

    [Fact]
    public void A_book_that_is_written_reads_the_same()
    {
        var rows = InstrumentBook.BuiltIn.Rows.Take(40).Select((row, i) => row with
        {
            Filters = row.Filters with
            {
                FundingHours = i % 3 == 0 ? 4 : null, SymbolRisk = i % 2 == 0 ? 0.7 : row.Filters.SymbolRisk,
                MinQuantity = row.Filters.StepSize * (1 + i % 2), PriceUpFactor = i % 5 == 0 ? null : 1.1m,
                LimitLot = i % 3 == 0 ? new LotSize(0.001m, 0.002m) : null,
                MarketLot = i % 4 == 0 ? new LotSize(0.5m, 1) : null, MinPrice = i % 2 == 0 ? null : 0.0001m,
                MaxAlgoOrders = i % 3 == 1 ? 10 : null, LiquidationFeeFraction = i % 5 == 1 ? null : 0.015m,
            },
            AreBracketsKnown = i % 4 != 0,
        }).Select(row => row.AreBracketsKnown
            ? row
            : row with { Filters = row.Filters with { Brackets = LeverageBrackets.Assumed } });
        var book = new InstrumentBook("made", rows, isComplete: true);
        var read = BookImport.Of(s_empty, [_folder.Write("instruments.json", BookText.Of(book))]).Book;
        Assert.True(BookDifference.Of(book, read).IsNone);
        Assert.Equal(book.Rows.Count, read.Rows.Count);
        Assert.Equal(book.Rows.Select(row => row.AsOf), read.Rows.Select(row => row.AsOf));
        Assert.Equal(book.Digest, read.Digest);
    }

    [Fact]
    public void What_the_exchange_tells_is_taken_as_it_is()
    {
        var files = new[]
        {
            _folder.Write("e.json.gz", FactFolder.Exchange(0, FactFolder.Row("FOOUSDT", tick: "0.00000001"))),
            _folder.Write("leverageBracket.json", $"[{FactFolder.Brackets("FOOUSDT")}]"),
            _folder.Write("fundingInfo.json", """[{"symbol":"FOOUSDT","fundingIntervalHours":4,"disclaimer":false}]"""),
        };
        var row = BookImport.Of(s_empty, files).Book.Find("FOOUSDT")!;
        Assert.Equal((1m, 9m), (row.Filters.MinPrice!.Value, row.Filters.MaxPrice!.Value));
        Assert.Equal(
            (0.00000001m, 0.1m, 0.1m, 1000m, 500m, 5m, 1.05m, 0.95m, 4, 1.2),
            (row.Filters.TickSize, row.Filters.StepSize, row.Filters.MinQuantity, row.Filters.MaxQuantity,
                row.Filters.MaxMarketQuantity, row.Filters.MinNotionalUsd, row.Filters.PriceUpFactor!.Value,
                row.Filters.PriceDownFactor!.Value, row.Filters.FundingHours!.Value, row.Filters.SymbolRisk));
        Assert.Equal((new DateOnly(2026, 6, 1), true), (row.AsOf, row.AreBracketsKnown));
        Assert.Equal(
            [new LeverageBracket(5000, 50, 0.01m), new LeverageBracket(90_000, 20, 0.025m)],
            row.Filters.Brackets.Steps);
    }

    [Fact]
    public void Lots_limits_and_the_liquidation_fee_are_taken_where_they_are_told()
    {
        const string Counts = """
            {"filterType":"MAX_NUM_ORDERS","limit":200},{"filterType":"MAX_NUM_ALGO_ORDERS","limit":10},
            """;
        var told = FactFolder.Row("FOOUSDT", more: "\"liquidationFee\":\"0.015000\",")
            .Replace("\"filters\":[", "\"filters\":[" + Counts)
            .Replace("\"minQty\":\"0.1\",\"maxQty\":\"500\"", "\"minQty\":\"1\",\"maxQty\":\"500\"")
            .Replace("\"minPrice\":\"1\"", "\"minPrice\":\"0\"");
        var file = _folder.Write("e.json", FactFolder.Exchange(0, told, FactFolder.Row("BARUSDT")));
        var rows = BookImport.Of(s_empty, [file]).Book;
        var filters = rows.Find("FOOUSDT")!.Filters;
        Assert.Equal((0.1m, 1m), (filters.StepSize, filters.MinQuantity));
        Assert.Equal(new LotSize(0.1m, 0.1m), filters.LimitLot);
        Assert.Null(filters.MarketLot);
        Assert.Null(filters.MinPrice);
        Assert.Equal((200, 10, 0.015m), (filters.MaxOrders, filters.MaxAlgoOrders, filters.LiquidationFeeFraction));
        var other = rows.Find("BARUSDT")!.Filters;
        Assert.Null(other.LimitLot ?? other.MarketLot);
        Assert.Null(other.MaxOrders ?? other.MaxAlgoOrders ?? other.LiquidationFeeFraction);
    }

    [Fact]
    public void Of_two_replies_the_newer_counts_and_what_they_do_not_name_stays()
    {
        var newer = _folder.Write("newer.json", FactFolder.Exchange(5, FactFolder.Row("FOOUSDT", tick: "0.2")));
        var older = _folder.Write("older.json", FactFolder.Exchange(
            1, FactFolder.Row("FOOUSDT", tick: "0.1"), FactFolder.Row("GONEUSDT")));
        var brackets = _folder.Write("b.json", $"[{FactFolder.Brackets("FOOUSDT")}]");
        var import = BookImport.Of(s_empty, [newer, older, brackets]);
        Assert.Equal(0.2m, import.Book.Find("FOOUSDT")!.Filters.TickSize);
        // No file tells its brackets: the most careful ones are assumed, and that is said.
        Assert.Equal(["GONEUSDT"], import.AssumedBrackets.Select(symbol => symbol.Name));
        Assert.Equal(1, import.Book.Find("GONEUSDT")!.Filters.Brackets.MaxLeverage);
        // A refresh without leverageBracket keeps the table; one with --only drops what it does not name.
        var refreshed = BookImport.Of(import.Book, [newer], isOnly: true).Book;
        Assert.Equal(50, Assert.Single(refreshed.Rows).Filters.Brackets.MaxLeverage);
        Assert.Equal(2, BookImport.Of(import.Book, [newer]).Book.Rows.Count);
    }

    [Fact]
    public void An_entry_by_hand_lies_over_the_built_in_book_and_counts_before_the_exchange()
    {
        var hand = _folder.Write("instruments.json", """
            {"instruments":[{"symbol":"FOOUSDT","tickSize":0.0001,"stepSize":1,"maxQuantity":1000000,
            "minNotionalUsd":5,"brackets":[[50000,20,0.025]]},
            {"symbol":"BTCUSDT","tickSize":"0.5","stepSize":0.01,"maxQuantity":10,"minNotionalUsd":1,
            "brackets":"T"}],"tables":{"T":[[1000,7,0.1]]}}
            """);
        var book = InstrumentBook.Load(hand);
        Assert.Equal((20, 7), (book.Find("FOOUSDT")!.Filters.Brackets.MaxLeverage,
            book.Find("BTCUSDT")!.Filters.Brackets.MaxLeverage));
        Assert.Equal(InstrumentBook.BuiltIn.Rows.Count + 1, book.Rows.Count);
        var exchange = _folder.Write("e.json", FactFolder.Exchange(9, FactFolder.Row("BTCUSDT", tick: "0.1")));
        Assert.Equal(0.5m, BookImport.Of(book, [hand, exchange]).Book.Find("BTCUSDT")!.Filters.TickSize);
    }

    [Fact]
    public void Rows_that_are_no_use_are_left_out_and_told()
    {
        var file = _folder.Write("e.json", FactFolder.Exchange(
            0, FactFolder.Row("FOOUSDT"), FactFolder.Row("ETHBTC", quote: "BTC"), FactFolder.Row("NO-NAME"),
            FactFolder.Row("NEWUSDT", tick: "0", status: "PENDING_TRADING"), FactFolder.Row("ZEROUSDT", minQty: "0")));
        var import = BookImport.Of(s_empty, [file]);
        Assert.Equal(["FOOUSDT", "ZEROUSDT"], import.Book.Rows.Select(row => row.Symbol.Name));
        Assert.Equal(0.1m, import.Book.Find("ZEROUSDT")!.Filters.MinQuantity);
        Assert.Equal(
            ["ETHBTC: quoted in BTC and margined in BTC", "NEWUSDT: PENDING_TRADING, and tick size 0 is not above 0",
                "NO-NAME: its name is none that a symbol can have here"],
            import.Files[0].Left.OrderBy(row => row.Name).Select(row => $"{row.Name}: {row.Why.Split(": ")[0]}"));
    }

    [Fact]
    public void Recorded_replies_of_three_dates_are_read_whole()
    {
        if (FactFolder.Recorded is not { } folder) return;
        foreach (var name in (string[])["exchangeInfo", "exchangeInfo-20251030", "exchangeInfo-testnet-20251224"])
        {
            var import = BookImport.Of(s_empty, [Path.Combine(folder, name + ".json.gz")]);
            Assert.True(import.Book.Rows.Count >= 620, $"{name}: {import.Book.Rows.Count}");
            Assert.All(import.Book.Rows, row => Assert.Null(row.Filters.Fault()));
        }

        string[] files =
        [
            Path.Combine(folder, "exchangeInfo.json.gz"), Path.Combine(folder, "leverageBracket-20260521.json.gz"),
        ];
        Assert.Empty(BookImport.Of(s_empty, files).AssumedBrackets);
        // The built-in book is what the command makes of these.
        Assert.Empty(BookDifference.Of(InstrumentBook.BuiltIn, BookImport.Of(s_empty, files).Book).Changed);
    }
}
