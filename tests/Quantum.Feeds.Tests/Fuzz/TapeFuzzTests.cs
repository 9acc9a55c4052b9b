using Quantum.Feeds.Files;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests.Fuzz;

/// <summary>Every reader on spoiled real lines: a clear refusal or the right events.</summary>
public sealed class TapeFuzzTests
{
    private const int Cases = 50_000;

    [Fact]
    public void Fifty_thousand_spoiled_lines_are_refused_or_right()
    {
        var fuzz = new TapeFuzz(seed: 1);
        for (var i = 0; i < Cases; i++) fuzz.Case(i);
        Assert.Equal(Cases, fuzz.Refused + fuzz.Told);
        // Neither refuses all nor takes all.
        Assert.InRange(fuzz.Told, Cases / 10, Cases * 9 / 10);
    }

    [Fact]
    public void Spoiled_packed_files_are_refused_or_cut()
    {
        if (SharedFiles.Find("data", "forms") is not { } forms) return;
        var random = new Random(1);
        foreach (var name in (string[])["XRP_USDT_USDT-5m-futures.feather", "FILUSDT-1m-2024-06-03.zip"])
        {
            var whole = File.ReadAllBytes(Path.Combine(forms, name));
            for (var i = 0; i < 60; i++) Spoiled(name, whole, random);
        }
    }

    private static void Spoiled(string name, byte[] whole, Random random)
    {
        using var folder = new TapeFolder();
        var bytes = random.Next(3) == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
        if (bytes.Length == whole.Length) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, bytes);
        try
        {
            var sink = RecordingSink.Of(RecordedFeed.Open(new RecordedSettings { Path = path }));
            Assert.All(sink.Klines, kline => Assert.Null(kline.Kline.Fault()));
        }
        catch (FeedException refusal)
        {
            Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
        }
    }
}
