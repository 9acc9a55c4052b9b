namespace Quantum.Venue.Accounts;

/// <summary>Places, cancels and queries conditional orders, which wait apart until they are triggered.</summary>
internal static class AlgoRoutes
{
    private const string Path = "/fapi/v1/algoOrder";

    public static void AddTo(RouteTable routes)
    {
        routes.Add(new Route("POST", Path, RouteSecurity.Signed, _ => 0, Place, 1), "algoOrder.place");
        routes.Add(new Route("DELETE", Path, RouteSecurity.Signed, _ => 1, Cancel), "algoOrder.cancel");
        routes.Add(new Route("GET", Path, RouteSecurity.Signed, _ => 1, Query));
        routes.Add(new Route("GET", "/fapi/v1/openAlgoOrders", RouteSecurity.Signed,
            sent => sent.Find("symbol") is null ? 40 : 1, ListOpen));
        routes.Add(new Route("GET", "/fapi/v1/allAlgoOrders", RouteSecurity.Signed, _ => 5, ListAll));
        routes.Add(new Route("DELETE", "/fapi/v1/algoOpenOrders", RouteSecurity.Signed, _ => 1, CancelAll));
    }

    private static VenueError? Place(Call call)
    {
        var account = call.Account;
        if (OrderRequests.ReadConditional(account, call.Parameters, call.NowMs, out var refusal) is not { } order)
            return refusal;
        if (account.Trading.Place(order, Trading.CommandOf(order), call.NowMs) is { } refused) return refused;
        OrderJson.Write(call.Json, account, order);
        return null;
    }

    private static VenueError? Query(Call call)
    {
        if (Find(call, VenueError.NoSuchOrder, out var order) is { } refusal) return refusal;
        OrderJson.Write(call.Json, call.Account, order);
        return null;
    }

    private static VenueError? Cancel(Call call)
    {
        if (Find(call, VenueError.UnknownOrder, out var order) is { } refusal) return refusal;
        if (!order.IsWaiting) return VenueError.UnknownOrder;
        call.Account.Trading.Cancel(order, call.NowMs);
        call.Json.WriteStartObject();
        call.Json.WriteNumber("algoId"u8, order.Id);
        call.Json.WriteString("clientAlgoId"u8, order.ClientId);
        call.Json.WriteString("code"u8, "200"u8);
        call.Json.WriteString("msg"u8, "success"u8);
        call.Json.WriteEndObject();
        return null;
    }

    private static VenueError? ListOpen(Call call)
    {
        if (OrderRequests.ReadWanted(call, out var wanted) is { } refusal) return refusal;
        return call.WriteAll(
            call.Account.Orders.Waiting.Where(order => OrderRequests.Fits(order.Symbol, wanted)), OrderJson.Write);
    }

    private static VenueError? ListAll(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        if (Page.Read(call.Parameters, "algoId", out var page) is { } fault) return fault;
        var orders = call.Account.Orders.Conditionals.Where(order => order.Symbol == filters.Symbol);
        return call.WriteAll(page.Of(orders, order => order.Id, order => order.CreatedMs), OrderJson.Write);
    }

    private static VenueError? CancelAll(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        call.Account.Trading.CancelAllConditional(filters.Symbol, call.NowMs);
        OrderRoutes.WriteDone(call.Json, "The operation of cancel all open order is done.");
        return null;
    }

    private static VenueError? Find(Call call, VenueError unknown, out Conditional order)
    {
        order = null!;
        var sent = call.Parameters;
        if (!sent.TryLong("algoId", out var id)) return VenueError.Missing("algoId");
        var clientId = sent.Find("clientAlgoId");
        if (id is null && clientId is null) return VenueError.NoAlgoId;
        var found = id is { } known
            ? call.Account.Orders.FindConditional(known) : call.Account.Orders.FindConditional(clientId!);
        if (found is null) return unknown;
        order = found;
        return null;
    }
}
