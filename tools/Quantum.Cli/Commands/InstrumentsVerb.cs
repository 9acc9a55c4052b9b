using Quantum.Cli.Looking;
using Quantum.Instruments;

namespace Quantum.Cli.Commands;

/// <summary>The book of instruments: looks into it, compares two, and takes in what the exchange tells.</summary>
internal static class InstrumentsVerb
{
    private const string Name = "instruments";
    private const string Summary = "facts about instruments: list, show, diff, and import what the exchange tells";

    private const string Explained = """
        The book of instruments that `./quantum up` trades by: tick, step, order sizes, least notional, price band,
        leverage brackets and funding interval of each symbol. A book comes with the product; .quantum/instruments.json
        is laid over it when it is there, or what `up --instruments FILE` names. A symbol without facts is not traded.

        FILE is Binance's USD-M exchangeInfo, leverageBracket or fundingInfo as downloaded, or an instruments.json;
        plain or gzip. An entry by hand is one object of "instruments": {"instruments":[{"symbol":"FOOUSDT",
        "tickSize":0.0001,"stepSize":1,"maxQuantity":1000000,"minNotionalUsd":5,"brackets":[[50000,20,0.025]]}]},
        where a bracket is [largest notional in USD, leverage, maintenance margin fraction].

        `import` shows what would change, and replaces only with --yes. What the files do not name stays as it was,
        unless --only. Without a leverage table leverage 1 and a maintenance margin of 25 % are assumed, and said.

        Exit code: 0 done, 1 something differs or was left out or is not there, 2 could not look.

        Examples:
          ./quantum instruments import exchangeInfo.json leverageBracket.json
          ./quantum instruments import exchangeInfo.json leverageBracket.json --yes
          ./quantum instruments show BTCUSDT
          ./quantum instruments diff old-exchangeInfo.json.gz new-exchangeInfo.json.gz
        """;

    public static Command Create() => new(Name, Explained) { List(), Show(), Diff(), Import() };

    private static Command List()
    {
        var (book, json) = (BookOption(), CommonOptions.Json());
        var command = new Command("list", "every instrument of the book, one a line") { book, json };
        command.SetAction(parsed =>
        {
            var used = BookPlace.Book(parsed.GetValue(book));
            if (parsed.GetValue(json)) JsonText.Print(InstrumentText.Document(used));
            else InstrumentText.List(Console.Out, used);
            return ExitCode.Healthy;
        });
        return command;
    }

    private static Command Show()
    {
        var symbol = new Argument<string>("symbol") { Description = "for example BTCUSDT" };
        var (book, json) = (BookOption(), CommonOptions.Json());
        var command = new Command("show", "all facts of one instrument") { symbol, book, json };
        command.SetAction(parsed =>
        {
            var used = BookPlace.Book(parsed.GetValue(book));
            var name = parsed.GetValue(symbol)!.ToUpperInvariant();
            var row = used.Find(name);
            if (parsed.GetValue(json)) JsonText.Print(new { symbol = name, facts = InstrumentText.Row(row) });
            else if (row is not null) InstrumentText.Show(Console.Out, row, used);
            else Console.Out.WriteLine($"{name} is not in {used}. './quantum instruments import FILE' brings it.");
            return row is null ? ExitCode.Findings : ExitCode.Healthy;
        });
        return command;
    }

    private static Command Diff()
    {
        var files = new Argument<string[]>("file")
        {
            Description = "two files: the older and the newer; one: the book in force and that file",
            Arity = new ArgumentArity(1, 2),
        };
        var json = CommonOptions.Json();
        var command = new Command("diff", "what differs between two books") { files, json };
        command.SetAction(parsed =>
        {
            var named = parsed.GetValue(files)!;
            // Only what the files say: laid over a book, every row of it would be equal.
            var older = named.Length == 2 ? Alone(named[0]) : BookPlace.Book(null);
            var difference = BookDifference.Of(older, Alone(named[^1]));
            if (parsed.GetValue(json)) JsonText.Print(InstrumentText.Document(difference));
            else InstrumentText.Show(Console.Out, difference);
            return difference.IsNone ? ExitCode.Healthy : ExitCode.Findings;
        });
        return command;
    }

    private static InstrumentBook Alone(string file) =>
        BookImport.Of(BookPlace.Book(null), [file], isOnly: true).Book;

    private static Command Import()
    {
        var files = new Argument<string[]>("file")
        {
            Description = "exchangeInfo, leverageBracket, fundingInfo or instruments.json",
            Arity = ArgumentArity.OneOrMore,
        };
        var target = new Option<string?>("--out", "-o")
        {
            Description = "the book to change (default: .quantum/instruments.json of this tree)", HelpName = "FILE",
        };
        var only = new Option<bool>("--only") { Description = "drop the instruments that no file names" };
        var without = new Option<string[]>("--without")
        {
            Description = "leave these symbols of the files out, separated by commas", HelpName = "A,B",
        };
        var (yes, json) = (CommonOptions.Yes(), CommonOptions.Json());
        var command = new Command("import", "takes facts in, after showing what changes")
        {
            files, target, only, without, yes, json,
        };
        command.SetAction(parsed => InstrumentTaking.Run(
            parsed.GetValue(files)!, Path.GetFullPath(parsed.GetValue(target) ?? BookPlace.Path),
            parsed.GetValue(only), parsed.GetValue(without) ?? [], parsed.GetValue(yes), parsed.GetValue(json)));
        return command;
    }

    private static Option<string?> BookOption() => new("--book", "-b")
    {
        Description = "a file of facts instead of the book in force", HelpName = "FILE",
    };
}
