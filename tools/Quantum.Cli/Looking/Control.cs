using System.CommandLine;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Symbol = Quantum.Contracts.Units.Symbol;

namespace Quantum.Cli.Looking;

/// <summary>An operator's word, with the options that every such verb has.</summary>
internal sealed class Control
{
    /// <summary>Said when governance has not acted in time.</summary>
    public static readonly string Unanswered = UnansweredBy("governance");

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "why; recorded with the policy", Required = true,
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = "who; recorded with the policy", DefaultValueFactory = _ => Environment.UserName,
    };

    private readonly Option<double?> _timeout = CommonOptions.Number(
        "--timeout", "seconds to wait for the answer", "seconds", least: 0, most: 3600, unlessGiven: 10);

    public static string UnansweredBy(string service) =>
        $"The word is recorded, but {service} has not answered in time: is it alive? ./quantum audit tells.";

    public void AddTo(Command command)
    {
        command.Options.Add(_reason);
        command.Options.Add(_by);
        command.Options.Add(_timeout);
    }

    /// <summary>The longest to wait for an answer.</summary>
    public TimeSpan Timeout(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(_timeout)!.Value);

    /// <summary>
    /// Says it and waits until whoever follows it, governance, the market's feed or the executor, has acted on it;
    /// false when it has not in time.
    /// </summary>
    public bool Say(QuantumRedis look, ParseResult parsed, ControlAction action, RiskMode? riskMode = null,
        Symbol? symbol = null)
    {
        var word = new ControlCommand
        {
            Command = action, RiskMode = riskMode, Symbol = symbol, Reason = parsed.GetValue(_reason)!,
            By = parsed.GetValue(_by)!,
        };
        return OperatorWord.Say(look, word).Wait(look, Timeout(parsed));
    }

    /// <summary>Says a word about one position and waits for its end; null when it has not come in time.</summary>
    /// <param name="look">The system.</param>
    /// <param name="parsed">Who, why and how long to wait.</param>
    /// <param name="word">What; who and why are set here.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public WordOutcome? Say(QuantumRedis look, ParseResult parsed, ControlCommand word, CancellationToken cancel) =>
        WordOutcome.Wait(
            look,
            OperatorWord.Say(look, word with { Reason = parsed.GetValue(_reason)!, By = parsed.GetValue(_by)! }),
            Timeout(parsed), cancel);
}
