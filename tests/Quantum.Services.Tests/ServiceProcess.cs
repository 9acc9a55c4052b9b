using System.Diagnostics;
using System.Globalization;
using System.Text;
using Quantum.Testing;

namespace Quantum.Services.Tests;

/// <summary>One service as the AppHost would start it: a process of its own, ended by its id.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantum-service-");

    private ServiceProcess(string assembly, params string[] settings)
    {
        Port = RedisServer.FreePort();
        var start = new ProcessStartInfo("dotnet")
        {
            // Not next to the assembly: the settings of another service lie there.
            WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        start.ArgumentList.Add(
            string.Create(CultureInfo.InvariantCulture, $"--Kestrel:Endpoints:http:Url=http://127.0.0.1:{Port}"));
        foreach (var setting in settings) start.ArgumentList.Add("--" + setting);
        foreach (var name in (string[])["ConnectionStrings__redis", "Quantum__Mode", "Quantum__Tape"])
            start.Environment.Remove(name);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Http = new HttpClient
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}")),
        };
    }

    public int Port { get; }

    public HttpClient Http { get; }

    public string Errors
    {
        get { lock (_errors) return _errors.ToString(); }
    }

    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>Starts a service and returns when it answers on its port.</summary>
    public static async Task<ServiceProcess> StartAsync(string assembly, params string[] settings)
    {
        var service = new ServiceProcess(assembly, settings);
        await Eventually.TrueAsync(async () =>
        {
            if (service._process.HasExited)
                throw new InvalidOperationException($"{assembly} ended: {service.Errors}{service.Output}");
            try
            {
                using var answer = await service.Http.GetAsync(new Uri("/alive", UriKind.Relative));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, TimeSpan.FromSeconds(60));
        return service;
    }

    /// <summary>Runs a service that cannot start to its end.</summary>
    public static (int Code, string Errors, string Output) RunToEnd(string assembly, params string[] settings)
    {
        using var service = new ServiceProcess(assembly, settings);
        Assert.True(service._process.WaitForExit(TimeSpan.FromSeconds(60)), $"{assembly} goes on: {service.Output}");
        service._process.WaitForExit();
        return (service._process.ExitCode, service.Errors, service.Output);
    }

    public void Dispose()
    {
        Http.Dispose();
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static void Keep(StringBuilder lines, string? line)
    {
        if (line is null) return;
        lock (lines) lines.AppendLine(line);
    }
}
