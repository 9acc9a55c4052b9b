using Quantum.Contracts.Units;
using Quantum.Resp;

namespace Quantum.Bench.Orders;

/// <summary>Reads what came to a stream since the last look, without waiting. For one thread.</summary>
internal sealed class StreamEnd(RespConnection connection, string key)
{
    private const string MostAtOnce = "1000";
    private EntryId _last;

    public IEnumerable<Dictionary<string, string>> News()
    {
        while (true)
        {
            var reply = connection.Call("XRANGE", key, "(" + _last, "+", "COUNT", MostAtOnce);
            reply.ThrowIfError();
            var entries = new List<Dictionary<string, string>>();
            for (var left = reply.ReadArray(); left > 0; left--)
            {
                reply.ReadArray();
                _last = reply.ReadId();
                entries.Add(reply.ReadFields());
            }

            if (entries.Count == 0) yield break;
            foreach (var entry in entries) yield return entry;
        }
    }
}
