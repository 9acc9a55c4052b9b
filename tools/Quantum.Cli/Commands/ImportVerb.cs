using Quantum.Feeds;
using Quantum.Feeds.Recorded;

namespace Quantum.Cli.Commands;

/// <summary>Brings recordings of others into an archive.</summary>
internal static class ImportVerb
{
    private const string Name = "import";
    private const string Summary = "brings recordings (Binance's dumps, captures, CSV) into an archive";

    private const string Explained = """
        Reads a recording in any form that ./quantum up --data plays, and writes it as an archive: candles with
        the funding beside them, or trades with quotes, mark prices and funding (docs/ARCHIVE.md). --data then takes the
        archive in its place. Nothing is changed unless all of it can be read; mark candles beside candles are left
        where they are.

        Exit code: 0 done, 2 could not.

        Examples:
          ./quantum import recordings/klines-1m --into market
          ./quantum import BTCUSDT-aggTrades-2025-12.zip --into trades
          ./quantum up --data market --speed 600
        """;

    public static Command Create()
    {
        var path = new Argument<string>("recording") { Description = "a folder or one file" };
        var into = new Option<string>("--into")
        {
            Description = "the archive's folder", HelpName = "folder", Required = true,
        };
        var selection = new RecordingOptions();
        var json = CommonOptions.Json();
        var command = new Command(Name, Explained) { path, into, json };
        selection.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var settings = selection.Of(parsed, parsed.GetValue(path)!) with
            {
                OnNotice = notice => Console.Error.WriteLine($"import: {notice.Text}"),
            };
            var import = ArchiveImport.Run(settings, parsed.GetValue(into)!, cancel);
            if (parsed.GetValue(json)) JsonText.Print(new { entries = import.Entries });
            else Console.Out.WriteLine($"{import.Entries} entries are in {parsed.GetValue(into)} now.");
            return Task.FromResult(ExitCode.Healthy);
        });
        return command;
    }
}
