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

    private double[] _values = [];

    /// <summary>Features of a row that tell a direction.</summary>
    public static int Columns { get; } = FeatureSet.Directional.Count;

    /// <summary>Length of a row with what fills it up.</summary>
    public static int Width { get; } = (Columns + Whole - 1) / Whole * Whole;

    public int Count { get; private set; }

    public ReadOnlySpan<double> this[int row] => _values.AsSpan(row * Width, Width);

    /// <summary>Forgets the rows and keeps their room.</summary>
    public void Clear() => Count = 0;

    /// <summary>A further row, to be written: its columns.</summary>
    public Span<double> Next()
    {
        Reserve(Count + 1);
        var row = _values.AsSpan(Count++ * Width, Width);
        row[Columns..].Clear();
        return row[..Columns];
    }

    /// <summary>Takes over one further row.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        Reserve(Count + 1);
        row.CopyTo(_values.AsSpan(Count++ * Width));
    }

    /// <summary>Takes over further rows as they are.</summary>
    /// <param name="source">Whose rows.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="to">Behind the last of them.</param>
    public void Add(FeatureRows source, int from, int to)
    {
        Reserve(Count + to - from);
        source._values.AsSpan(from * Width, (to - from) * Width).CopyTo(_values.AsSpan(Count * Width));
        Count += to - from;
    }

    /// <summary>Root mean square of each column, at least 1e-9.</summary>
    public double[] Deviations()
    {
        var sums = new double[Width];
        var count = new Vector<double>(Count);
        for (var at = 0; at < Count * Width; at += Width)
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
    public void Standardise(ReadOnlySpan<double> deviations)
    {
        Span<double> by = stackalloc double[Width];
        by.Fill(1);
        deviations.CopyTo(by);
        var most = new Vector<double>(OutcomeModel.MostDeviations);
        for (var at = 0; at < Count * Width; at += Width)
        {
            for (var k = 0; k < Width; k += Vector<double>.Count)
            {
                var value = new Vector<double>(_values, at + k) / new Vector<double>(by[k..]);
                Vector.Min(Vector.Max(value, -most), most).CopyTo(_values, at + k);
            }
        }
    }

    private void Reserve(int rows)
    {
        if (rows * Width > _values.Length) Array.Resize(ref _values, Math.Max(2 * _values.Length, rows * Width));
    }
}
