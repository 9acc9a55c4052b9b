using Quantum.Venue.Accounts;
using Quantum.Venue.Faults;

namespace Quantum.Venue.Engine;

/// <summary>
/// Takes a request through limits, faults, key, time and signature to its handler, on the loop's thread. Weight is
/// counted by account where the key is known, else by the address it came from.
/// </summary>
internal sealed class Dispatcher(VenueCore core, AccountBook accounts)
{
    private const int UsualWindowMs = 5_000;
    private const int MostWindowMs = 60_000;
    private const int AheadMs = 1_000;

    private readonly Dictionary<string, RateLimits> _strangers = new(StringComparer.Ordinal);

    /// <summary>Answers a request.</summary>
    /// <param name="request">As it was read.</param>
    /// <param name="isSigned">Whether its signature fits the secret of its key.</param>
    /// <param name="reply">Where the answer goes.</param>
    /// <param name="hasWaited">True when a fault has already held it up.</param>
    public Reply Handle(Request request, bool isSigned, Reply reply, bool hasWaited)
    {
        var atMs = core.Clock.NowMs;
        var account = request.Key is { } key ? accounts.Find(key) : null;
        var fault = hasWaited ? null : account?.Faults.OfRequest(request.Route.Name);
        fault?.Note(ClientIdOf(request.Parameters));
        if (fault is { Kind: FaultKind.Delay, IsBefore: true })
        {
            reply.WaitMs = fault.DelayMs;
            return reply;
        }

        var limits = account?.Limits ?? Stranger(request.Address);
        if (fault?.Kind == FaultKind.Ban) limits.Ban(atMs + fault.DelayMs);
        if (limits.Charge(request.Route.Weight(request.Parameters), atMs) is var (error, seconds))
        {
            Refuse(reply, error, limits, seconds);
            return reply;
        }

        reply.UsedWeight = limits.UsedWeight;
        if (fault is { IsBefore: true } or { Kind: FaultKind.Refuse }) Strike(fault, reply);
        else Admit(request, isSigned, account, limits, reply, atMs, fault);
        return reply;
    }

    private void Admit(
        Request request, bool isSigned, Account? account, RateLimits limits, Reply reply, long atMs, FaultRule? fault)
    {
        var seenMs = atMs + (account?.Faults.ShiftMs ?? 0);
        if (Entry(request, isSigned, account, seenMs) is { } refusal)
        {
            reply.Refuse(refusal);
            return;
        }

        if (request.Route.Orders is { } orders)
        {
            if (limits.ChargeOrders(orders, atMs) is var (error, seconds))
            {
                Refuse(reply, error, limits, seconds);
                return;
            }

            reply.Orders = limits.Orders;
        }

        var call = new Call(request.Parameters, atMs, seenMs, reply.Json, account);
        if (request.Route.Handle(call) is { } refused) reply.Refuse(refused);
        else if (call.Awaits is var (order, write)) Defer(account!, order, write, reply, atMs);
        else reply.Json.Flush();
        if (fault is not null) Strike(fault, reply);
    }

    private static VenueError? Entry(Request request, bool isSigned, Account? account, long atMs)
    {
        if (request.Route.Security == RouteSecurity.Public) return null;
        if (string.IsNullOrEmpty(request.Key) || !request.Key.All(char.IsAsciiLetterOrDigit))
            return VenueError.KeyFormat;
        if (account is null) return VenueError.BadKey;
        if (request.Route.Security == RouteSecurity.Key) return null;
        var sent = request.Parameters;
        if (!sent.TryLong("timestamp", out var timestamp) || timestamp is not { } sentMs)
            return VenueError.Missing("timestamp");
        if (string.IsNullOrEmpty(request.Signature)) return VenueError.Missing("signature");
        if (!isSigned) return VenueError.Signature;
        if (!sent.TryLong("recvWindow", out var window) || window < 0) return VenueError.Missing("recvWindow");
        if (window > MostWindowMs) return VenueError.BadRecvWindow;
        return sentMs < atMs + AheadMs && atMs - sentMs <= (window ?? UsualWindowMs) ? null : VenueError.Timestamp;
    }

    private void Defer(Account account, Order order, Action write, Reply reply, long atMs)
    {
        var deferral = new Deferral(order, atMs + core.Options.ResultWaitMs, reply, write);
        reply.Awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!deferral.TryComplete(atMs)) account.Deferrals.Add(deferral);
    }

    private static void Refuse(Reply reply, VenueError error, RateLimits limits, int seconds)
    {
        reply.UsedWeight = limits.UsedWeight;
        reply.RetryAfterSeconds = seconds;
        reply.Refuse(error);
    }

    private static void Strike(FaultRule fault, Reply reply)
    {
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                reply.DelayMs = fault.DelayMs;
                break;
            case FaultKind.Cut:
                reply.IsCut = true;
                break;
            case FaultKind.Refuse or FaultKind.HiddenSuccess:
                // What waits for an order's end would write over it.
                reply.Lie = fault.IsHtml ? null : new VenueError(fault.Code, fault.Message, fault.Status);
                reply.LieStatus = fault.Status;
                break;
        }
    }

    private static string? ClientIdOf(Parameters sent) => sent.Find("newClientOrderId")
        ?? sent.Find("origClientOrderId") ?? sent.Find("clientAlgoId");

    private RateLimits Stranger(string address)
    {
        if (_strangers.TryGetValue(address, out var known)) return known;
        return _strangers[address] = new RateLimits(core.Options);
    }
}
