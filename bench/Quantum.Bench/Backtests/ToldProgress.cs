using System.Diagnostics;

namespace Quantum.Bench.Backtests;

/// <summary>
/// Tells on the error stream how far something long is: a line that is written over on a terminal, one now and then
/// where it is kept.
/// </summary>
internal sealed class ToldProgress(string name)
{
    private readonly TimeSpan _every = TimeSpan.FromSeconds(Console.IsErrorRedirected ? 15 : 1);
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private bool _isOpen;

    public void Tell(string how)
    {
        lock (_gate)
        {
            if (_since.Elapsed < _every) return;
            _since.Restart();
            _isOpen = !Console.IsErrorRedirected;
            if (_isOpen) Console.Error.Write($"\r{name}: {how,-70}");
            else Console.Error.WriteLine($"{name}: {how}");
        }
    }

    /// <summary>Leaves the line to what is written next.</summary>
    public void End()
    {
        if (_isOpen) Console.Error.WriteLine();
        _isOpen = false;
    }
}
