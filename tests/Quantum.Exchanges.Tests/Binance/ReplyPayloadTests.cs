using System.Globalization;
using System.Text.Json;
using Quantum.Binance.Market;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges.Tests.Standin;
using Quantum.Testing;
using static Quantum.Exchanges.Tests.Binance.StubReplies;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>
/// Every recorded and documented reply is given to the adapter as the answer of what asks for it, and becomes what
/// its row says. What nobody asks for is given as the answer to another question, and is refused by that one's name.
/// </summary>
public sealed class ReplyPayloadTests
{
    private static readonly PayloadRows s_rows = new("replies");

    /// <summary>File, and the question that it answers.</summary>
    private static readonly Dictionary<string, string> s_questions = new(StringComparer.Ordinal)
    {
        ["account_config"] = AccountConfig,
        ["account_v3"] = Account,
        ["algo_open_orders"] = OpenConditional,
        ["algo_order_cancel_conditional"] = CancelConditional,
        ["algo_order_new"] = PlaceConditional,
        ["exchange_info_btc_eth"] = ExchangeInfo,
        ["exchange_info_doc"] = ExchangeInfo,
        ["funding_info"] = FundingInfo,
        ["income_history"] = Income,
        ["klines"] = Klines,
        ["leverage_bracket"] = Brackets,
        ["leverage_set"] = Leverage,
        ["listen_key_keepalive"] = RenewKey,
        ["listen_key_start"] = StartKey,
        ["margin_type_set"] = MarginType,
        ["open_orders"] = OpenOrders,
        ["order_cancel"] = Cancel,
        ["order_new"] = Place,
        ["order_new_market_ack"] = Place,
        ["order_query"] = Query,
        ["order_query_market_filled"] = Query,
        ["position_risk_v3"] = Positions,
        ["position_risk_one_way"] = Positions,
        ["server_time"] = Time,
        ["symbol_config"] = SymbolConfig,
        ["user_trades"] = Trades,
        ["user_trades_real"] = Trades,
    };

    public static TheoryData<string> Files =>
        [.. Payloads.Files("rest").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Fact]
    public void Every_reply_has_its_row_and_every_row_its_reply()
    {
        if (Payloads.Folder is null) return;
        Assert.Equal(
            Payloads.Files("rest").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
            s_rows.All.Keys.Order(StringComparer.Ordinal));
    }

    [PayloadTheory]
    [MemberData(nameof(Files))]
    public async Task A_reply_becomes_what_its_row_says(string name) =>
        s_rows.Compare(name, await MadeOfAsync(name));

    private static async Task<string> MadeOfAsync(string name)
    {
        await using var run = await VenueRun.StartAsync(settings => settings with { ReadWithinMs = 100 });
        var text = Payloads.Read($"rest/{name}.json");
        var isError = name.StartsWith("error-", StringComparison.Ordinal);
        var question = isError ? Place : s_questions.GetValueOrDefault(name, Positions);
        var status = isError ? StatusOf(name) : 200;
        // A page is followed by none.
        run.Stub.On(question, request => request["fromId"].Length > 0
            ? StubAnswer.Ok("[]")
            : new StubAnswer(status, text));
        try
        {
            return await AskAsync(run, question, name);
        }
        catch (VenueException fault)
        {
            return "!" + fault.Message;
        }
    }

    private static int StatusOf(string error) => error switch
    {
        "error-1003" or "error-1015" => 429,
        "error-1007" => 408,
        "error-1000" or "error-1001" or "error-1008" => 503,
        "error-1022" or "error-2014" or "error-2015" => 401,
        _ => 400,
    };

