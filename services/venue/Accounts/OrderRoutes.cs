namespace Quantum.Venue.Accounts;

/// <summary>Places, amends, cancels and queries orders.</summary>
internal static class OrderRoutes
{
    private const string Path = "/fapi/v1/order";
    private const int MostOfABatch = 5;

    public static void AddTo(RouteTable routes)
    {
        Add(routes, "POST", Path, 0, Place, "order.place", orders: 1);
        Add(routes, "GET", Path, 1, Query, "order.status");
        Add(routes, "DELETE", Path, 1, Cancel, "order.cancel");
        Add(routes, "PUT", Path, 1, Amend, "order.modify", orders: 1);
        Add(routes, "POST", Path + "/test", 0, Test);
        Add(routes, "POST", "/fapi/v1/batchOrders", 5, PlaceBatch, orders: 1);
        Add(routes, "PUT", "/fapi/v1/batchOrders", 5, AmendBatch, orders: 1);
        Add(routes, "DELETE", "/fapi/v1/batchOrders", 1, CancelBatch);
        Add(routes, "GET", "/fapi/v1/openOrder", 1, QueryOpen);
        routes.Add(new Route("GET", "/fapi/v1/openOrders", RouteSecurity.Signed,
            sent => sent.Find("symbol") is null ? 40 : 1, ListOpen));
        Add(routes, "GET", "/fapi/v1/allOrders", 5, ListAll);
        Add(routes, "DELETE", "/fapi/v1/allOpenOrders", 1, CancelAll);
        Add(routes, "POST", "/fapi/v1/countdownCancelAll", 10, SetCountdown);
    }

    private static void Add(
        RouteTable routes, string method, string path, int weight, CallHandler handle, string? socketMethod = null,
        int? orders = null) =>
        routes.Add(new Route(method, path, RouteSecurity.Signed, _ => weight, handle, orders), socketMethod);

    private static VenueError? Place(Call call)
    {
        if (PlaceOne(call, call.Parameters, out var order) is { } refusal) return refusal;
        var account = call.Account;
        if (order is { Type: OrderWords.Market, IsLive: true } && call.Parameters.Find("newOrderRespType") == "RESULT")
            call.Awaits = (order, () => OrderJson.WriteReply(call.Json, account, order));
        else OrderJson.WriteReply(call.Json, account, order!);
        return null;
    }

    private static VenueError? PlaceOne(Call call, Parameters sent, out Order? order)
    {
        order = OrderRequests.ReadOrder(call.Account, sent, call.NowMs, out var refusal);
        return order is null
            ? refusal
            : call.Account.Trading.Place(order, Trading.CommandOf(order, order.RoleId), call.NowMs);
    }

    private static VenueError? Test(Call call)
    {
        if (OrderRequests.ReadOrder(call.Account, call.Parameters, call.NowMs, out var refusal) is not { } order)
            return refusal;
        if (call.Account.Trading.Test(order, Trading.CommandOf(order, order.RoleId), call.NowMs) is { } refused)
            return refused;
        call.Json.WriteStartObject();
        call.Json.WriteEndObject();
        return null;
    }

    private static VenueError? Query(Call call)
    {
        if (Find(call, call.Parameters, VenueError.NoSuchOrder, out var order) is { } refusal) return refusal;
        OrderJson.WriteQueried(call.Json, call.Account, order);
        return null;
    }

    private static VenueError? QueryOpen(Call call)
    {
        if (Find(call, call.Parameters, VenueError.NoSuchOrder, out var order) is { } refusal) return refusal;
        if (!order.IsLive) return VenueError.NoSuchOrder;
        OrderJson.WriteQueried(call.Json, call.Account, order);
        return null;
    }

    private static VenueError? Cancel(Call call)
    {
        if (CancelOne(call, call.Parameters, out var order) is { } refusal) return refusal;
        OrderJson.WriteReply(call.Json, call.Account, order);
        return null;
    }

    private static VenueError? CancelOne(Call call, Parameters sent, out Order order)
    {
        if (Find(call, sent, VenueError.UnknownOrder, out order) is { } refusal) return refusal;
        if (!order.IsLive) return VenueError.UnknownOrder;
        call.Account.Trading.Cancel(order, call.NowMs);
        return null;
    }

    private static VenueError? Amend(Call call)
    {
        if (AmendOne(call, call.Parameters, out var order) is { } refusal) return refusal;
        OrderJson.WriteReply(call.Json, call.Account, order);
        return null;
    }

    private static VenueError? AmendOne(Call call, Parameters sent, out Order order)
    {
        if (Find(call, sent, VenueError.NoSuchOrder, out order) is { } refusal) return refusal;
        if (!order.IsLive) return VenueError.NoSuchOrder;
        if (sent.Find("side") is not { } side) return VenueError.Missing("side");
        if (order.Type != OrderWords.Limit) return VenueError.LimitOnly;
        if (side != (order.Side == Side.Buy ? "BUY" : "SELL")) return VenueError.BadSide;
        var filters = call.Account.Rules.Symbols.Find(order.Symbol)!;
        return OrderRequests.ReadAmounts(sent, order, filters, out var quantity, out var price)
            ?? call.Account.Trading.Amend(order, quantity, price, call.NowMs);
    }

