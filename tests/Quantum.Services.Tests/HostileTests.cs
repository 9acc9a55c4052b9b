using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Roles.Sizing;
using Quantum.Sizing.V1;
using Quantum.Testing;

namespace Quantum.Services.Tests;

/// <summary>What no client would say to the services that listen: they live, and answer afterwards as before.</summary>
public sealed class HostileTests
{
    private const int Times = 400;

    [Fact]
    public async Task The_control_surface_lives_and_obeys_afterwards()
    {
        using var redis = RedisServer.Start();
        using var governance = await ServiceProcess.StartAsync(
            "Quantum.Governance", $"ConnectionStrings:redis={redis.ConnectionString}");
        var wire = new HostileWire(governance.Port, seed: 1)
        {
            Paths =
            [
                "/control/kill", "/control/mode", "/control/stop", "/control/close", "/policy", "/status", "/health",
            ],
        };
        await wire.ThrowAsync(Times, async () =>
        {
            using var answer = await governance.Http.GetAsync(new Uri("/alive", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        });
        Assert.True(wire.Answers > Times / 4, $"{wire.Answers} answers");
        Assert.True(wire.Broken.Count == 0, string.Join("\n", wire.Broken));
        Assert.DoesNotContain("unhandled exception", governance.Output + governance.Errors, Ignoring);
        // Some of it may have been a kill that says who and why; either way a release behind one changes the policy.
        foreach (var (word, reason) in new[] { ("kill", "a last one"), ("release", "after all that") })
        {
            using var said = await governance.Http.PostAsJsonAsync(
                new Uri("/control/" + word, UriKind.Relative), new { reason, by = "anna" });
            Assert.Equal(HttpStatusCode.Accepted, said.StatusCode);
        }

        await Eventually.TrueAsync(async () =>
        {
            using var policy = await governance.Http.GetAsync(new Uri("/policy", UriKind.Relative));
            return (await policy.Content.ReadAsStringAsync()).Contains("after all that", StringComparison.Ordinal);
        });
        // Nothing of it was a word that says who and why.
        Assert.All(new RedisEntries(redis).Of(StreamCatalog.GovernanceControl), entry =>
        {
            Assert.NotEmpty(entry["reason"].Trim());
            Assert.NotEmpty(entry["by"].Trim());
        });
    }

    [Fact]
    public async Task The_sizing_service_lives_and_sizes_afterwards()
    {
        await using var agent = await AgentServer.StartAsync(new SizingPolicyRole());
        var random = new Random(1);
        using var http = new HttpClient(new SocketsHttpHandler()) { Timeout = TimeSpan.FromSeconds(30) };
        for (var i = 0; i < Times; i++)
        {
            var body = new byte[random.Next(600)];
            random.NextBytes(body);
            // A frame of gRPC around what is no message, with a length that is right, wrong or enormous.
            var length = random.Next(3) switch { 0 => body.Length, 1 => int.MaxValue, _ => random.Next(1_000) };
            byte[] framed = [(byte)random.Next(2), .. BitConverter.GetBytes(length).Reverse(), .. body];
            var method = i % 7 == 0 ? "Nothing" : "Decide";
            using var request = new HttpRequestMessage(
                HttpMethod.Post, $"http://{agent.Target}/quantum.sizing.v1.Sizing/{method}")
            {
                Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent(random.Next(4) == 0 ? body : framed),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(
                random.Next(8) == 0 ? "text/plain" : "application/grpc");
            request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
            try
            {
                using var answer = await http.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                // The stream was reset.
            }
        }

        var wire = new HostileWire(new Uri("http://" + agent.Target).Port, seed: 2);
        await wire.ThrowAsync(
            Times / 4, async () => Assert.NotEmpty((await agent.Client.DecideAsync(Good())).PolicyName));
    }

    private const StringComparison Ignoring = StringComparison.OrdinalIgnoreCase;

    private static DecideRequest Good() => new()
    {
        Symbol = "NEARUSDT", Side = Side.Buy, Confidence = 0.7, Price = "1.47", AtrValue = 0.02,
        VolatilityFactor = 0.55, ExchangeDivergence = 0, FundingRate = 0, Regime = "bull", EquityUsd = "10000",
        FreeMarginUsd = "10000", GrossExposureFraction = 0, MaxPositionSizeUsd = "5000", MaxLeverage = 5,
        RiskPerTradeFraction = 0.01,
    };
}
