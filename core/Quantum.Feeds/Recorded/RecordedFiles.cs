using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>The files of a recording by what they hold, and why the others are not played.</summary>
internal sealed class RecordedFiles
{
    private readonly RecordedSettings _settings;
    private readonly List<TapeFile> _files = [];
    private readonly List<UnusedFile> _unused = [];
    private readonly SortedSet<Symbol> _there = [];

    private RecordedFiles(RecordedSettings settings) => _settings = settings;

    public IReadOnlyList<TapeFile> All => _files;

    /// <summary>What is not played.</summary>
    public IReadOnlyList<UnusedFile> Unused => _unused;

    /// <summary>Every symbol that a file's name tells, selected or not.</summary>
    public IReadOnlyCollection<Symbol> There => _there;

    /// <summary>The files of one form by symbol.</summary>
    public SortedDictionary<Symbol, List<TapePart>> Of(TapeForm form)
    {
        var bySymbol = new SortedDictionary<Symbol, List<TapePart>>();
        foreach (var file in _files.Where(file => file.Form == form && file.Symbol is not null))
        {
            if (!bySymbol.TryGetValue(file.Symbol!.Value, out var parts)) bySymbol[file.Symbol.Value] = parts = [];
            parts.Add(file.Part);
        }

        return bySymbol;
    }

    /// <summary>Looks at names and first lines; throws only when the path leads nowhere.</summary>
    public static RecordedFiles Find(RecordedSettings settings)
    {
        var files = new RecordedFiles(settings);
        var archive = ArchiveTape.Of(
            settings.Path, settings.SkipBroken, text => settings.OnNotice?.Invoke(new TapeNotice(true, text)));
        if (archive.Count > 0)
        {
            foreach (var tape in archive) files.Add(tape);
            return files;
        }

        var parts = TapeTree.Of(settings.Path, (part, mend) =>
            files._unused.Add(new UnusedFile(part, $"{part}: is in no form that is read; {mend}.", IsFault: false)));
        foreach (var part in parts) files.Add(part);
        return files;
    }

    private void Add(ArchiveTape tape)
    {
        var part = new TapePart(tape.Rows.Stream.Folder) { Archive = tape };
        if (tape.IsFunding)
        {
            foreach (var (symbol, rows) in ArchiveRows.Funding(tape))
                if (_settings.Symbols.Count == 0 || _settings.Symbols.Contains(symbol))
                    _files.Add(new TapeFile(part with { Funding = rows }, TapeForm.Funding, symbol));
            return;
        }

        if (!tape.IsCandles)
        {
            if (tape.Rows.Parts.Count > 0) _files.Add(new TapeFile(part, TapeForm.Archive, null));
            return;
        }

        foreach (var symbol in tape.Symbols())
        {
            _there.Add(symbol);
            if (_settings.Symbols.Count == 0 || _settings.Symbols.Contains(symbol))
                _files.Add(new TapeFile(part with { ArchiveSymbol = symbol }, TapeForm.Candles, symbol));
        }
    }

    private void Add(TapePart part)
    {
        if (TapeName.IsUseless(part))
        {
            Leave(part, $"{part}: holds nothing that is played.", isFault: false);
            return;
        }

        var (symbol, isSure) = TapeName.SymbolOf(part, _settings.Path);
        var isSelected = symbol is null || _settings.Symbols.Count == 0 || _settings.Symbols.Contains(symbol.Value);
        var form = Guarded.Try(() => Form(part), out var fault);
        if (symbol is { } named && (isSure || form is not null)) _there.Add(named);
        // One that is not asked for may be broken; one with all symbols in it is named after any.
        if (!isSelected && !(form is { } known && TapeFile.NamesSymbols(known))) return;
        if (fault is not null) Leave(part, fault.Message, isFault: true);
        else if (form is null) LeaveUnknown(part, isSure);
        else if (symbol is null && !TapeFile.NamesSymbols(form.Value))
            Leave(part, $"{part}: its name tells no symbol; name it like BTCUSDT.csv.gz.", isFault: false);
        else _files.Add(new TapeFile(part, form.Value, TapeFile.NamesSymbols(form.Value) ? null : symbol));
    }

    private TapeForm? Form(TapePart part)
    {
        TapeTree.CheckSum(part);
        return TapeForms.Of(part, _settings.Columns);
    }

    private void LeaveUnknown(TapePart part, bool isSure)
    {
        // A text may be anything.
        if (part.Is(".txt")) return;
        var reason = Guarded.Try(() => TapeForms.Unknown(part, _settings.Columns), out var fault);
        Leave(part, (fault ?? reason.Fault).Message, isFault: isSure && !reason.IsEmpty);
    }

    private void Leave(TapePart part, string reason, bool isFault) =>
        _unused.Add(new UnusedFile(part, reason, isFault));
}
