using System.Globalization;
using Quantum.Audit;
using Quantum.Resp;

namespace Quantum.Audit.Tests;

/// <summary>A stream on a real server and its model, driven together.</summary>
internal sealed class ModelWorld(AuditNodes nodes, RespConnection connection, string key)
{
    private long _nextId = 1;

    public ModelStream Model { get; private set; } = new();

    public void Add(int count = 1, int gap = 1)
    {
        for (var i = 0; i < count; i++)
        {
            _nextId += gap;
            Ask("XADD", key, $"{_nextId}-0", "n", Text(_nextId));
            Model.Add(_nextId);
        }
    }

    public void TrimTo(int length)
    {
        Ask("XTRIM", key, "MAXLEN", Text(length));
        Model.TrimTo(length);
    }

    public void TrimBelow(long id)
    {
        Ask("XTRIM", key, "MINID", Text(id));
        Model.TrimBelow(id);
    }

    public void Delete(long id)
    {
        Ask("XDEL", key, $"{id}-0");
        Model.Delete(id);
    }

    public void Group(string name, long position)
    {
        Ask("XGROUP", "CREATE", key, name, $"{position}-0", "MKSTREAM");
        Model.CreateGroup(name, position);
    }

    public void SetId(string name, long position)
    {
        Ask("XGROUP", "SETID", key, name, $"{position}-0");
        Model.SetId(name, position);
    }

    public void Read(string name, int count)
    {
        Ask("XREADGROUP", "GROUP", name, "c", "COUNT", Text(count), "STREAMS", key, ">");
        Model.Read(name, count);
    }

    public void Ack(string name, long id)
    {
        Ask("XACK", key, name, $"{id}-0");
        Model.Groups[name].Pending.Remove(id);
    }

    public void Recreate()
    {
        Ask("DEL", key);
        Model = new ModelStream();
    }

    public StreamFacts? Look(int budget = 1500)
    {
        var reader = new AuditReader(new Asking(nodes), budget);
        return reader.Deepen(reader.Sample([key])).Find(key);
    }

    /// <summary>Compares every group; gives how many destroyed figures were held to equality.</summary>
    public int Check(string trail, int budget = 1500)
    {
        var facts = Look(budget);
        Assert.Equal(Model.Groups.Count, facts?.Groups.Count ?? 0);
        return Model.Groups.Sum(pair =>
            CheckGroup(trail, facts!, facts!.Groups.Single(g => g.Name == pair.Key), pair.Value));
    }

    private int CheckGroup(string trail, StreamFacts facts, GroupFacts group, ModelGroup model)
    {
        var backlog = Backlog.Of(facts, group);
        var unread = Model.Unread(group.Name);
        var gone = Model.GoneAhead(group.Name);
        var said = $"{trail}: {group.Name} {backlog}, truly unread {unread}, gone {gone}, skipped {model.Skipped}";
        Assert.True(group.Pending == model.Pending.Count, said);
        Assert.True(backlog.UnreadBound == Bound.Exact ? backlog.Unread == unread : backlog.Unread <= unread, said);
        Assert.True((backlog.Unread > 0) == (unread > 0), said);
        Assert.True(backlog.Destroyed <= Model.Removed, said);
        Assert.True(backlog.DestroyedBound switch
        {
            Bound.Exact => backlog.Destroyed >= gone && backlog.Destroyed <= gone + model.Skipped,
            Bound.AtLeast => backlog.Destroyed <= gone,
            _ => backlog.Destroyed >= gone,
        }, said);
        return backlog.DestroyedBound == Bound.Exact && model.Skipped == 0 && gone > 0 ? 1 : 0;
    }

    private void Ask(params string[] command) => connection.Call(command).ThrowIfError();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
