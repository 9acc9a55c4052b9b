namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an application; two of one name are refused.</summary>
internal sealed class ResourceCollection : System.Collections.ObjectModel.Collection<IResource>, IResourceCollection
{
    protected override void InsertItem(int index, IResource item)
    {
        if (this.Any(other => string.Equals(other.Name, item.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{item.GetType()}' with name '{item.Name}': "
                + "a resource with that name exists.");
        }

        base.InsertItem(index, item);
    }
}
