using Quantum.Bench.Orders;
using Quantum.Resp;

namespace Quantum.Bench.Chaos;

/// <summary>Does what a cell names, and ends it.</summary>
internal sealed class ChaosStrike(ChaosSystem system, VenueAdmin admin)
{
    private const int SkewMs = 3_000;
    private const string FlushSleepUs = "100000";
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(200);

    /// <summary>Begins it; a kill and a failover are over with this.</summary>
    public void Begin(ChaosCell cell)
    {
        switch (cell)
        {
            case { Fault: ChaosFault.Kill, Target: ChaosCell.Redis }: system.RestartRedis(); break;
            case { Fault: ChaosFault.Kill }: system.Restart(cell.Service); break;
            case { Fault: ChaosFault.Failover }: system.FailOver(); break;
            case { Fault: ChaosFault.Stop, Target: ChaosCell.Redis }: system.FreezeRedis(); break;
            case { Fault: ChaosFault.Stop }: system[cell.Service].Freeze(); break;
            case { Fault: ChaosFault.Cut }: system.Link(cell.Target).IsCut = true; break;
            case { Fault: ChaosFault.Slow }: system.Link(cell.Target).Delay = s_late; break;
            case { Fault: ChaosFault.Disk, Target: "full" }: system.Disk.Fill(); break;
            case { Fault: ChaosFault.Disk }: SlowDisk(FlushSleepUs); break;
            default:
                admin.Order(new Dictionary<string, object>
                {
                    ["kind"] = "skew", ["shiftMs"] = cell.Target == "ahead" ? SkewMs : -SkewMs,
                    ["seconds"] = (int)cell.Lasts.TotalSeconds,
                });
                break;
        }
    }

    /// <summary>Ends what lasts.</summary>
    public void End(ChaosCell cell)
    {
        switch (cell)
        {
            case { Fault: ChaosFault.Stop, Target: ChaosCell.Redis }: system.ResumeRedis(); break;
            case { Fault: ChaosFault.Stop }:
                system[cell.Service].Resume();
                if (cell.HasStandby) system.Swap(cell.Service);
                break;
            case { Fault: ChaosFault.Cut }: system.Link(cell.Target).IsCut = false; break;
            case { Fault: ChaosFault.Slow }: system.Link(cell.Target).Delay = TimeSpan.Zero; break;
            case { Fault: ChaosFault.Disk, Target: "full" }: system.Disk.Free(); break;
            case { Fault: ChaosFault.Disk }: SlowDisk("0"); break;
            default: break;
        }
    }

    // Redis waits before it writes its file: what a slow disk is to it, without a device of ours.
    private void SlowDisk(string sleepUs)
    {
        using var connection = RespConnection.Connect(system.Endpoint);
        connection.Call("DEBUG", "AOF-FLUSH-SLEEP", sleepUs).ThrowIfError();
    }
}