    private static VenueError? PlaceBatch(Call call) => DoBatch(call, "batchOrders", (sent, json) =>
    {
        if (PlaceOne(call, sent, out var order) is { } refusal) return refusal;
        OrderJson.WriteReply(json, call.Account, order!);
        return null;
    });

    private static VenueError? AmendBatch(Call call) => DoBatch(call, "batchOrders", (sent, json) =>
    {
        if (AmendOne(call, sent, out var order) is { } refusal) return refusal;
        OrderJson.WriteReply(json, call.Account, order);
        return null;
    });

    private static VenueError? DoBatch(Call call, string name, Func<Parameters, Utf8JsonWriter, VenueError?> one)
    {
        if (call.Parameters.Find(name) is not { } text) return VenueError.Missing(name);
        using var list = JsonText.Parse(text);
        if (list?.RootElement is not { ValueKind: JsonValueKind.Array } rows || rows.GetArrayLength() == 0)
            return VenueError.Missing(name);
        if (rows.GetArrayLength() > MostOfABatch) return VenueError.TooManyInBatch;
        call.Json.WriteStartArray();
        foreach (var row in rows.EnumerateArray())
        {
            var refusal = row.ValueKind == JsonValueKind.Object
                ? one(JsonText.ParametersOf(row), call.Json) : VenueError.Missing(name);
            if (refusal is not null) WriteRefusal(call.Json, refusal);
        }

        call.Json.WriteEndArray();
        return null;
    }

    private static VenueError? CancelBatch(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        // One of the clients writes both names small, as the exchange lets it.
        var ids = call.Parameters.Find("orderIdList") ?? call.Parameters.Find("orderidlist");
        var isById = ids is not null;
        var text = ids ?? call.Parameters.Find("origClientOrderIdList")
            ?? call.Parameters.Find("origclientorderidlist");
        if (text is null) return VenueError.Missing("orderIdList");
        using var list = JsonText.Parse(text);
        if (list?.RootElement is not { ValueKind: JsonValueKind.Array } rows) return VenueError.Missing("orderIdList");
        if (rows.GetArrayLength() > 2 * MostOfABatch) return VenueError.TooManyInBatch;
        call.Json.WriteStartArray();
        foreach (var row in rows.EnumerateArray())
        {
            var sent = new Parameters();
            sent.Add("symbol", filters.Symbol.Name);
            sent.Add(isById ? "orderId" : "origClientOrderId", JsonText.TextOf(row) ?? "");
            if (CancelOne(call, sent, out var order) is { } refused) WriteRefusal(call.Json, refused);
            else OrderJson.WriteReply(call.Json, call.Account, order);
        }

        call.Json.WriteEndArray();
        return null;
    }

    private static VenueError? ListOpen(Call call)
    {
        if (OrderRequests.ReadWanted(call, out var wanted) is { } refusal) return refusal;
        return call.WriteAll(
            call.Account.Orders.Live.Where(order => OrderRequests.Fits(order.Symbol, wanted)), OrderJson.WriteQueried);
    }

    private static VenueError? ListAll(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        if (Page.Read(call.Parameters, "orderId", out var page) is { } fault) return fault;
        var orders = call.Account.Orders.All.Where(order => order.Symbol == filters.Symbol)
            .OrderBy(order => order.Id);
        return call.WriteAll(page.Of(orders, order => order.Id, order => order.CreatedMs), OrderJson.WriteQueried);
    }

    private static VenueError? CancelAll(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        call.Account.Trading.CancelAll(filters.Symbol, call.NowMs);
        WriteDone(call.Json, "The operation of cancel all open order is done.");
        return null;
    }

    private static VenueError? SetCountdown(Call call)
    {
        if (OrderRequests.ReadSymbol(call.Account, call.Parameters, out var filters) is { } refusal) return refusal;
        if (!call.Parameters.TryLong("countdownTime", out var time) || time is not { } waitMs || waitMs < 0)
            return VenueError.Missing("countdownTime");
        call.Account.Countdowns.Set(filters.Symbol, waitMs == 0 ? null : call.NowMs + waitMs);
        call.Json.WriteStartObject();
        call.Json.WriteString("symbol"u8, filters.Symbol.Name);
        call.Json.WriteString("countdownTime"u8, waitMs.ToString(System.Globalization.CultureInfo.InvariantCulture));
        call.Json.WriteEndObject();
        return null;
    }

    private static VenueError? Find(Call call, Parameters sent, VenueError unknown, out Order order)
    {
        order = null!;
        if (OrderRequests.ReadSymbol(call.Account, sent, out var filters) is { } refusal) return refusal;
        if (!sent.TryLong("orderId", out var id)) return VenueError.Missing("orderId");
        var clientId = sent.Find("origClientOrderId");
        if (id is null && clientId is null) return VenueError.NoOrderId;
        var found = id is { } known ? call.Account.Orders.Find(known) : call.Account.Orders.Find(clientId!);
        if (found is null || found.Symbol != filters.Symbol) return unknown;
        order = found;
        return null;
    }

    public static void WriteRefusal(Utf8JsonWriter json, VenueError refusal)
    {
        json.WriteStartObject();
        json.WriteNumber("code"u8, refusal.Code);
        json.WriteString("msg"u8, refusal.Message);
        json.WriteEndObject();
    }

    public static void WriteDone(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteNumber("code"u8, 200);
        json.WriteString("msg"u8, message);
        json.WriteEndObject();
    }
}
