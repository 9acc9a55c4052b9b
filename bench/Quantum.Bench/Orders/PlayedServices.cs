using System.Diagnostics;
using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Runner;
using Quantum.Resp;

namespace Quantum.Bench.Orders;

/// <summary>
/// Plays the services around the executor: governance and portfolio, whose words are generous, and trading bot and
/// ExitBrain, which ask as the traders wish. For one thread.
/// </summary>
internal sealed class PlayedServices : IDisposable
{
    private const decimal EquityUsd = 1_000_000;
    private const int PatienceMs = 20_000;
    private static readonly TimeSpan s_insistence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly RedisEventLog _log;
    private readonly RespClient _place;
    private readonly EventSource _governance;
    private readonly EventSource _portfolio;
    private readonly EventSource _bot;
    private readonly EventSource _exits;
    private readonly EventSource _operator;
    private readonly List<string> _asked = [];

    public PlayedServices(RespEndpoint endpoint)
    {
        (_log, _place) = (new RedisEventLog(endpoint), new RespClient(endpoint));
        _governance = Source(RoleNames.Governance);
        _portfolio = Source(RoleNames.Portfolio);
        _bot = Source(RoleNames.TradingBot);
        _exits = Source(RoleNames.ExitBrain);
        _operator = Source(RoleNames.GovernanceGateway);
    }

    /// <summary>Ids of all intents.</summary>
    public IReadOnlyList<string> Asked => _asked;

    private static long NowMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Allows what a run asks for.</summary>
    public void Allow(int symbols)
    {
        var policy = new PolicyUpdated
        {
            PolicyVersion = 1, RiskMode = RiskMode.Normal, PreviousMode = RiskMode.Normal, KillSwitch = false,
            MaxLeverage = 10, MaxGrossExposureFraction = 5, MaxSymbolExposureFraction = 1, RiskPerTradeFraction = 0.1,
            DailyLossLimitFraction = 0.9, MaxPositions = symbols, MinConfidence = 0, ReasonCode = "start",
            UpdatedBy = "bench",
        };
        _governance.Publish(StreamCatalog.PolicyUpdated, in policy, "orders-policy", NowMs);
    }

    /// <summary>
    /// Tells what is owned, and moves governance's place as it does every second; to be told again before it is a
    /// minute old.
    /// </summary>
    public void TellExposure()
    {
        var exposure = new PortfolioExposure
        {
            TotalExposureUsd = 0, ExposureBySymbol = [], LongExposureUsd = 0, ShortExposureUsd = 0, NetExposureUsd = 0,
            TotalEquityUsd = EquityUsd, FreeMarginUsd = EquityUsd,
        };
        var nowMs = NowMs;
        _portfolio.Publish(
            StreamCatalog.PortfolioExposure, in exposure, FormattableString.Invariant($"orders-exposure-{nowMs}"),
            nowMs);
        var place = new LogKeys().Cursor(new RoleSeat(RoleNames.Governance, LogKeys.GlobalShard));
        _place.Execute(
            connection =>
            {
                var at = (connection.TimeUs() / 1_000).ToString(CultureInfo.InvariantCulture);
                connection.Call("HSET", place, "at", at).ThrowIfError();
                return true;
            },
            CancellationToken.None);
    }

    /// <summary>Asks for something; the intent's id.</summary>
    public string Ask(in TradeIntent wish)
    {
        var nowMs = NowMs;
        var intent = wish with { DeadlineMs = nowMs + PatienceMs };
        var id = FormattableString.Invariant($"orders-{_asked.Count + 1}");
        _asked.Add(id);
        Insist(() => (intent.IsExit() ? _exits : _bot).Publish(
            StreamCatalog.TradeIntent, in intent, id, nowMs, once: true));
        return id;
    }

    /// <summary>Says an operator's word, as the control surface does; gives where it stands.</summary>
    public EntryId Say(ControlAction action, string reason)
    {
        var word = new ControlCommand { Command = action, Reason = reason, By = "bench" };
        var id = $"orders-word-{Guid.NewGuid():N}";
        return Insist(() => _operator.Publish(StreamCatalog.GovernanceControl, in word, id, NowMs, kept: true));
    }

    public void Dispose()
    {
        _place.Dispose();
        _log.Dispose();
    }

    // Redis may be on its way back when it is asked; what is published once can be said again.
    private static EntryId Insist(Func<EntryId> publish)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return publish();
            }
            catch (Exception fault) when (fault is LogUnavailableException or LogRefusedException
                && clock.Elapsed < s_insistence)
            {
                Thread.Sleep(s_pause);
            }
        }
    }

    private EventSource Source(string role) => new(_log, role, TradingMode.Sim, traces: false);
}
