using System.Buffers;
using System.Net;
using Quantum.Venue.Accounts;
using Quantum.Venue.Engine;

namespace Quantum.Venue.Faults;

/// <summary>
/// What tests and operators ask of the venue itself, on loopback alone: accounts, faults, the clock, and the truth.
/// The addresses are described in the service's README.
/// </summary>
internal sealed class AdminApi(VenueCore core, AccountBook accounts)
{
    public const string Prefix = "/admin/";

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var body = new ArrayBufferWriter<byte>();
        while (await context.Request.Body.ReadAsync(body.GetMemory(4_096), context.RequestAborted) is > 0 and var read)
            body.Advance(read);
        using var sent = body.WrittenCount == 0 ? null : JsonText.Parse(body.WrittenMemory);
        if (body.WrittenCount > 0 && sent?.RootElement.ValueKind != JsonValueKind.Object)
        {
            await TellAsync(context, 400, "the body is no JSON object");
            return;
        }

        var parameters = sent is null ? new Parameters() : JsonText.ParametersOf(sent.RootElement);
        foreach (var (name, value) in context.Request.Query) parameters.Add(name, value.ToString());
        var reply = new ArrayBufferWriter<byte>();
        var what = $"{context.Request.Method} {context.Request.Path.Value}";
        var fault = await core.Loop.Ask(() => Answer(what, parameters, reply));
        if (fault is not null)
        {
            await TellAsync(context, 400, fault);
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.BodyWriter.WriteAsync(reply.WrittenMemory);
    }

    private static async Task TellAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new Dictionary<string, string> { ["error"] = error });
    }

    // Null when it was done, else what is wrong with the request.
    private string? Answer(string what, Parameters sent, ArrayBufferWriter<byte> body)
    {
        using var json = new Utf8JsonWriter(body);
        return what switch
        {
            "POST /admin/accounts" => OpenAccount(sent, json),
            "GET /admin/accounts" => ListAccounts(json),
            "POST /admin/faults" => WithAccount(sent, account => AddFault(account, sent, json)),
            "DELETE /admin/faults" => WithAccount(sent, account =>
            {
                account.Faults.Clear();
                return Done(json);
            }),
            "GET /admin/state" => WithAccount(sent, account =>
            {
                if (sent.Find("live") == "true") StateJson.WriteLive(json, account);
                else StateJson.Write(json, account);
                return null;
            }),
            "POST /admin/clock" => SetClock(sent, json),
            "POST /admin/disconnect" => Disconnect(sent, json),
            "POST /admin/adl" => WithAccount(sent, account => Deleverage(account, sent, json)),
            _ => $"{what} is no address of the admin interface",
        };
    }

    private string? WithAccount(Parameters sent, Func<Account, string?> act)
    {
        if (sent.Find("key") is not { } key)
            return accounts.All is [var only] ? act(only) : "key is not set: which account?";
        return accounts.Find(key) is { } account ? act(account) : $"no account has the key '{key}'";
    }

    private string? OpenAccount(Parameters sent, Utf8JsonWriter json)
    {
        if (!sent.TryDecimal("balanceUsd", out var balanceUsd) || balanceUsd <= 0) return "balanceUsd is not above 0";
        if (!sent.TryLong("latencyMs", out var latencyMs) || latencyMs < 0) return "latencyMs is not 0 or more";
        var rules = core.Rules with
        {
            StartBalanceUsd = balanceUsd ?? core.Rules.StartBalanceUsd,
            LatencyMs = latencyMs ?? core.Rules.LatencyMs,
        };
        if (accounts.Open(sent.Find("key") ?? "", sent.Find("secret") ?? "", rules) is not var (account, secret))
            return $"an account of the key '{sent.Find("key")}' is there";
        json.WriteStartObject();
        json.WriteString("key"u8, account.Key);
        json.WriteString("secret"u8, secret);
        json.WriteEndObject();
        return null;
    }

    private string? ListAccounts(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var account in accounts.All) json.WriteStringValue(account.Key);
        json.WriteEndArray();
        return null;
    }

    private string? AddFault(Account account, Parameters sent, Utf8JsonWriter json)
    {
        if (FaultReader.Read(sent, core.Clock.NowMs, out var fault) is not { } rule) return fault;
        account.Faults.Add(rule);
        return Done(json);
    }

    private string? SetClock(Parameters sent, Utf8JsonWriter json)
    {
        if (!sent.TryLong("shiftMs", out var shiftMs) || shiftMs is null) return "shiftMs is not a number";
        core.Clock.ShiftMs = shiftMs.Value;
        return Done(json);
    }

    private string? Disconnect(Parameters sent, Utf8JsonWriter json)
    {
        if (sent.Find("key") is not { } key)
        {
            core.Streams.Cut(null);
            return Done(json);
        }

        if (accounts.Find(key) is not { } account) return $"no account has the key '{key}'";
        if (account.Stream.ListenKey is { } listenKey) core.Streams.Cut(listenKey);
        return Done(json);
    }

    private string? Deleverage(Account account, Parameters sent, Utf8JsonWriter json)
    {
        if (!Symbol.TryParse(sent.Find("symbol"), out var symbol)
            || account.FindHolding(symbol) is not { Quantity: not 0 } holding)
            return $"nothing is held of '{sent.Find("symbol")}'";
        return account.Trading.Deleverage(holding, core.Clock.NowMs) is { } refusal ? refusal.Message : Done(json);
    }

    private static string? Done(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
        return null;
    }
}
