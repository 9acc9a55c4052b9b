using System.Buffers;
using System.Collections.Concurrent;

namespace Quantum.Venue.Wire;

/// <summary>What a request is answered with: made on the loop's thread, sent by the one that read it.</summary>
internal sealed class Reply : IDisposable
{
    private static readonly ConcurrentBag<Reply> s_free = [];

    private Reply() => Json = new Utf8JsonWriter(Body, new JsonWriterOptions { SkipValidation = true });

    public ArrayBufferWriter<byte> Body { get; } = new(2048);

    public Utf8JsonWriter Json { get; }

    public int Status { get; set; } = 200;

    /// <summary>Weight that the sender used in the running minute.</summary>
    public int UsedWeight { get; set; }

    /// <summary>Orders of the running ten seconds and minute; null when the request is none that orders.</summary>
    public (int TenSeconds, int Minute)? Orders { get; set; }

    /// <summary>Seconds after which one who was refused may come again.</summary>
    public int? RetryAfterSeconds { get; set; }

    /// <summary>Sent so much later, ms.</summary>
    public long DelayMs { get; set; }

    /// <summary>Nothing was done yet: the request is to be asked again after so long, ms.</summary>
    public long WaitMs { get; set; }

    /// <summary>HTTP status of what is told instead of the truth; 0: the truth.</summary>
    public int LieStatus { get; set; }

    /// <summary>What is told instead; null: a gateway's page.</summary>
    public VenueError? Lie { get; set; }

    /// <summary>Never sent: the connection is cut.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether the body is the page of a gateway instead of JSON.</summary>
    public bool IsHtml { get; set; }

    /// <summary>Not null while the reply waits for the order's end.</summary>
    public TaskCompletionSource? Awaited { get; set; }

    public static Reply Rent()
    {
        if (!s_free.TryTake(out var reply)) return new Reply();
        reply.Body.ResetWrittenCount();
        reply.Json.Reset(reply.Body);
        (reply.Status, reply.UsedWeight, reply.Orders, reply.RetryAfterSeconds) = (200, 0, null, null);
        (reply.DelayMs, reply.IsCut, reply.IsHtml, reply.Awaited) = (0, false, false, null);
        (reply.WaitMs, reply.LieStatus, reply.Lie) = (0, 0, null);
        return reply;
    }

    /// <summary>Replaces what was written by a refusal.</summary>
    public void Refuse(VenueError error)
    {
        Clear();
        Status = error.Status;
        Json.WriteStartObject();
        Json.WriteNumber("code"u8, error.Code);
        Json.WriteString("msg"u8, error.Message);
        Json.WriteEndObject();
        Json.Flush();
    }

    /// <summary>Puts the lie where the truth was written, if there is one.</summary>
    public void ApplyLie()
    {
        if (LieStatus == 0) return;
        if (Lie is { } lie)
        {
            Refuse(lie);
            return;
        }

        Clear();
        (Status, IsHtml) = (LieStatus, true);
        Body.Write("<html><head><title>503 Service Temporarily Unavailable</title></head><body></body></html>"u8);
    }

    public void Dispose() => s_free.Add(this);

    private void Clear()
    {
        Body.ResetWrittenCount();
        Json.Reset(Body);
    }
}
