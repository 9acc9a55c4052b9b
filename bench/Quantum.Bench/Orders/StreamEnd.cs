using Quantum.Contracts.Units;
using Quantum.Resp;

namespace Quantum.Bench.Orders;

/// <summary>Reads what came to a stream since the last look, without waiting. For one thread.</summary>
internal sealed class StreamEnd(RespClient redis, string key)
{
    private const string MostAtOnce = "1000";
    private EntryId _last;

    public IEnumerable<Dictionary<string, string>> News()
    {
        while (true)
        {
            var (entries, last) = redis.Execute(Page);
            if (entries.Count == 0) yield break;
            // A page that broke off is read again from where it began.
            _last = last;
            foreach (var entry in entries) yield return entry;
        }
    }

    private (List<Dictionary<string, string>> Entries, EntryId Last) Page(RespConnection connection)
    {
        var reply = connection.Call("XRANGE", key, "(" + _last, "+", "COUNT", MostAtOnce);
        reply.ThrowIfError();
        var (entries, last) = (new List<Dictionary<string, string>>(), _last);
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            reply.ReadArray();
            last = reply.ReadId();
            entries.Add(reply.ReadFields());
        }

        return (entries, last);
    }
}
