namespace Quantum.Bench.Budget;

/// <summary>What one process of the rate benchmark saw.</summary>
/// <param name="ExitLongestMs">The longest wait of an exit, ms.</param>
/// <param name="ExitP99Ms">The wait that one of a hundred exits exceeds, ms.</param>
/// <param name="ExitsSent">Exits and cancels sent.</param>
/// <param name="ExitsNotSent">Exits that were too late.</param>
/// <param name="EntriesSent">Entries sent.</param>
/// <param name="QueriesSent">Queries sent.</param>
/// <param name="WeightWanted">Request weight asked for.</param>
/// <param name="OrdersWanted">Orders asked for.</param>
internal sealed record WorkerFigures(
    double ExitLongestMs, double ExitP99Ms, int ExitsSent, int ExitsNotSent, int EntriesSent, int QueriesSent,
    long WeightWanted, long OrdersWanted);
