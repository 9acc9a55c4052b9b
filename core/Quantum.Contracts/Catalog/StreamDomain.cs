namespace Quantum.Contracts.Catalog;

/// <summary>The parts of the system, as the audit groups its streams.</summary>
public enum StreamDomain { Market, Ai, Trading, Portfolio, Governance, Learning }
