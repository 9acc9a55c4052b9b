using Quantum.Exchanges;

namespace Quantum.Binance.Calls;

/// <summary>Turns what could not be read into a value, for whoever asks again.</summary>
internal static class Faults
{
    /// <summary>The result, or the fault.</summary>
    public static async Task<(T? Result, VenueException? Fault)> TryAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return (await read().ConfigureAwait(false), null);
        }
        catch (VenueException e)
        {
            return (null, e);
        }
    }
}
