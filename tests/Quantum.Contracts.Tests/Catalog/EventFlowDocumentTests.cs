using Quantum.Contracts.Catalog;

namespace Quantum.Contracts.Tests.Catalog;

public class EventFlowDocumentTests
{
    [Fact]
    public void The_committed_page_is_what_the_catalog_says() =>
        GoldenFile.Compare("docs/EVENT_FLOW.md", EventFlowDocument.Render());

    [Fact]
    public void It_names_every_stream_group_role_and_service()
    {
        var page = EventFlowDocument.Render();
        foreach (var stream in StreamCatalog.All)
        {
            Assert.Contains(stream.Key + " ", page);
            foreach (var consumer in stream.Consumers) Assert.Contains($"`{consumer.Group}`", page);
            foreach (var field in stream.FieldNames) Assert.Contains($"`{field}`", page);
        }

        foreach (var host in ServiceHosts.All)
        {
            Assert.Contains($"- {host.Name}: ", page);
            foreach (var role in host.Roles) Assert.Contains($"│ {role} ", page);
        }
    }

    [Fact]
    public void The_comparison_can_fail() =>
        Assert.ThrowsAny<Exception>(() => GoldenFile.Check(
            Path.Combine(GoldenFile.Root, "docs/EVENT_FLOW.md"), "the page", EventFlowDocument.Render() + "x"));
}
