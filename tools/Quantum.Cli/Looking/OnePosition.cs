using Quantum.Roles.Positions;

namespace Quantum.Cli.Looking;

/// <summary>A word about one position: shown first, said with --yes, and ended by the executor.</summary>
internal sealed class OnePosition
{
    private readonly Argument<string> _symbol = new("symbol") { Description = "for example NEARUSDT" };
    private readonly Option<string> _redis = CommonOptions.Redis();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _yes = CommonOptions.Yes();
    private readonly Control _control = new();

    /// <summary>Gives a command its options and what it does.</summary>
    /// <param name="read">
    /// Reads the arguments, before anything is asked; gives the word about the position and what it would do in words.
    /// </param>
    public void AddTo(
        Command command,
        Func<ParseResult, Func<Symbol, BookedPosition?, (ControlCommand Word, string What)>> read)
    {
        command.Arguments.Insert(0, _symbol);
        foreach (var option in (Option[])[_redis, _json, _yes]) command.Options.Add(option);
        _control.AddTo(command);
        command.SetAction(
            (parsed, cancel) => Task.Run(() => Run(parsed, read(parsed), cancel), CancellationToken.None));
    }

    private int Run(
        ParseResult parsed, Func<Symbol, BookedPosition?, (ControlCommand Word, string What)> wordOf,
        CancellationToken cancel)
    {
        var symbol = CommonOptions.SymbolOf(parsed.GetValue(_symbol)!);
        using var look = new QuantumRedis(parsed.GetValue(_redis));
        look.RequireMode();
        var held = look.Books(RoleNames.Executor, BookedPosition.ExecutorField, BookedPosition.OfExecutor)
            .GetValueOrDefault(symbol.Name);
        var (word, what) = wordOf(symbol, held);
        var isMeant = parsed.GetValue(_yes);
        // Also without a position: the executor's book may know more than it has saved, and the refusal is its word.
        var outcome = isMeant ? _control.Say(look, parsed, word, cancel) : null;
        if (parsed.GetValue(_json))
            JsonText.Print(new
            {
                symbol = symbol.Name, dryRun = !isMeant, quantity = held?.Quantity ?? 0, stopPrice = held?.StopPrice,
                outcome,
            });
        else if (!isMeant) Console.Out.WriteLine(Preview(held, what));
        else Console.Out.WriteLine(outcome?.Told ?? Control.UnansweredBy("the executor"));
        return outcome is { IsDone: true } ? ExitCode.Healthy : ExitCode.Findings;
    }

    private static string Preview(BookedPosition? held, string what) => held is { IsOpen: true }
        ? string.Create(CultureInfo.InvariantCulture,
            $"{held.Quantity} at {held.EntryPrice:0.########}, its stop at {held.StopPrice:0.########}. ")
            + $"Nothing was changed: --yes {what}."
        : "The executor holds no such position: ./quantum positions shows what is open. Nothing was changed.";
}
