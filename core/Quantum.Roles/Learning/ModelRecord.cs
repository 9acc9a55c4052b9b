namespace Quantum.Roles.Learning;

/// <summary>What became of one model version's signals and trades.</summary>
internal sealed class ModelRecord
{
    /// <summary>What all versions' are saved under.</summary>
    public const string Key = "versions";

    /// <summary>Signals, from 0.</summary>
    public long Signals { get; set; }

    /// <summary>Signals that the AI stood for, from 0.</summary>
    public long Adopted { get; set; }

    /// <summary>Finished trades, from 0.</summary>
    public int Trades { get; set; }

    /// <summary>Of these with a gain after costs.</summary>
    public int Wins { get; set; }

    /// <summary>Losing trades since the last gain, from 0.</summary>
    public int LossesInARow { get; set; }

    /// <summary>Net result of all trades, USD.</summary>
    public decimal PnlUsd { get; set; }

    /// <summary>Sum of the known R multiples.</summary>
    public double SumR { get; set; }

    /// <summary>Trades whose R multiple is known, from 0.</summary>
    public int TradesWithR { get; set; }

    /// <summary>Share of trades with a gain, 0 to 1; null without trades.</summary>
    public double? WinRate() => Trades == 0 ? null : (double)Wins / Trades;

    /// <summary>Mean R; null without one.</summary>
    public double? MeanR() => TradesWithR == 0 ? null : SumR / TradesWithR;
}
