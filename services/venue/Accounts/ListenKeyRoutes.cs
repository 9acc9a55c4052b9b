namespace Quantum.Venue.Accounts;

/// <summary>Makes, prolongs and closes listen keys: with the key alone, unsigned.</summary>
internal static class ListenKeyRoutes
{
    private const string Path = "/fapi/v1/listenKey";

    public static void AddTo(RouteTable routes)
    {
        routes.Add(new Route("POST", Path, RouteSecurity.Key, _ => 1, Open), "userDataStream.start");
        routes.Add(new Route("PUT", Path, RouteSecurity.Key, _ => 1, Prolong), "userDataStream.ping");
        routes.Add(new Route("DELETE", Path, RouteSecurity.Key, _ => 1, Close), "userDataStream.stop");
    }

    private static VenueError? Open(Call call)
    {
        WriteKey(call, call.Account.Stream.Open(call.NowMs));
        return null;
    }

    private static VenueError? Prolong(Call call)
    {
        if (!call.Account.Stream.Prolong(call.NowMs)) return VenueError.BadListenKey;
        WriteKey(call, call.Account.Stream.ListenKey!);
        return null;
    }

    private static VenueError? Close(Call call)
    {
        if (call.Account.Stream.ListenKey is null) return VenueError.BadListenKey;
        call.Account.Stream.Close();
        call.Json.WriteStartObject();
        call.Json.WriteEndObject();
        return null;
    }

    private static void WriteKey(Call call, string key)
    {
        call.Json.WriteStartObject();
        call.Json.WriteString("listenKey"u8, key);
        call.Json.WriteEndObject();
    }
}
