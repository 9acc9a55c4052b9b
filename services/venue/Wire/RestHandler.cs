using System.Buffers;
using Quantum.Venue.Accounts;
using Quantum.Venue.Engine;

namespace Quantum.Venue.Wire;

/// <summary>Answers REST requests: reads and checks the signature, and has the rest done by the loop.</summary>
internal sealed class RestHandler(VenueCore core, AccountBook accounts, Dispatcher dispatcher)
{
    private const string Json = "application/json;charset=UTF-8";
    private const string Html = "text/html";

    public async Task HandleAsync(HttpContext context)
    {
        var route = core.Routes.Find(context.Request.Method, context.Request.Path.Value ?? "");
        if (route is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Request request;
        try
        {
            request = await RequestReader.ReadAsync(context, route);
        }
        catch (IOException)
        {
            // The body is none: broken chunks, or the client went away.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var reply = await AnswerAsync(request, context.RequestAborted);
        if (reply.IsCut) context.Abort();
        else await SendAsync(context.Response, reply);
    }

    /// <summary>Has a request answered, with the waits that faults ask for.</summary>
    public async Task<Reply> AnswerAsync(Request request, CancellationToken cancel)
    {
        var isSigned = request is { Signature: { } signature, Key: { } key } && accounts.Find(key) is { } account
            && Signature.Fits(account.Secret, request.SignedText, signature);
        var reply = await core.Loop.Ask(() => dispatcher.Handle(request, isSigned, Reply.Rent(), false));
        if (reply.WaitMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(reply.WaitMs), cancel);
            reply.Dispose();
            reply = await core.Loop.Ask(() => dispatcher.Handle(request, isSigned, Reply.Rent(), true));
        }

        if (reply.Awaited is { } awaited) await awaited.Task;
        reply.ApplyLie();
        if (reply.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(reply.DelayMs), cancel);
        return reply;
    }

    private static async Task SendAsync(HttpResponse response, Reply reply)
    {
        response.StatusCode = reply.Status;
        response.ContentType = reply.IsHtml ? Html : Json;
        response.ContentLength = reply.Body.WrittenCount;
        response.Headers["X-MBX-USED-WEIGHT-1M"] = Text(reply.UsedWeight);
        if (reply.Orders is var (tenSeconds, minute))
        {
            response.Headers["X-MBX-ORDER-COUNT-10S"] = Text(tenSeconds);
            response.Headers["X-MBX-ORDER-COUNT-1M"] = Text(minute);
        }

        if (reply.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = Text(seconds);
        response.BodyWriter.Write(reply.Body.WrittenSpan);
        await response.BodyWriter.FlushAsync();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
