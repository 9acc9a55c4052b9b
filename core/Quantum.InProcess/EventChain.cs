using Quantum.EventLog.Runner;

namespace Quantum.InProcess;

/// <summary>
/// Which event of a step led to which: enough to form every id when somebody asks, as <see cref="EventIds"/> does at
/// once where events are written. Nothing of a step is asked for once it is settled, so its links are used again.
/// </summary>
internal sealed class EventChain : IInputIds
{
    private Link[] _links = new Link[256];
    private int _count;

    /// <summary>Forgets a step.</summary>
    public void Clear() => _count = 0;

    /// <summary>A source event of an ordered stream.</summary>
    public int Source(string id, string source) => Add(new Link { Kind = LinkKind.Source, Text = id, Source = source });

    /// <summary>The same, of an id that is a text and a number.</summary>
    public int Source(string idText, long idNumber, string source) => Add(new Link
    {
        Kind = LinkKind.Numbered, Correlation = idText, Source = source, Position = new EntryId(idNumber, 0),
    });

    /// <summary>An event of a tail stream, which carries no id: what it leads to is named after its place.</summary>
    public int Tail(EventStream stream, EntryId position) =>
        Add(new Link { Kind = LinkKind.Tail, Source = stream.Name, Position = position });

    /// <summary>A clock reading of a role.</summary>
    public int Clock(string role, long atMs) =>
        Add(new Link { Kind = LinkKind.Clock, Source = role, Position = new EntryId(atMs, 0) });

    /// <summary>What a role published as the n-th event of an input, on an ordered stream.</summary>
    public int Published(int input, string role, int n, string? correlation) => Add(new Link
    {
        Kind = LinkKind.Published, Parent = input, Source = role, Position = new EntryId(n, 0),
        Correlation = correlation,
    });

    public string EventIdOf(int number) => _links[number].Kind == LinkKind.Tail ? "" : OwnIdOf(number);

    public string CorrelationIdOf(int number) =>
        _links[number].Kind is LinkKind.Tail or LinkKind.Clock ? "" : ChainOf(number);

    public string CausationIdOf(int number) =>
        _links[number].Kind == LinkKind.Published ? OwnIdOf(_links[number].Parent) : "";

    public string SourceOf(int number) => _links[number].Kind == LinkKind.Tail ? "" : _links[number].Source;

    /// <summary>The id of the n-th event that a role publishes for an input.</summary>
    public string IdOf(int input, string role, int n)
    {
        Span<byte> id = stackalloc byte[EventIds.Longest + 128];
        var length = EventIds.Write(
            Encoding.UTF8.GetBytes(OwnIdOf(input)), Encoding.UTF8.GetBytes(role), n, id);
        return Encoding.UTF8.GetString(id[..length]);
    }

    // What follows carries the input's correlation on, or begins a chain where the input has none.
    private string ChainOf(int number)
    {
        ref readonly var link = ref _links[number];
        if (link.Kind != LinkKind.Published || link.Correlation is { Length: 0 }) return OwnIdOf(number);
        return link.Correlation ?? ChainOf(link.Parent);
    }

    private string OwnIdOf(int number) => _links[number].Text ??= Form(in _links[number]);

    private string Form(in Link link) => link.Kind switch
    {
        LinkKind.Tail => $"{link.Source}@{link.Position}",
        LinkKind.Numbered => string.Create(CultureInfo.InvariantCulture, $"{link.Correlation}{link.Position.Ms}"),
        LinkKind.Clock => string.Create(CultureInfo.InvariantCulture, $"clock.{link.Position.Ms}"),
        _ => IdOf(link.Parent, link.Source, (int)link.Position.Ms),
    };

    private int Add(Link link)
    {
        if (_count == _links.Length) Array.Resize(ref _links, _count * 2);
        _links[_count] = link;
        return _count++;
    }

    private enum LinkKind { Source, Numbered, Tail, Clock, Published }

    private struct Link
    {
        public LinkKind Kind;

        /// <summary>The own id, once it was formed.</summary>
        public string? Text;

        /// <summary>Who published it; a tail's stream.</summary>
        public string Source;

        /// <summary>The input that led to it.</summary>
        public int Parent;

        /// <summary>Null carries the input's on; the text of a numbered id.</summary>
        public string? Correlation;

        /// <summary>A tail's place, a clock's time, a publication's number, or an id's.</summary>
        public EntryId Position;
    }
}
