namespace Quantum.Feeds.Files;

/// <summary>Turns what a bad file says into a value, for whoever goes on to the next file.</summary>
internal static class Guarded
{
    /// <summary>The result; the default, with the fault, when the file cannot be used.</summary>
    public static TResult? Try<TResult>(Func<TResult> read, out FeedException? fault)
    {
        fault = null;
        try
        {
            return read();
        }
        catch (FeedException found)
        {
            fault = found;
            return default;
        }
    }
}
