using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Quantum.Console.Tests.Harness;

/// <summary>A built service as a process of its own on a free port of loopback, ended by its id.</summary>
internal sealed class ServiceRun : IDisposable
{
    private const string UrlSetting = "Kestrel:Endpoints:http:Url=";
    private static readonly Dictionary<string, string> s_nothing = [];
    private static readonly TimeSpan s_askedEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(120);

    // …/tests/Quantum.Console.Tests/bin/<configuration>/<framework>
    private static readonly DirectoryInfo s_output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantum-console-test-");
    private readonly StringBuilder _said = new();
    private readonly Process _process;

    private ServiceRun(string name, IReadOnlyDictionary<string, string> environment, IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [AssemblyOf(name)])
        {
            WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string[] given = [.. settings];
        var url = given.FirstOrDefault(setting => setting.StartsWith(UrlSetting, StringComparison.Ordinal));
        var isNamed = Uri.TryCreate(url?[UrlSetting.Length..], UriKind.Absolute, out var named);
        Port = isNamed && named!.Port > 0 ? named.Port : RedisServer.FreePort();
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");
        if (url is null) start.ArgumentList.Add("--" + UrlSetting + Url);
        foreach (var setting in given) start.ArgumentList.Add("--" + setting);
        foreach (var variable in (string[])["ConnectionStrings__redis", "Quantum__Mode", "Quantum__Tape"])
            start.Environment.Remove(variable);
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(Url),
        };
    }

    /// <summary>The repository's folder.</summary>
    public static string Root => s_output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public int Port { get; }

    public string Url { get; }

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Http { get; }

    public string Said
    {
        get { lock (_said) return _said.ToString(); }
    }

    /// <summary>Returns once its log tells something: a line may come behind the answer that it is about.</summary>
    public void Tells(string words) =>
        Eventually.True(() => Said.Contains(words, StringComparison.Ordinal), what: $"its log tells '{words}'");

    /// <summary>Starts it; it may not answer yet.</summary>
    public static ServiceRun Begin(string name, params string[] settings) => new(name, s_nothing, settings);

    /// <summary>Starts it and returns when it answers.</summary>
    public static Task<ServiceRun> StartAsync(string name, params string[] settings) =>
        StartAsync(name, s_nothing, settings);

    /// <summary>The same with variables in its environment.</summary>
    public static async Task<ServiceRun> StartAsync(
        string name, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        var run = new ServiceRun(name, environment, settings);
        await run.AnswersAsync();
        return run;
    }

    /// <summary>Runs what cannot start to its end.</summary>
    public static (int Code, string Said) RunToEnd(string name, params string[] settings) =>
        RunToEnd(name, s_nothing, settings);

    /// <summary>The same with variables in its environment.</summary>
    public static (int Code, string Said) RunToEnd(
        string name, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        using var run = new ServiceRun(name, environment, settings);
        Assert.True(run._process.WaitForExit(s_startLimit), $"{name} goes on: {run.Said}");
        run._process.WaitForExit();
        return (run._process.ExitCode, run.Said);
    }

    /// <summary>
    /// What the API answers to a look. Asked too fast, it is asked again: its limit is another test's.
    /// </summary>
    public async Task<HttpResponseMessage> AskAsync(string path, string? key = null)
    {
        HttpResponseMessage? answer = null;
        await Eventually.TrueAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/" + path);
            if (key is not null) request.Headers.Add("X-Api-Key", key);
            answer?.Dispose();
            answer = await Http.SendAsync(request);
            return answer.StatusCode != HttpStatusCode.TooManyRequests;
        }, every: s_askedEvery);
        return answer!;
    }

    /// <summary>The JSON of such an answer, whatever its status.</summary>
    public async Task<JsonElement> AskJsonAsync(string path, string? key = null)
    {
        using var answer = await AskAsync(path, key);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task AnswersAsync() => Eventually.TrueAsync(async () =>
    {
        if (_process.HasExited) throw new InvalidOperationException($"it ended: {Said}");
        try
        {
            using var answer = await Http.GetAsync(new Uri("/alive", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, s_startLimit, every: s_askedEvery);

    public void Dispose()
    {
        Http.Dispose();
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string AssemblyOf(string name)
    {
        var folder = Path.Combine(Root, "services", name);
        var project = Path.GetFileNameWithoutExtension(Directory.GetFiles(folder, "*.csproj").Single());
        var file = Path.Combine(folder, "bin", s_output.Parent!.Name, s_output.Name, project + ".dll");
        return File.Exists(file) ? file
            : throw new FileNotFoundException($"{file} is not built: build this test project.");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_said) _said.AppendLine(line);
    }
}
