using Quantum.Console.Acting;
using Quantum.Console.Live;
using Quantum.Looking;

namespace Quantum.Console.Backtests;

/// <summary>
/// Starts and ends backtests for an operator, and for nobody else: checked here, not by the button, and noted with who
/// and from where before it is done.
/// </summary>
public sealed class BacktestActions(OperatorActions actions, Questions questions, BacktestShelf shelf)
{
    private const string ReadersLook =
        "Only an operator may do this; you look on as a reader, or your session has ended.";

    /// <summary>Starts one; gives why not, or null.</summary>
    public async Task<string?> StartAsync(BacktestRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!await actions.MayActAsync()) return ReadersLook;
        if (shelf.FaultOf(request) is { } fault) return fault;
        return await NoteAsync($"backtest of {request.Title()}")
            ?? shelf.Start(request, await actions.NameAsync());
    }

    /// <summary>Ends one; gives why not, or null.</summary>
    public async Task<string?> CancelAsync(string id)
    {
        if (!await actions.MayActAsync()) return ReadersLook;
        if (await NoteAsync($"backtest {id} cancelled") is { } fault) return fault;
        shelf.Cancel(id);
        return null;
    }

    private async Task<string?> NoteAsync(string what)
    {
        var (by, from) = (await actions.NameAsync(), await actions.AddressAsync());
        var (_, fault) = await questions.AskAsync(look =>
        {
            look.RequireMode();
            ActionLog.Add(look, $"{by} from {from}: {what}");
            return what;
        });
        return fault is null ? null : $"It could not be noted, so it was not done. {fault}";
    }
}
