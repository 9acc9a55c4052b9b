using Quantum.Roles.Symbols;
using Quantum.Venue.Engine;

namespace Quantum.Venue.Accounts;

/// <summary>Balances, positions, fills, income and what the account's limits are.</summary>
internal static class AccountRoutes
{
    private const int UsualIncomes = 100;

    public static void AddTo(RouteTable routes, VenueOptions options)
    {
        Add(routes, "/fapi/v2/balance", 5, Balance);
        Add(routes, "/fapi/v3/balance", 5, Balance, "v2/account.balance");
        Add(routes, "/fapi/v2/account", 5, call => WriteAccount(call, isOld: true));
        Add(routes, "/fapi/v3/account", 5, call => WriteAccount(call, isOld: false), "v2/account.status");
        Add(routes, "/fapi/v2/positionRisk", 5, OldRisk);
        Add(routes, "/fapi/v3/positionRisk", 5, Risk, "v2/account.position");
        Add(routes, "/fapi/v1/userTrades", 5, Fills);
        Add(routes, "/fapi/v1/income", 30, Incomes);
        Add(routes, "/fapi/v1/forceOrders", 20, Forced);
        Add(routes, "/fapi/v1/leverageBracket", 1, Brackets);
        Add(routes, "/fapi/v1/commissionRate", 20, Commission);
        Add(routes, "/fapi/v1/feeBurn", 30, FeeBurn);
        Add(routes, "/fapi/v1/symbolConfig", 5, SymbolConfig);
        Add(routes, "/fapi/v1/accountConfig", 5, AccountConfig);
        Add(routes, "/fapi/v1/adlQuantile", 5, AdlQuantile);
        Add(routes, "/fapi/v1/rateLimit/order", 1, call => OrderLimits(call, options));
    }

    private static void Add(
        RouteTable routes, string path, int weight, CallHandler handle, string? socketMethod = null) =>
        routes.Add(new Route("GET", path, RouteSecurity.Signed, _ => weight, handle), socketMethod);

    private static VenueError? Balance(Call call)
    {
        AccountJson.WriteBalances(call.Json, call.Account.Figures.View(), call.NowMs);
        return null;
    }

    private static VenueError? WriteAccount(Call call, bool isOld)
    {
        AccountJson.WriteAccount(call.Json, call.Account.Figures.View(), isOld, call.NowMs);
        return null;
    }

    private static VenueError? Risk(Call call)
    {
        if (OrderRequests.ReadWanted(call, out var wanted) is { } refusal) return refusal;
        return call.WriteAll(
            call.Account.Figures.View().Positions.Where(position => OrderRequests.Fits(position.Symbol, wanted)
                && (position.Quantity != 0 || position.OrderMarginUsd != 0)),
            static (json, _, position) => AccountJson.WriteRisk(json, position));
    }

    // Version 2 shows flat symbols too.
    private static VenueError? OldRisk(Call call)
    {
        if (OrderRequests.ReadWanted(call, out var wanted) is { } refusal) return refusal;
        var account = call.Account;
        var known = account.Figures.View().Positions.ToDictionary(position => position.Symbol);
        call.Json.WriteStartArray();
        foreach (var filters in account.Rules.Symbols.All)
        {
            if (!OrderRequests.Fits(filters.Symbol, wanted)) continue;
            var position = known.GetValueOrDefault(filters.Symbol) ?? account.Figures.PositionOf(filters.Symbol);
            AccountJson.WriteOldRisk(call.Json, position, MaxNotional(filters.Brackets, position.Leverage));
        }

        call.Json.WriteEndArray();
        return null;
    }

    private static VenueError? Fills(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        if (!call.Parameters.TryLong("orderId", out var orderId)) return VenueError.Missing("orderId");
        if (Page.Read(call.Parameters, "fromId", out var page) is { } fault) return fault;
        var fills = call.Account.Orders.Fills.Where(fill =>
            fill.Order.Symbol == filters.Symbol && (orderId is null || fill.Order.Id == orderId));
        return call.WriteAll(page.Of(fills, fill => fill.Id, fill => fill.AtMs), OrderJson.Write);
    }

    private static VenueError? Incomes(Call call)
    {
        if (OrderRequests.ReadWanted(call, out var wanted) is { } refusal) return refusal;
        if (Page.Read(call.Parameters, "tranId", out var page, UsualIncomes) is { } fault) return fault;
        var type = call.Parameters.Find("incomeType");
        var incomes = call.Account.Orders.Incomes.Where(income =>
            (type is null || income.Type == type) && (wanted is null || income.Symbol == wanted.Value.Name));
        return call.WriteAll(
            page.Of(incomes, income => income.TransactionId, income => income.AtMs),
            static (json, _, income) => Write(json, income));
    }

