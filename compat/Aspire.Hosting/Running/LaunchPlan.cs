namespace Aspire.Hosting.Running;

/// <summary>How one process is started.</summary>
/// <param name="Name">The name its lines bear.</param>
/// <param name="Command">The program.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Variables">Its variables, besides those of the AppHost.</param>
/// <param name="Directory">The folder it runs in.</param>
/// <param name="Input">What it reads first, for what must not show in the list of processes.</param>
/// <param name="Scratch">A folder that ends with it.</param>
internal sealed record LaunchPlan(
    string Name,
    string Command,
    IReadOnlyList<string> Args,
    IReadOnlyDictionary<string, string> Variables,
    string Directory,
    string? Input = null,
    string? Scratch = null);
