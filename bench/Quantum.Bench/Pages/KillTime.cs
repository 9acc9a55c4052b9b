using System.Diagnostics;
using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Runner;
using Quantum.Resp;

namespace Quantum.Bench.Pages;

/// <summary>From the click on Stop to the first entry that the executor refuses for it; entries are wished all the
/// time.</summary>
internal sealed class KillTime(RespEndpoint endpoint)
{
    private const int EveryMs = 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // The words that a trader types, as the page is told of them.
    private const string Typing =
        """
        (() => {
          const type = (field, text) => {
            field.value = text;
            field.dispatchEvent(new Event('input', { bubbles: true }));
          };
          document.querySelector('button.halt').click();
          type(document.querySelector('#stop input.wide'), 'bench');
          type(document.querySelector('#stop .act input'), 'WORD'); })()
        """;

    public async Task<IEnumerable<Figure>> MeasureAsync(DevTools browser, string url, int rounds)
    {
        await using var page = await browser.OpenAsync();
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            // Every second time while a chart loads.
            await page.GoAsync(url + (round % 2 == 0 ? "/" : "/trade/BTCUSDT"));
            await page.EvaluateAsync(Typing.Replace("WORD", "STOP", StringComparison.Ordinal));
            await page.UntilAsync("document.querySelector('#stop .act button:enabled.danger')", "Stop can be pressed");
            times.Add(await RefusedAfterAsync(page, round));
            await page.UntilAsync("document.querySelector('#stop .steps li:last-child.done')", "the executor says it");
            await page.EvaluateAsync(Typing.Replace("WORD", "RELEASE", StringComparison.Ordinal));
            await page.UntilAsync("document.querySelector('#stop button.primary:enabled')", "entries can be allowed");
            await page.EvaluateAsync("document.querySelector('#stop button.primary').click()");
            // The bar and the dialog are drawn one after the other.
            await page.UntilAsync("!document.querySelector('.halt.on, #stop button.primary')", "entries are allowed");
        }

        return [new Figure("kill_median", Median.Of(times), "ms"), new Figure("kill_worst", times.Max(), "ms")];
    }

    private async Task<double> RefusedAfterAsync(DevPage page, int round)
    {
        using var connection = RespConnection.Connect(endpoint);
        using var log = new RedisEventLog(endpoint);
        var bot = new EventSource(log, RoleNames.TradingBot, TradingMode.Paper);
        var after = Newest(connection);
        var clock = Stopwatch.StartNew();
        var clicked = page.EvaluateAsync("document.querySelector('#stop .act button.danger').click()");
        for (var wish = 0; clock.Elapsed < s_patience; wish++)
        {
            Wish(bot, string.Create(CultureInfo.InvariantCulture, $"kill-{round}-{wish}"));
            if (IsRefused(connection, ref after))
            {
                var took = clock.Elapsed.TotalMilliseconds;
                await clicked;
                return took;
            }

            await Task.Delay(EveryMs);
        }

        throw new InvalidOperationException($"no entry was refused within {s_patience.TotalSeconds} s of the click");
    }

    private static void Wish(EventSource bot, string id)
    {
        var nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var intent = new TradeIntent
        {
            Symbol = Symbol.Parse("BTCUSDT"), Side = Side.Buy, Confidence = 0.9, PositionSizeUsd = 1_000, Leverage = 1,
            DeadlineMs = nowMs + 5_000, ReduceOnly = false, Reason = "signal", Ilf = IlfContext.Unknown,
        };
        bot.Publish(StreamCatalog.TradeIntent, in intent, id, nowMs);
    }

    private static string Newest(RespConnection connection)
    {
        var reply = connection.Call("XREVRANGE", StreamCatalog.ExecutionResult.Key, "+", "-", "COUNT", "1");
        if (reply.ReadArray() == 0) return "0-0";
        reply.ReadArray();
        return reply.ReadString();
    }

    private static bool IsRefused(RespConnection connection, ref string after)
    {
        var reply = connection.Call("XRANGE", StreamCatalog.ExecutionResult.Key, "(" + after, "+");
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            reply.ReadArray();
            after = reply.ReadString();
            if (reply.ReadFields().GetValueOrDefault("reason_code") == "kill_switch") return true;
        }

        return false;
    }
}