    private static void Write(Utf8JsonWriter json, Income income)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, income.Symbol);
        json.WriteString("incomeType"u8, income.Type);
        json.Money("income"u8, income.AmountUsd);
        json.WriteString("asset"u8, Words.Asset);
        json.WriteString("info"u8, income.Info);
        json.WriteNumber("time"u8, income.AtMs);
        json.WriteNumber("tranId"u8, income.TransactionId);
        json.WriteString("tradeId"u8, income.TradeId);
        json.WriteEndObject();
    }

    private static VenueError? Forced(Call call)
    {
        if (OrderRequests.ReadWanted(call, out var wanted) is { } refusal) return refusal;
        if (Page.Read(call.Parameters, "orderId", out var page, usual: 50) is { } fault) return fault;
        var type = call.Parameters.Find("autoCloseType");
        var orders = call.Account.Orders.All
            .Where(order => order.IsForced && OrderRequests.Fits(order.Symbol, wanted)
                && (type is null || type == (order.IsAdl ? "ADL" : "LIQUIDATION")))
            .OrderBy(order => order.Id);
        return call.WriteAll(page.Of(orders, order => order.Id, order => order.CreatedMs), OrderJson.WriteQueried);
    }

    private static VenueError? Brackets(Call call)
    {
        if (OrderRequests.ReadWanted(call, out var wanted) is { } refusal) return refusal;
        return call.WriteAll(
            call.Account.Rules.Symbols.All.Where(filters => OrderRequests.Fits(filters.Symbol, wanted)),
            static (json, _, filters) => WriteBrackets(json, filters));
    }

    private static void WriteBrackets(Utf8JsonWriter json, SymbolFilters filters)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, filters.Symbol.Name);
        json.WriteStartArray("brackets"u8);
        var (number, floorUsd) = (0, 0m);
        foreach (var step in filters.Brackets.Steps)
        {
            json.WriteStartObject();
            json.WriteNumber("cum"u8, filters.Brackets.DeductedUsd(number));
            json.WriteNumber("bracket"u8, ++number);
            json.WriteNumber("initialLeverage"u8, step.MaxLeverage);
            json.WriteNumber("notionalCap"u8, step.NotionalCapUsd);
            json.WriteNumber("notionalFloor"u8, floorUsd);
            json.WriteNumber("maintMarginRatio"u8, step.MaintenanceFraction);
            json.WriteEndObject();
            floorUsd = step.NotionalCapUsd;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static VenueError? Commission(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        call.Json.WriteStartObject();
        call.Json.WriteString("symbol"u8, filters.Symbol.Name);
        call.Json.Plain("makerCommissionRate"u8, call.Account.Rules.MakerFeeFraction);
        call.Json.Plain("takerCommissionRate"u8, call.Account.Rules.TakerFeeFraction);
        call.Json.WriteEndObject();
        return null;
    }

    private static VenueError? SymbolConfig(Call call)
    {
        if (OrderRequests.ReadWanted(call, out var wanted) is { } refusal) return refusal;
        var account = call.Account;
        var known = account.Figures.View().Positions.ToDictionary(position => position.Symbol);
        call.Json.WriteStartArray();
        foreach (var filters in account.Rules.Symbols.All)
        {
            if (!OrderRequests.Fits(filters.Symbol, wanted)) continue;
            var position = known.GetValueOrDefault(filters.Symbol);
            var leverage = position?.Leverage ?? account.Rules.DefaultLeverage;
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol"u8, filters.Symbol.Name);
            call.Json.WriteString("marginType"u8, position is { IsIsolated: true } ? "ISOLATED"u8 : "CROSSED"u8);
            call.Json.WriteBoolean("isAutoAddMargin"u8, false);
            call.Json.WriteNumber("leverage"u8, leverage);
            call.Json.Plain("maxNotionalValue"u8, MaxNotional(filters.Brackets, leverage));
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    // Fees are taken from the USDT wallet, and from no other.
    private static VenueError? FeeBurn(Call call)
    {
        call.Json.WriteStartObject();
        call.Json.WriteBoolean("feeBurn"u8, false);
        call.Json.WriteEndObject();
        return null;
    }

    private static VenueError? AccountConfig(Call call)
    {
        call.Json.WriteStartObject();
        call.Json.WriteNumber("feeTier"u8, 0);
        call.Json.WriteBoolean("canTrade"u8, true);
        call.Json.WriteBoolean("canDeposit"u8, true);
        call.Json.WriteBoolean("canWithdraw"u8, true);
        call.Json.WriteBoolean("dualSidePosition"u8, false);
        call.Json.WriteNumber("updateTime"u8, 0);
        call.Json.WriteBoolean("multiAssetsMargin"u8, false);
        call.Json.WriteNumber("tradeGroupId"u8, -1);
        call.Json.WriteEndObject();
        return null;
    }

    private static VenueError? AdlQuantile(Call call)
    {
        if (OrderRequests.ReadWanted(call, out var wanted) is { } refusal) return refusal;
        call.Json.WriteStartArray();
        foreach (var holding in call.Account.Holdings)
        {
            if (holding.Quantity == 0 || !OrderRequests.Fits(holding.Symbol, wanted)) continue;
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol"u8, holding.Symbol.Name);
            call.Json.WriteStartObject("adlQuantile"u8);
            call.Json.WriteNumber("LONG"u8, 0);
            call.Json.WriteNumber("SHORT"u8, 0);
            call.Json.WriteNumber("BOTH"u8, 1);
            call.Json.WriteEndObject();
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    private static VenueError? OrderLimits(Call call, VenueOptions options)
    {
        call.Json.WriteStartArray();
        WriteLimit(call.Json, "SECOND"u8, 10, options.OrdersPerTenSeconds);
        WriteLimit(call.Json, "MINUTE"u8, 1, options.OrdersPerMinute);
        call.Json.WriteEndArray();
        return null;
    }

    private static void WriteLimit(Utf8JsonWriter json, ReadOnlySpan<byte> interval, int number, int limit)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType"u8, "ORDERS"u8);
        json.WriteString("interval"u8, interval);
        json.WriteNumber("intervalNum"u8, number);
        json.WriteNumber("limit"u8, limit);
        json.WriteEndObject();
    }

    /// <summary>Largest position at a leverage, USD.</summary>
    public static decimal MaxNotional(LeverageBrackets brackets, int leverage) =>
        brackets.Steps.LastOrDefault(step => step.MaxLeverage >= leverage).NotionalCapUsd;
}
