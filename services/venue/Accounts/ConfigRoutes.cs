namespace Quantum.Venue.Accounts;

/// <summary>Leverage, margin type and the modes of an account; only one-way and single-asset mode exist here.</summary>
internal static class ConfigRoutes
{
    public static void AddTo(RouteTable routes)
    {
        Add(routes, "POST", "/fapi/v1/leverage", 1, SetLeverage);
        Add(routes, "POST", "/fapi/v1/marginType", 1, SetMarginType);
        Add(routes, "POST", "/fapi/v1/positionMargin", 1, MoveMargin);
        Add(routes, "GET", "/fapi/v1/positionMargin/history", 1, ListMoves);
        Add(routes, "GET", "/fapi/v1/positionSide/dual", 30, call => Tell(call, "dualSidePosition"));
        Add(routes, "POST", "/fapi/v1/positionSide/dual", 1, call => SetMode(
            call, "dualSidePosition", new(-4059, "No need to change position side."),
            new(-4084, "Method is not allowed currently. Coming soon.")));
        Add(routes, "GET", "/fapi/v1/multiAssetsMargin", 30, call => Tell(call, "multiAssetsMargin"));
        Add(routes, "POST", "/fapi/v1/multiAssetsMargin", 1, call => SetMode(
            call, "multiAssetsMargin", new(-4171, "No need to change multi-assets mode."),
            new(-4084, "Method is not allowed currently. Coming soon.")));
    }

    private static void Add(RouteTable routes, string method, string path, int weight, CallHandler handle) =>
        routes.Add(new Route(method, path, RouteSecurity.Signed, _ => weight, handle));

    private static VenueError? SetLeverage(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        if (!call.Parameters.TryLong("leverage", out var told) || told is not { } wanted)
            return VenueError.Missing("leverage");
        if (wanted < 1 || wanted > filters.Brackets.MaxLeverage)
            return new VenueError(-4028, $"Leverage {wanted} is not valid");
        var leverage = (int)wanted;
        if (call.Account.Trading.SetLeverage(filters.Symbol, leverage, call.NowMs) is { } refused) return refused;
        call.Json.WriteStartObject();
        call.Json.WriteString("symbol"u8, filters.Symbol.Name);
        call.Json.WriteNumber("leverage"u8, leverage);
        call.Json.Plain("maxNotionalValue"u8, AccountRoutes.MaxNotional(filters.Brackets, leverage));
        call.Json.WriteEndObject();
        return null;
    }

    private static VenueError? SetMarginType(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        var type = call.Parameters.Find("marginType");
        if (type is null) return VenueError.Missing("marginType");
        if (type is not ("ISOLATED" or "CROSSED" or "CROSS")) return VenueError.Illegal("marginType");
        var isIsolated = type == "ISOLATED";
        if (call.Account.Figures.PositionOf(filters.Symbol).IsIsolated == isIsolated)
            return new VenueError(-4046, "No need to change margin type.");
        if (call.Account.Trading.SetIsolated(filters.Symbol, isIsolated, call.NowMs) is { } refused) return refused;
        OrderRoutes.WriteDone(call.Json, "success");
        return null;
    }

    private static VenueError? MoveMargin(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        if (!call.Parameters.TryDecimal("amount", out var told) || told is not { } amountUsd)
            return VenueError.Missing("amount");
        if (!call.Parameters.TryLong("type", out var type) || type is not (1 or 2)) return VenueError.Missing("type");
        if (amountUsd <= 0) return VenueError.Illegal("amount");
        var signedUsd = type == 1 ? amountUsd : -amountUsd;
        if (call.Account.Trading.MoveMargin(filters.Symbol, signedUsd, call.NowMs) is { } refused) return refused;
        call.Json.WriteStartObject();
        call.Json.WriteNumber("amount"u8, amountUsd);
        call.Json.WriteNumber("code"u8, 200);
        call.Json.WriteString("msg"u8, "Successfully modify position margin.");
        call.Json.WriteNumber("type"u8, type.Value);
        call.Json.WriteEndObject();
        return null;
    }

    private static VenueError? ListMoves(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        if (!call.Parameters.TryLong("type", out var type)) return VenueError.Missing("type");
        if (Page.Read(call.Parameters, "fromId", out var page) is { } fault) return fault;
        var moves = call.Account.Orders.MarginMoves.Where(move =>
            move.Symbol == filters.Symbol && (type is null || move.Type == type));
        call.Json.WriteStartArray();
        foreach (var move in page.Of(moves, move => move.AtMs, move => move.AtMs))
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol"u8, move.Symbol.Name);
            call.Json.WriteNumber("type"u8, move.Type);
            call.Json.WriteString("deltaType"u8, "USER_ADJUST"u8);
            call.Json.WriteString("amount"u8, move.AmountUsd.ToString(CultureInfo.InvariantCulture));
            call.Json.WriteString("asset"u8, Words.Asset);
            call.Json.WriteNumber("time"u8, move.AtMs);
            call.Json.WriteString("positionSide"u8, Words.Both);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    private static VenueError? Tell(Call call, string name)
    {
        call.Json.WriteStartObject();
        call.Json.WriteBoolean(name, false);
        call.Json.WriteEndObject();
        return null;
    }

    // Both modes are off and stay off.
    private static VenueError? SetMode(Call call, string name, VenueError isSo, VenueError cannot) =>
        call.Parameters.Find(name)?.ToLowerInvariant() switch
        {
            null => VenueError.Missing(name),
            "false" => isSo,
            "true" => cannot,
            _ => VenueError.Illegal(name),
        };
}
