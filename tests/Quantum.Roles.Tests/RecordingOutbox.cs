using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Reasons;
using Quantum.Contracts.Wire;

namespace Quantum.Roles.Tests;

/// <summary>
/// Keeps what a role published, decoded again from its wire form. A reason that the registry does not know of that role
/// fails the test.
/// </summary>
internal sealed class RecordingOutbox(
    string idPrefix, SortedDictionary<string, int>? counts = null, string? role = null) : Outbox
{
    private readonly List<(string Id, EventStream Stream, object Payload)> _published = [];

    public int Total => _published.Count;

    /// <summary>The correlation each was published under, in order; null carries on the input's.</summary>
    public List<string?> Correlations { get; } = [];

    /// <summary>The last figures that each counter and reason was counted with.</summary>
    public SortedDictionary<string, string> Figures { get; } = new(StringComparer.Ordinal);

    /// <summary>What was published on a stream, in order.</summary>
    public IReadOnlyList<TEvent> Of<TEvent>(EventStream<TEvent> stream) where TEvent : struct =>
        [.. _published.Where(p => p.Stream == stream).Select(p => (TEvent)p.Payload)];

    /// <summary>The ids of what was published on a stream, in order.</summary>
    public IReadOnlyList<string> IdsOf(EventStream stream) =>
        [.. _published.Where(p => p.Stream == stream).Select(p => p.Id)];

    public override PublishedEvent Publish<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, string? correlationId = null)
    {
        var fields = new FieldBuffer();
        stream.Codec.Encode(in payload, fields);
        Assert.True(stream.Codec.TryDecode(fields.Fields, 0, out var decoded, out var fault), fault.ToString());
        if (ReasonCatalog.FieldOf(stream) is { } field
            && fields.Fields.TryGet(Encoding.UTF8.GetBytes(field), out var code) && !code.IsEmpty)
            Check(Encoding.UTF8.GetString(code), ReasonCatalog.GivenOn(stream.Name), stream.Name);
        _published.Add((IdOf(_published.Count), stream, decoded));
        Correlations.Add(correlationId);
        return new PublishedEvent(this, _published.Count - 1);
    }

    public override void Count(string counter, string reason, string? subject = null, string? figures = null)
    {
        if (role is not null) Check(reason, ReasonCatalog.CountedBy(role, counter), $"{role} counts {counter}");
        if (figures is not null) Figures[$"{counter}/{reason}"] = figures;
        if (counts is null) return;
        counts[$"{counter}/{reason}"] = counts.GetValueOrDefault($"{counter}/{reason}") + 1;
    }

    private static void Check(string code, IEnumerable<ReasonCode> registered, string where) => Assert.True(
        registered.Any(reason => reason.Covers(code)),
        $"{where}: the reason '{code}' is not registered there: add it to core/Quantum.Contracts/Reasons.");

    protected override string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{idPrefix}.{number}");
}
