using Quantum.Instruments;

namespace Quantum.Cli.Tests.Instruments;

/// <summary>Files that cannot be used: each is one line that names the file, the thing and the mend.</summary>
public sealed class BadFactTests : IDisposable
{
    private static readonly SortedDictionary<string, (string Text, string Words)> s_cases = new(StringComparer.Ordinal)
    {
        ["empty"] = ("", "is empty"),
        ["no json"] = ("{\n\"symbols\": [}", "is no JSON at line 2"),
        ["a page"] = ("<html>", "is no JSON at line 1"),
        ["cut"] = (Foo()[..300], "is no JSON at line"),
        ["a number"] = ("5", "is no file of facts"),
        ["an empty list"] = ("[]", "holds no instrument"),
        ["no symbols"] = (FactFolder.Exchange(0), "'symbols' is empty"),
        ["other json"] = ("""{"a":1}""", "instruments.json, or Binance's USD-M exchangeInfo"),
        ["an error reply"] = (
            """{"code":-2015,"msg":"Invalid API-key, IP, or permissions."}""", "error reply of the exchange (-2015"),
        ["half a letter"] = (FactFolder.Exchange(0, FactFolder.Row(@"FOO\ud800USDT")), "text that cannot be read"),
        ["a member twice"] = ("""{"symbols":[],"symbols":[]}""", "is no JSON"),
        ["spot"] = (
            """
            {"serverTime":1780272000000,"symbols":[{"symbol":"BTCUSDT","status":"TRADING","quoteAsset":"USDT",
            "isSpotTradingAllowed":true,"filters":[]}]}
            """, "another market's symbols, as spot's (BTCUSDT): download https://fapi"),
        ["coin-margined"] = (
            """
            {"serverTime":1780272000000,"symbols":[{"symbol":"BTCUSD_PERP","contractStatus":"TRADING",
            "contractType":"PERPETUAL","contractSize":100,"filters":[]}]}
            """, "coin-margined contracts (BTCUSD_PERP)"),
        ["only other money"] = (
            FactFolder.Exchange(0, FactFolder.Row("ETHBTC", quote: "BTC")), "no instrument that can be traded here"),
        ["tick 0"] = (Foo(tick: "0"), "FOOUSDT: tick size 0 is not above 0"),
        ["tick below 0"] = (Foo(tick: "-1"), "'tickSize' is \"-1\""),
        ["tick no number"] = (Foo(tick: "NaN"), "'tickSize' is \"NaN\""),
        ["step 0"] = (FactFolder.Exchange(0, FactFolder.Row("FOOUSDT", step: "0")), "step size 0 is not above 0"),
        ["most below least"] = (
            FactFolder.Exchange(0, FactFolder.Row("FOOUSDT", minQty: "600")), "most market quantity 500 is below"),
        ["a symbol twice"] = (
            FactFolder.Exchange(0, FactFolder.Row("FOOUSDT"), FactFolder.Row("FOOUSDT")), "FOOUSDT: stands there"),
        ["a filter missing"] = (
            Foo().Replace("LOT_SIZE", "NO_SIZE"), "filter LOT_SIZE is missing"),
        ["seconds for ms"] = (
            Foo().Replace("1780272000000", "1780272000"), "'serverTime' is"),
        ["brackets with a hole"] = (
            $"[{FactFolder.Brackets("FOOUSDT", "0:5000:50:0.01 6000:9000:20:0.02")}]",
            "FOOUSDT: a bracket begins at 6000 USD, the one below ends at 5000 USD"),
        ["brackets with more leverage above"] = (
            $"[{FactFolder.Brackets("FOOUSDT", "0:5000:50:0.01 5000:9000:60:0.02")}]", "bracket leverage 60 is out"),
        ["coin-margined brackets"] = (
            """[{"symbol":"BTCUSD","brackets":[{"bracket":1,"initialLeverage":125,"qtyCap":50,"qtyFloor":0}]}]""",
            "brackets of coin-margined contracts (BTCUSD)"),
        ["only brackets of others"] = ($"[{FactFolder.Brackets("NOPEUSDT")}]", "name the exchangeInfo too"),
        ["a bracket list of nothing"] = ("""[{"symbol":"FOOUSDT","brackets":[]}]""", "a leverage table without steps"),
        ["funding every 0 hours"] = ("""[{"symbol":"BTCUSDT","fundingIntervalHours":0}]""", "from 1 to 24"),
        ["a book with a slip"] = (
            """{"instruments":[{"symbol":"FOOUSDT","ticksize":1}]}""", "FOOUSDT: 'ticksize' is not known"),
        ["a book with too little"] = (
            """{"instruments":[{"symbol":"FOOUSDT","tickSize":1}]}""", "FOOUSDT: 'stepSize' is missing"),
        ["a book of the future"] = ("""{"version":2,"instruments":[]}""", "is of version 2"),
        ["a table that is not there"] = (
            """
            {"instruments":[{"symbol":"FOOUSDT","tickSize":1,"stepSize":1,"maxQuantity":9,"minNotionalUsd":5,
            "brackets":"X"}]}
            """, "'brackets' names X"),
        ["a bracket of two"] = (
            """
            {"instruments":[{"symbol":"FOOUSDT","tickSize":1,"stepSize":1,"maxQuantity":9,"minNotionalUsd":5,
            "brackets":[[1000,5]]}]}
            """, "[largest notional in USD, leverage, maintenance margin fraction]"),
    };

    private readonly FactFolder _folder = new();

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    public void Dispose() => _folder.Dispose();

    private static string Foo(string tick = "0.01") => FactFolder.Exchange(0, FactFolder.Row("FOOUSDT", tick));

    [Theory, MemberData(nameof(Cases))]
    public void Is_refused_in_one_line_that_names_it(string which)
    {
        var (text, words) = s_cases[which];
        var fault = Assert.Throws<InstrumentException>(() => InstrumentBook.Load(_folder.Write("facts.json", text)));
        Assert.Contains("facts.json", fault.Message);
        Assert.Contains(words, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Damaged_gzip_a_folder_and_no_file_are_named()
    {
        var packed = _folder.Write("a.gz", Foo());
        var bytes = File.ReadAllBytes(packed);
        bytes[bytes.Length / 2] ^= 0xFF;
        File.WriteAllBytes(packed, bytes);
        Assert.Throws<InstrumentException>(() => InstrumentBook.Load(packed));
        foreach (var path in (string[])[_folder.Of("none"), _folder.Of("")])
            Assert.Contains(path, Assert.Throws<InstrumentException>(() => InstrumentBook.Load(path)).Message);
    }

    [Fact]
    public void Cut_and_flipped_replies_are_refused_or_read_and_never_crash()
    {
        var whole = FactFolder.Exchange(0, FactFolder.Row("FOOUSDT"), FactFolder.Row("BARUSDT", tick: "0.00000001"));
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(i % 4 == 0 ? whole[..random.Next(whole.Length)] : whole);
            if (i % 4 != 0) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(_folder.Of("f.json"), bytes);
            try
            {
                var book = BookImport.Of(new InstrumentBook("none", []), [_folder.Of("f.json")]).Book;
                Assert.All(book.Rows, row => Assert.Null(row.Filters.Fault()));
            }
            catch (InstrumentException fault)
            {
                Assert.Contains("f.json", fault.Message);
            }
        }
    }
}
