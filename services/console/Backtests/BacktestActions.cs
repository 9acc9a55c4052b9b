using System.Security.Claims;
using Quantum.Console.Acting;

namespace Quantum.Console.Backtests;

/// <summary>
/// Starts and ends backtests for an operator, and for nobody else, whether a page or a program asks: checked here, not
/// by the button, and noted with who and from where before it is done.
/// </summary>
public sealed class BacktestActions(OperatorWords words, BacktestShelf shelf)
{
    /// <summary>Starts one.</summary>
    public async Task<BacktestAnswer> StartAsync(
        ClaimsPrincipal user, BacktestRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!words.MayAct(user)) return new BacktestAnswer(null, OperatorWords.ReadersLook, RefusalKind.NotAllowed);
        if (shelf.FaultOf(request) is { } unfit) return new BacktestAnswer(null, unfit, RefusalKind.Unfit);
        if (shelf.FullFault() is { } full) return new BacktestAnswer(null, full, RefusalKind.NotSaid);
        if (await words.NoteAsync(user, $"backtest of {request.Title()}", cancel) is var (kind, why))
            return new BacktestAnswer(null, why, kind);
        var (job, fault) = shelf.Start(request, OperatorWords.NameOf(user));
        return new BacktestAnswer(job, fault, fault is null ? RefusalKind.None : RefusalKind.NotSaid);
    }

    /// <summary>Ends one; one that has ended stays as it is.</summary>
    public async Task<BacktestAnswer> CancelAsync(
        ClaimsPrincipal user, string id, CancellationToken cancel = default)
    {
        if (!words.MayAct(user)) return new BacktestAnswer(null, OperatorWords.ReadersLook, RefusalKind.NotAllowed);
        if (shelf.Find(id) is not { } job)
            return new BacktestAnswer(null, BacktestShelf.NotThere(id), RefusalKind.NotThere);
        if (await words.NoteAsync(user, $"backtest {job.Id} cancelled", cancel) is var (kind, why))
            return new BacktestAnswer(null, why, kind);
        shelf.Cancel(job.Id);
        return new BacktestAnswer(job, null, RefusalKind.None);
    }
}
