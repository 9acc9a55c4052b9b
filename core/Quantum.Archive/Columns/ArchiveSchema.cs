using Parquet.Schema;

namespace Quantum.Archive.Columns;

/// <summary>
/// The columns of a stream's archive files: the entry's id in two numbers, the envelope and the payload as the catalog
/// names and types them, and <c>raw</c> for what does not fit into those. Streams that the catalog does not know have
/// <c>raw</c> alone.
/// </summary>
public sealed class ArchiveSchema
{
    public const string IdMs = "id_ms";
    public const string IdSequence = "id_seq";
    public const string Raw = "raw";

    /// <summary>What the names of roles' journals begin with in an archive.</summary>
    public const string JournalPrefix = "journal.";

    /// <summary>What the names of dead letters begin with in an archive.</summary>
    public const string DeadLetterPrefix = "dlq.";

    /// <summary>What the names of roles' saved states begin with in an archive.</summary>
    public const string StatePrefix = "state.";

    /// <summary>The name under which an archive keeps the settings that the roles were given.</summary>
    public const string Settings = "settings";

    private static readonly (string Name, ColumnKind Kind)[] s_envelope =
    [
        ("event_id", ColumnKind.Text), ("ts", ColumnKind.Whole), ("source", ColumnKind.Text),
        ("mode", ColumnKind.Text), ("v", ColumnKind.Whole), ("correlation_id", ColumnKind.Text),
        ("causation_id", ColumnKind.Text), ("traceparent", ColumnKind.Text),
    ];

    private static readonly string[] s_tailEnvelope = ["ts", "mode", "v"];

    private readonly Dictionary<string, int> _places;

    private ArchiveSchema(string stream, IEnumerable<ArchiveColumn> columns)
    {
        (Stream, Columns) = (stream, [.. columns]);
        _places = Columns.Select((column, place) => (column.Name, place)).DistinctBy(column => column.Name)
            .ToDictionary(column => column.Name, column => column.place, StringComparer.Ordinal);
        IdMsField = new DataField<long>(IdMs);
        IdSequenceField = new DataField<long>(IdSequence);
        Fields = [.. Columns.Select(FieldOf)];
        RawField = new DataField(Raw, typeof(string), isNullable: true);
        Parquet = new ParquetSchema([IdMsField, IdSequenceField, .. Fields, RawField]);
    }

    /// <summary>The stream's name in the archive.</summary>
    public string Stream { get; }

    /// <summary>The fields in wire order.</summary>
    public IReadOnlyList<ArchiveColumn> Columns { get; }

    /// <summary>The place of a column among <see cref="Columns"/>; -1 when there is none of that name.</summary>
    public int PlaceOf(string name) => _places.GetValueOrDefault(name, -1);

    internal ParquetSchema Parquet { get; }

    internal DataField IdMsField { get; }

    internal DataField IdSequenceField { get; }

    internal DataField[] Fields { get; }

    internal DataField RawField { get; }

    /// <summary>The schema that this build writes for a stream of an archive.</summary>
    public static ArchiveSchema Of(string stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.StartsWith(JournalPrefix, StringComparison.Ordinal))
            return new ArchiveSchema(
                stream, [new ArchiveColumn("in", ColumnKind.Text), new ArchiveColumn("at", ColumnKind.Whole)]);
        return StreamCatalog.Find(stream) is { } known
            ? new ArchiveSchema(stream, ColumnsOf(known))
            : new ArchiveSchema(stream, []);
    }

    /// <summary>The schema of a file that was written, perhaps by another build.</summary>
    internal static ArchiveSchema Of(string stream, ParquetSchema written) => new(
        stream,
        from field in written.GetDataFields()
        where field.Name is not (IdMs or IdSequence or Raw)
        select new ArchiveColumn(field.Name, KindOf(field.ClrType)));

    private static IEnumerable<ArchiveColumn> ColumnsOf(EventStream stream) =>
    [
        .. s_envelope.Where(field => !stream.IsTail || s_tailEnvelope.Contains(field.Name))
            .Select(field => new ArchiveColumn(field.Name, field.Kind)),
        .. stream.Fields.Select(field => new ArchiveColumn(field.Name, KindOf(field))),
    ];

    private static ColumnKind KindOf(FieldKind field) => KindOf(field.Type);

    private static ColumnKind KindOf(Type type) =>
        type == typeof(long) || type == typeof(int) ? ColumnKind.Whole
        : type == typeof(double) || type == typeof(decimal) ? ColumnKind.Number
        : type == typeof(bool) ? ColumnKind.Flag
        : ColumnKind.Text;

    private static DataField FieldOf(ArchiveColumn column) => new(
        column.Name,
        column.Kind switch
        {
            ColumnKind.Whole => typeof(long),
            ColumnKind.Number => typeof(double),
            ColumnKind.Flag => typeof(bool),
            _ => typeof(string),
        },
        isNullable: true);
}
