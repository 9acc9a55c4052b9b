using Microsoft.AspNetCore.Components;
using Quantum.Console.Live;

namespace Quantum.Console.Components.Layout;

/// <summary>
/// A component that shows the newest view: drawn anew after each look, and never faster than its browser takes it.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private int _isDue;
    private bool _isReading;
    private bool _isDisposed;

    /// <summary>The one reader of this server.</summary>
    [Inject] public required SystemReader Reader { get; set; }

    /// <summary>What is shown.</summary>
    protected SystemView View { get; private set; } = SystemView.None;

    public void Dispose()
    {
        _isDisposed = true;
        Reader.Changed -= OnChanged;
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected override async Task OnInitializedAsync()
    {
        // The first answer is whole, also without a script.
        View = RendererInfo.IsInteractive ? Reader.View : await Reader.RecentAsync();
        if (!_isDisposed) Reader.Changed += OnChanged;
    }

    /// <summary>Views that this page was given, from 0: what costs more is read with every so many of them.</summary>
    protected long Views { get; private set; }

    /// <summary>For what else is to be given back.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
    }

    /// <summary>Called before it is drawn with another view.</summary>
    protected virtual void OnView()
    {
    }

    private void OnChanged()
    {
        // One draw at a time: what comes meanwhile is in the next one.
        if (Interlocked.Exchange(ref _isDue, 1) == 1) return;
        Tell(() =>
        {
            Volatile.Write(ref _isDue, 0);
            View = Reader.View;
            Views++;
            OnView();
            StateHasChanged();
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// Reads what this page shows beside the view, and draws it; nothing while the reading before goes on.
    /// </summary>
    protected void Read(Func<Task> work)
    {
        if (_isReading) return;
        _isReading = true;
        Tell(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                _isReading = false;
            }
        });
    }

    /// <summary>
    /// Does something out of turn; what goes wrong is shown in the page's place instead of being lost.
    /// </summary>
    private void Tell(Func<Task> work) => _ = InvokeAsync(work).ContinueWith(
        done => DispatchExceptionAsync(done.Exception!.InnerException!), CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
