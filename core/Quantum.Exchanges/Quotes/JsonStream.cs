using Microsoft.Extensions.Logging;
using Quantum.Resp;

namespace Quantum.Exchanges.Quotes;

/// <summary>A stream of JSON frames that is connected again whenever it is lost.</summary>
internal sealed class JsonStream(string venue, QuoteStreamSettings settings, ILogger log)
{
    private readonly RespBackoff _backoff = new(
        Random.Shared.NextDouble, (int)settings.FirstPause.TotalMilliseconds,
        (int)settings.LongestPause.TotalMilliseconds);

    /// <summary>Runs until cancelled; every connection speaks a dialect of its own.</summary>
    public async Task RunAsync(Func<IStreamDialect> open, CancellationToken cancel)
    {
        while (true)
        {
            var connection = new JsonConnection(settings, open());
            var began = Environment.TickCount64;
            var why = await connection.RunAsync(cancel).ConfigureAwait(false);
            // One that breaks at once, every time, must not be tried at once every time.
            if (connection.HasQuoted && Environment.TickCount64 - began >= settings.SilentAfter.TotalMilliseconds)
                _backoff.Reset();
            var pause = _backoff.Next();
            log.LogWarning(
                "{Venue}: the stream of quotes is lost ({Why}); connecting again in {Pause:0} ms", venue, why,
                pause.TotalMilliseconds);
            await Task.Delay(pause, cancel).ConfigureAwait(false);
        }
    }
}
