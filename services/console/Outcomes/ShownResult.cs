using Quantum.Backtest.Figures;
using Quantum.Backtest.Report;

namespace Quantum.Console.Outcomes;

/// <summary>One result as a page shows it, whether it was lived or played.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Sub">Of what, from when to when.</param>
/// <param name="Figures">By the same code for every result.</param>
/// <param name="Curve">The account, oldest first.</param>
/// <param name="Notes">What is to be known of it, one sentence each.</param>
public sealed record ShownResult(
    string Title, string Sub, BacktestFigures Figures, IReadOnlyList<CurvePoint> Curve, IReadOnlyList<string> Notes);