    private static async Task<string> AskAsync(VenueRun run, string question, string name)
    {
        var stop = VenueRun.Command(OrderType.StopMarket);
        switch (question)
        {
            case Place or Leverage:
                return Words(await run.Venue.PlaceAsync(VenueRun.Command() with { Leverage = 21 }, default));
            case PlaceConditional:
                return Words(await run.Venue.PlaceAsync(stop, default));
            case Cancel:
                return Words(await run.Venue.CancelAsync(VenueRun.Command(action: OrderAction.Cancel), default));
            case CancelConditional:
                return Words(await run.Venue.CancelAsync(stop with { Action = OrderAction.Cancel }, default));
            case Query:
                return Words(await run.Venue.QueryAsync(VenueRun.Command(action: OrderAction.Query), default));
            case Trades:
                run.Stub.On(Query, Order("q1asked", "FILLED", "1", "1"));
                return string.Join(", ", (await run.Venue.ReadFillsAsync(VenueRun.Btc, 0, default)).Select(fill =>
                    string.Create(CultureInfo.InvariantCulture,
                        $"{fill.Side} {fill.LastFillQuantity} at {fill.LastFillPrice} fee {fill.FeeUsd}")));
            case ExchangeInfo or Brackets:
                return await InstrumentsAsync(run, question);
            case FundingInfo:
                return await QuotesAsync(run);
            case Klines:
                return await CandlesAsync(name);
            case Income:
                return await FundingAsync(run);
            case SymbolConfig or MarginType:
                await run.Venue.PrepareAsync(default);
                return (await run.Venue.PrepareSymbolAsync(VenueRun.Btc, default))?.Text ?? "prepared";
            case StartKey or RenewKey:
                run.Venue.KeepAliveEvery = TimeSpan.FromMilliseconds(20);
                run.Listen();
                Eventually.True(() => question == StartKey || run.Stub.Count(RenewKey) > 2);
                return string.Join(", ", run.Heard.Connected) + string.Join(", ", run.Heard.Unreadable);
            default:
                var account = await run.Venue.ReadAccountAsync(default);
                return string.Create(CultureInfo.InvariantCulture, $"{account.WalletUsd} USD")
                    + string.Concat(account.Positions.Select(held => $", {held.Quantity} {held.Symbol}"))
                    + string.Concat(account.Orders.Select(order => $", {order.Type} {order.ClientOrderId}"));
        }
    }

    private static async Task<string> InstrumentsAsync(VenueRun run, string question)
    {
        if (question == Brackets) run.Stub.On(ExchangeInfo, Payloads.Read("rest/exchange_info_doc.json"));
        else run.Stub.On(Brackets, "[]");
        var texts = await new BinanceInstruments(
            VenueRun.SettingsOf(run.Stub), TradingMode.Sim, run.Budget, TimeProvider.System).ReadAsync(default);
        using var document = JsonDocument.Parse(
            question == Brackets ? texts.LeverageBracketJson : texts.ExchangeInfoJson);
        var rows = question == Brackets ? document.RootElement : document.RootElement.GetProperty("symbols");
        return string.Join(", ", rows.EnumerateArray().Select(row => row.GetProperty("symbol").GetString()));
    }

    private static async Task<string> QuotesAsync(VenueRun run)
    {
        run.Stub.On(ExchangeInfo, Payloads.Read("rest/exchange_info_doc.json"));
        using var end = new CancellationTokenSource();
        var quotes = new BinanceQuotes(VenueRun.SettingsOf(run.Stub), run.Budget, TimeProvider.System, run.Log);
        var running = quotes.RunAsync([Symbol.Parse("BLZUSDT")], (_, _) => { }, end.Token);
        Eventually.True(() => run.Stub.Subscribed.Count == 3);
        await end.CancelAsync();
        await running;
        return string.Join(", ", run.Stub.Subscribed);
    }

    private static async Task<string> CandlesAsync(string name)
    {
        var text = Payloads.Read($"rest/{name}.json");
        using var document = JsonDocument.Parse(text);
        var openMs = document.RootElement[0][0].GetInt64();
        await using var feed = await FeedRun.PrepareAsync(openMs + MarketFrames.MinuteMs + 1_000);
        feed.Stub.On(Klines, text);
        feed.Start(history: 1);
        Eventually.True(() => !feed.Told.Candles.IsEmpty);
        return string.Join(", ", feed.Told.Candles.Select(told => string.Create(
            CultureInfo.InvariantCulture, $"{told.Candle.OpenTimeMs} {told.Candle.Close}")));
    }

    private static async Task<string> FundingAsync(VenueRun run)
    {
        run.Listen();
        using var frame = JsonDocument.Parse(Payloads.Read("ws/rec_account_funding_fee.json"));
        var root = frame.RootElement;
        await run.Stub.TellUserAsync((root.TryGetProperty("data", out var data) ? data : root).GetRawText());
        Eventually.True(() => !run.Heard.Unreadable.IsEmpty || !run.Heard.Updates.IsEmpty);
        return string.Concat(run.Heard.Unreadable.Select(seen => "?" + seen.What));
    }

    private static string Words(OrderUpdate update) =>
        $"{update.Status} {update.CumulativeQuantity} {update.ReasonCode}".TrimEnd();
}
