namespace Quantum.Roles.Ilf;

/// <summary>The factors of one proposal, each a multiplier above 0.</summary>
internal readonly record struct IlfFactors(
    double Volatility, double PnlTrend, double SymbolRisk, double Margin, double Divergence, double Funding);
