using System.Numerics;
using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai.Model;

/// <summary>
/// The features of samples that tell a direction, row by row, filled up with zeros to whole vectors: training goes over
/// them again and again.
/// </summary>
internal sealed class FeatureRows
{
    /// <summary>A multiple of every vector's length.</summary>
    private const int Whole = 8;

    private readonly double[] _values;

    private FeatureRows(int count) => (Count, _values) = (count, new double[count * Width]);

    /// <summary>Features of a row that tell a direction.</summary>
    public static int Columns { get; } = FeatureSet.Directional.Count;

    /// <summary>Length of a row with what fills it up.</summary>
    public static int Width { get; } = (Columns + Whole - 1) / Whole * Whole;

    public int Count { get; }

    public ReadOnlySpan<double> this[int row] => _values.AsSpan(row * Width, Width);

    public static FeatureRows Of(IReadOnlyList<Sample> samples)
    {
        int[] places = [.. FeatureSet.Directional];
        var rows = new FeatureRows(samples.Count);
        for (var r = 0; r < rows.Count; r++)
        {
            var features = samples[r].Features;
            for (var j = 0; j < places.Length; j++) rows._values[r * Width + j] = features[places[j]];
        }

        return rows;
    }

    /// <summary>Root mean square of each column, at least 1e-9.</summary>
    public double[] Deviations()
    {
        var sums = new double[Width];
        var count = new Vector<double>(Count);
        for (var at = 0; at < _values.Length; at += Width)
        {
            for (var k = 0; k < Width; k += Vector<double>.Count)
            {
                var values = new Vector<double>(_values, at + k);
                (new Vector<double>(sums, k) + values * values / count).CopyTo(sums, k);
            }
        }

        var deviations = sums[..Columns];
        for (var j = 0; j < Columns; j++) deviations[j] = Math.Max(Math.Sqrt(deviations[j]), 1e-9);
        return deviations;
    }

    /// <summary>Brings each value over its column's deviation, clipped as <see cref="OutcomeModel.Standardise"/> does,
    /// in place.</summary>
    public FeatureRows Standardised(ReadOnlySpan<double> deviations)
    {
        Span<double> by = stackalloc double[Width];
        by.Fill(1);
        deviations.CopyTo(by);
        var most = new Vector<double>(OutcomeModel.MostDeviations);
        for (var at = 0; at < _values.Length; at += Width)
        {
            for (var k = 0; k < Width; k += Vector<double>.Count)
            {
                var value = new Vector<double>(_values, at + k) / new Vector<double>(by[k..]);
                Vector.Min(Vector.Max(value, -most), most).CopyTo(_values, at + k);
            }
        }

        return this;
    }
}
