using Quantum.Cli.Looking;

namespace Quantum.Cli.Commands;

/// <summary>Tightens the stop of one position by hand.</summary>
internal static class StopMoveVerb
{
    private const string Name = "stop-move";
    private const string Summary = "tightens the stop of one position; shown first, done with --yes";

    private const string Explained = """
        Has the executor replace the resting stop of one position, the new one before the old one goes. A stop only
        tightens: one that is looser, or that the price has crossed already, is refused with the figures. ExitBrain
        goes on from there, and never loosens it either.

        Exit code: 0 moved, 1 refused, not yet moved or shown only, 2 could not ask.

        Examples:
          ./quantum stop-move NEARUSDT 4.85 --reason "lock it in"
          ./quantum stop-move NEARUSDT 4.85 --reason "lock it in" --by anna --yes
        """;

    public static Command Create()
    {
        var price = new Argument<string>("price") { Description = "where the stop is to rest, quote currency" };
        var command = new Command(Name, Explained) { price };
        new OnePosition().AddTo(command, parsed =>
        {
            var text = parsed.GetValue(price)!;
            if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var wanted)
                || wanted <= 0)
                throw new CliException($"the price is '{text}': write a number above 0, for example 4.85.");
            return (symbol, held) => (
                new ControlCommand
                {
                    Command = ControlAction.MoveStop, Symbol = symbol, PositionId = held?.PositionId,
                    StopPrice = wanted, Reason = "", By = "",
                },
                string.Create(CultureInfo.InvariantCulture, $"moves it to {wanted}"));
        });
        return command;
    }
}
