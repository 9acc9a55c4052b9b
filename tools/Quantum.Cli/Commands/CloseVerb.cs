using Quantum.Cli.Looking;

namespace Quantum.Cli.Commands;

/// <summary>Closes one position by hand.</summary>
internal static class CloseVerb
{
    private const string Name = "close";
    private const string Summary = "closes one position at the market; shown first, done with --yes";

    private const string Explained = """
        Has the executor close one position at the market, reduce-only, with the reason operator_close. Others stay, and
        entries go on: `./quantum kill on --reason …` stops those, `./quantum flatten --reason …` closes everything.
        The position that is shown is meant, and no other that may be open when the word arrives; a word older than
        half a minute is not followed.

        Exit code: 0 closed, 1 refused, not yet closed or shown only, 2 could not ask.

        Examples:
          ./quantum close NEARUSDT --reason "news"
          ./quantum close NEARUSDT --reason "news" --by anna --yes
        """;

    public static Command Create()
    {
        var command = new Command(Name, Explained);
        new OnePosition().AddTo(command, _ => (symbol, held) => (
            new ControlCommand
            {
                Command = ControlAction.Close, Symbol = symbol, PositionId = held?.PositionId, Reason = "", By = "",
            },
            "closes it at the market"));
        return command;
    }
}
